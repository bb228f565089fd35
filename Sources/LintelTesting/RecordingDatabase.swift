package import SQLEngine
import Synchronization

/// A database that remembers every statement it was given.
package final class RecordingDatabase: SQLDatabase {
    private let database: any SQLDatabase
    private let recorded = Mutex<Set<SQLStatement>>([])

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// Every statement so far, in the order of their texts.
    package var statements: [SQLStatement] {
        recorded.withLock { $0 }.sorted { $0.text < $1.text }
    }

    package var writers: Int { database.writers }
    package var summary: String { database.summary }

    package func read<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.read { try body(RecordingConnection(connection: $0, database: self)) }
    }

    package func write<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.write { try body(RecordingConnection(connection: $0, database: self)) }
    }

    package func close() async throws { try await database.close() }

    fileprivate func record(_ statement: SQLStatement) {
        recorded.withLock { _ = $0.insert(statement) }
    }
}

private struct RecordingConnection: SQLConnection {
    let connection: any SQLConnection
    let database: RecordingDatabase

    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int {
        database.record(statement)
        return try connection.execute(statement, values)
    }

    func execute(_ statement: SQLBulkStatement, rows: [SQLValue]) throws(SQLError) -> Int {
        for single in connection.statements(of: statement) { database.record(single) }
        return try connection.execute(statement, rows: rows)
    }

    func statements(of statement: SQLBulkStatement) -> [SQLStatement] {
        connection.statements(of: statement)
    }

    func query(
        _ statement: SQLStatement,
        _ values: [SQLValue],
        _ row: (any SQLRow) throws -> Void
    ) throws {
        database.record(statement)
        try connection.query(statement, values, row)
    }

    func executeScript(_ script: String) throws(SQLError) {
        try connection.executeScript(script)
    }

    func queryPlan(_ statement: SQLStatement) throws(SQLError) -> [String]? {
        try connection.queryPlan(statement)
    }
}
