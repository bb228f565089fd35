import GRDB
import GRDBSQLite
import SQLEngine
import Synchronization

/// A connection that puts what was committed from the log into the database file, while the writer goes on.
///
/// Left to the writer alone, a checkpoint of a long log keeps everybody waiting for its pages and for the disk.
/// The writer still makes one where the log has grown to its limit, of what has not been put there before; only
/// that begins the log anew.
actor SQLiteCheckpointer {
    /// After how many pages written to the log: 32 MiB.
    private static var pagesBetween: Int { 8_000 }

    private struct Progress {
        /// How many pages the writer had written when the last checkpoint was asked for.
        var pages = 0
        var isAtWork = false
    }

    private let path: String
    private let configuration: Configuration
    private let executor = DispatchQueueExecutor(label: "lintel.sqlite.checkpointer")
    private let progress = Mutex(Progress())
    private var queue: DatabaseQueue?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Prepares a connection of this configuration, opened at the first checkpoint.
    init(path: String, configuration: Configuration) {
        self.path = path
        self.configuration = configuration
    }

    /// Has a checkpoint made where the writer has written enough since the last; does not wait for it.
    ///
    /// - Parameter database: the writer's connection, on its queue.
    nonisolated func note(_ database: Database) {
        let pages = Self.pagesWritten(by: database)
        let isDue = progress.withLock { progress in
            guard !progress.isAtWork, pages - progress.pages >= Self.pagesBetween else {
                return false
            }
            progress = Progress(pages: pages, isAtWork: true)
            return true
        }
        if isDue { Task { await checkpoint() } }
    }

    /// Closes the connection; waits for a checkpoint that it makes.
    func close() throws {
        isClosed = true
        try queue?.close()
        queue = nil
    }

    private func checkpoint() {
        defer { progress.withLock { $0.isAtWork = false } }
        guard !isClosed else { return }
        // What fails here leaves the log as it is; the writer's own checkpoint, which meets the same
        // trouble, reports it.
        _ = try? opened().inDatabase { try $0.checkpoint(.passive) }
    }

    private func opened() throws -> DatabaseQueue {
        if let queue { return queue }
        let opened = try DatabaseQueue(path: path, configuration: configuration)
        queue = opened
        return opened
    }

    /// How many pages the connection has written to the log since it was opened.
    private static func pagesWritten(by database: Database) -> Int {
        var written: CInt = 0
        var highest: CInt = 0
        _ = unsafe sqlite3_db_status(
            database.sqliteConnection,
            SQLITE_DBSTATUS_CACHE_WRITE,
            &written,
            &highest,
            0
        )
        return Int(written)
    }
}
