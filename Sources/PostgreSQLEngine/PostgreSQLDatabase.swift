package import SQLEngine

/// A database of a PostgreSQL server (15 or later), by way of libpq.
///
/// Writers and readers have connections of their own, so that long reads never keep a write
/// waiting. A lost connection fails the transaction that runs on it with
/// ``SQLError/Code/unavailable``; the next one connects again. A cancelled task stops waiting for a
/// connection, and a running transaction rolls back before its next statement.
package final class PostgreSQLDatabase: SQLDatabase {
    package let writers: Int
    package let summary: String

    private let sessions: [PostgreSQLSession]
    private let writerPool: SessionPool<PostgreSQLSession>
    private let readerPool: SessionPool<PostgreSQLSession>

    /// Connects once, so that a wrong address is found here; the other connections open when
    /// needed.
    ///
    /// - Parameters:
    ///   - url: `postgres://USER[:PASSWORD]@HOST:PORT/NAME`, with libpq's options as a query, such as
    ///     `?host=/run/postgresql` and `?sslmode=verify-full`.
    ///   - writers: how many write transactions run at once, at least 1.
    ///   - readers: how many read transactions run at once, at least 1.
    /// - Throws: ``SQLError``: `refused` for a URL that cannot be read, `notFound` for a missing
    ///   database, `unavailable` for a server that does not answer or does not admit the user.
    package init(url: String, writers: Int = 2, readers: Int = 3) async throws {
        let address = try PostgreSQLAddress(url: url)
        guard writers >= 1, readers >= 1 else {
            throw SQLError(
                .refused,
                "\(writers) writers and \(readers) readers: expected at least 1 of each"
            )
        }
        self.writers = writers
        summary = address.summary
        let writing = PostgreSQLSession.places(writers, for: "writer", address)
        let reading = PostgreSQLSession.places(readers, for: "reader", address)
        sessions = writing + reading
        writerPool = SessionPool(writing, summary: summary)
        readerPool = SessionPool(reading, summary: summary)
        try await writerPool.withSession { try await $0.connect() }
    }

    package func read<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await readerPool.withSession { try await $0.run(.read, body) }
    }

    package func write<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await writerPool.withSession { try await $0.run(.write, body) }
    }

    package func close() async throws {
        writerPool.close()
        readerPool.close()
        for session in sessions { await session.close() }
    }
}
