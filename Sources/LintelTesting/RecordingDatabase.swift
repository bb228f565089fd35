package import SQLEngine
import Synchronization

/// A database that remembers every statement it was given, and which writes it was asked for at once.
package final class RecordingDatabase: SQLDatabase {
    /// A write that was asked for and came to its end.
    package struct Write: Sendable {
        /// From when it was asked for, the time it waited included, to its end; steps of a clock that ticks at
        /// each of both.
        package let time: ClosedRange<Int>
        package let statements: Set<SQLStatement>
    }

    private struct Record {
        var statements: Set<SQLStatement> = []
        var writes: [Write] = []
        var ticks = 0
    }

    private let database: any SQLDatabase
    private let recorded = Mutex(Record())

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// Every statement so far, in the order of their texts.
    package var statements: [SQLStatement] {
        recorded.withLock(\.statements).sorted { $0.text < $1.text }
    }

    /// Every write so far, in the order of their ends.
    package var writes: [Write] { recorded.withLock(\.writes) }

    package var writers: Int { database.writers }
    package var summary: String { database.summary }

    package func read<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let statements = StatementLog()
        defer { note(statements) }
        return try await database.read {
            try body(RecordingConnection(connection: $0, log: statements))
        }
    }

    package func write<Result: Sendable>(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let statements = StatementLog()
        let asked = tick()
        defer {
            let write = Write(time: asked...tick(), statements: statements.all)
            recorded.withLock { $0.writes.append(write) }
            note(statements)
        }
        return try await database.write {
            try body(RecordingConnection(connection: $0, log: statements))
        }
    }

    package func close() async throws { try await database.close() }

    private func tick() -> Int {
        recorded.withLock { record in
            record.ticks += 1
            return record.ticks
        }
    }

    private func note(_ log: StatementLog) {
        recorded.withLock { $0.statements.formUnion(log.all) }
    }
}

/// The statements of one transaction.
private final class StatementLog: Sendable {
    private let statements = Mutex<Set<SQLStatement>>([])

    var all: Set<SQLStatement> { statements.withLock(\.self) }

    func record(_ statement: SQLStatement) {
        statements.withLock { _ = $0.insert(statement) }
    }
}

private struct RecordingConnection: SQLConnection {
    let connection: any SQLConnection
    let log: StatementLog

    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int {
        log.record(statement)
        return try connection.execute(statement, values)
    }

    func execute(_ statement: SQLBulkStatement, rows: SQLRows) throws(SQLError) -> Int {
        for single in connection.statements(of: statement) { log.record(single) }
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
        log.record(statement)
        try connection.query(statement, values, row)
    }

    func lockTables() throws(SQLError) { try connection.lockTables() }

    func executeScript(_ script: String) throws(SQLError) {
        try connection.executeScript(script)
    }

    func queryPlan(_ statement: SQLStatement) throws(SQLError) -> [String]? {
        try connection.queryPlan(statement)
    }
}
