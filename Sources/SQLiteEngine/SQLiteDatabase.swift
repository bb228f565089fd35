import Dispatch
import GRDB
package import SQLEngine
import Synchronization

/// A database in one SQLite file: one writer and a few readers that do not wait for it (WAL).
///
/// Writes run on the writer's queue, reads on that of their ``SQLiteReader``, and a ``SQLiteCheckpointer`` keeps
/// the log short beside both. A commit survives the end of the process; after a loss of power the last commits
/// may be missing, never a part of one (`synchronous = NORMAL`).
package final class SQLiteDatabase: SQLDatabase {
    package let writers = 1
    package let summary: String

    private let path: String
    private let placeholders = SQLitePlaceholders()
    // Before the writer: the last connection that closes puts the log into the file, and must write for that.
    private let readers: [SQLiteReader]
    private let idleReaders: SessionPool<SQLiteReader>
    private let checkpointer: SQLiteCheckpointer
    private let writer: DatabaseQueue
    private let isClosed = Mutex(false)

    /// Opens the database file, and creates it for its owner alone (mode 0600) where it is missing.
    ///
    /// - Parameters:
    ///   - path: the file; its folder exists.
    ///   - busyTimeout: how long a transaction waits for another process that holds the database.
    ///   - readers: how many reads run at once.
    ///   - maximumPages: the size, in pages of 4 KiB, at which the database counts as a full disk; nil
    ///     for no limit but the disk's own.
    /// - Throws: ``SQLError`` where the file cannot be opened or is not an SQLite database.
    package init(
        path: String,
        busyTimeout: Duration = .seconds(10),
        readers: Int = 4,
        maximumPages: Int? = nil
    ) async throws {
        Self.countNoMemory()
        self.path = path
        summary = "sqlite:\(path)"
        let configuration = Self.configuration(
            busyTimeout: busyTimeout,
            maximumPages: maximumPages
        )
        var reading = configuration
        reading.readonly = true
        let checkpointer = SQLiteCheckpointer(
            path: path,
            reading: reading,
            checkpointing: configuration
        )
        var writing = configuration
        // The configuration, which the connection keeps, keeps the checkpointer as long.
        writing.prepareDatabase { checkpointer.watch($0) }
        writer = try await Self.onQueue { [writing] in
            try Self.createFile(path)
            do {
                return try DatabaseQueue(path: path, configuration: writing)
            } catch {
                throw SQLError(from: error, attempt: "open sqlite:\(path)")
            }
        }
        self.checkpointer = checkpointer
        self.readers = (1...readers).map { [placeholders] number in
            SQLiteReader(
                path: path,
                configuration: reading,
                placeholders: placeholders,
                number: number
            )
        }
        idleReaders = SessionPool(self.readers, summary: summary)
    }

    package func read<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await run("read") { [idleReaders] in
            try await idleReaders.withSession { try await $0.read(body) }
        }
    }

    package func write<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await run("write") { [writer, placeholders] in
            try await writer.write { try Self.transaction($0, placeholders, body) }
        }
    }

    package func close() async throws {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        if wasClosed { return }
        idleReaders.close()
        do {
            for reader in readers { try await reader.close() }
            try await Self.onQueue { [checkpointer, writer] in
                try checkpointer.close()
                try writer.close()
            }
        } catch {
            throw SQLError(from: error, attempt: "close \(summary)")
        }
    }

    /// Runs `body` inside the transaction that GRDB began on `database`.
    private static func transaction<Result>(
        _ database: Database,
        _ placeholders: SQLitePlaceholders,
        _ body: (any SQLConnection) throws -> Result
    ) throws -> Result {
        let connection = try SQLiteConnection(database, placeholders: placeholders)
        do {
            let result = try body(connection)
            try connection.checkAlive("commit")
            return result
        } catch {
            throw connection.wasCancelled ? CancellationError() : error
        }
    }

    /// Runs a transaction; what GRDB throws by itself, at its begin or its commit, becomes
    /// ``SQLError``.
    private func run<Result>(
        _ attempt: String,
        _ transaction: () async throws -> Result
    ) async throws -> Result {
        if isClosed.withLock({ $0 }) { throw SQLError(.unavailable, "\(summary) is closed") }
        do {
            return try await transaction()
        } catch let error as DatabaseError {
            throw SQLError(from: error, attempt: "\(attempt) \(summary)")
        }
    }

    /// Runs blocking work away from Swift's cooperative pool.
    private static func onQueue<Result: Sendable>(
        _ work: @Sendable @escaping () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Swift.Result { try work() })
            }
        }
    }
}
