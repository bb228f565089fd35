#include <sqlite3.h>

// What Swift cannot call because it takes variable arguments.

/// Has SQLite count no memory, for which every allocation of every connection would take one lock; before the
/// first connection of the process is opened, else it changes nothing.
static inline int sqlite3_config_without_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
