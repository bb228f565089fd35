import CSQLite
import GRDB
import Glibc
import SQLEngine

extension SQLiteDatabase {
    static func configuration(
        busyTimeout: Duration,
        maximumPages: Int?
    ) -> Configuration {
        var configuration = Configuration()
        configuration.label = "lintel.sqlite"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        configuration.journalMode = .wal
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            if database.configuration.readonly {
                try database.execute(sql: "PRAGMA cache_size = -8000")  // KiB
                return
            }
            try database.execute(sql: "PRAGMA cache_size = -32000")  // KiB
            // The log is cut back to 128 MiB after a transaction that needed more.
            try database.execute(sql: "PRAGMA journal_size_limit = 134217728")  // bytes
            if let maximumPages {
                try database.execute(sql: "PRAGMA max_page_count = \(maximumPages)")
            }
        }
        return configuration
    }

    /// Has SQLite count no memory; before the first connection is opened, and once is enough.
    ///
    /// Nobody reads the count, and each allocation of each connection would take one lock for it.
    static func countNoMemory() { _ = isMemoryCountOff }

    private static let isMemoryCountOff = sqlite3_config_without_memory_statistics() == SQLITE_OK

    /// Creates an empty file that only its owner may read; leaves an existing one alone.
    ///
    /// SQLite gives the log and the shared memory file the mode of the database file. An existing
    /// file is never opened here: closing it would drop the locks that SQLite holds on it in this
    /// process.
    static func createFile(_ path: String) throws(SQLError) {
        let file = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if file >= 0 {
            Glibc.close(file)
        } else if errno != EEXIST {
            let reason = unsafe String(cString: strerror(errno))
            throw SQLError(.unavailable, "create sqlite:\(path): \(reason)")
        }
    }
}
