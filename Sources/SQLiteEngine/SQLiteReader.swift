import GRDB
import SQLEngine

/// A connection for one read at a time, opened at its first use; a read runs on a thread of its own queue.
///
/// GRDB's pool has readers as well, but waits on one queue for a connection and reads on another, and makes the
/// statements that begin and end each read anew: for a read of one row that is most of the time.
actor SQLiteReader {
    private let path: String
    private let configuration: Configuration
    private let placeholders: SQLitePlaceholders
    private let executor: DispatchQueueExecutor
    private var queue: DatabaseQueue?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Prepares a reader whose configuration is that of a connection that only reads; its number is for debuggers.
    init(
        path: String,
        configuration: Configuration,
        placeholders: SQLitePlaceholders,
        number: Int
    ) {
        self.path = path
        self.configuration = configuration
        self.placeholders = placeholders
        executor = DispatchQueueExecutor(label: "lintel.sqlite.reader.\(number)")
    }

    /// Runs `body` on one consistent state.
    func read<Result>(_ body: (any SQLConnection) throws -> Result) throws -> Result {
        try Task.checkCancellation()
        return try opened().inDatabase { database in
            let connection = try SQLiteConnection(database, placeholders: placeholders)
            try connection.control("BEGIN")
            do {
                let result = try body(connection)
                try connection.checkAlive("commit")
                try connection.control("COMMIT")
                return result
            } catch {
                try? connection.control("ROLLBACK")
                throw connection.wasCancelled ? CancellationError() : error
            }
        }
    }

    /// Closes the connection; waits for the read that runs on it.
    func close() throws {
        try queue?.close()
        queue = nil
    }

    private func opened() throws -> DatabaseQueue {
        if let queue { return queue }
        let opened = try DatabaseQueue(path: path, configuration: configuration)
        queue = opened
        return opened
    }
}
