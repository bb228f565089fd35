/// A database that runs whole transactions given as closures.
///
/// The closure runs synchronously on a thread of the engine's own, never on Swift's cooperative pool. A
/// thrown error rolls back; returning commits.
package protocol SQLDatabase: Sendable {
    /// How many write transactions may usefully run at once: 1 on SQLite.
    var writers: Int { get }

    /// Which engine answers and where, without credentials, for people: `sqlite:/var/lib/lintel.db`.
    var summary: String { get }

    /// Reads one consistent state.
    ///
    /// - Throws: ``SQLError``, or what `body` throws.
    func read<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// Runs `body` in one write transaction: all of it is committed, or nothing.
    ///
    /// A serialization failure or a deadlock is tried again a fixed number of times, so `body` may run
    /// more than once and must have no effect but on its connection. Between two statements of
    /// `body` another writer may commit (on PostgreSQL): what a write depends on stands in its own
    /// `WHERE`.
    ///
    /// - Throws: ``SQLError``, or what `body` throws.
    func write<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// Closes every connection; later calls throw ``SQLError/Code/unavailable``.
    func close() async throws
}
