import GRDB
import GRDBSQLite
import Glibc
import SQLEngine

/// One transaction on a connection of the pool.
///
/// The first failure is kept and ends the transaction: later statements throw it again and the
/// transaction does not commit, even where the failure was caught. PostgreSQL behaves so by itself.
@safe
final class SQLiteConnection: SQLConnection {
    private let database: Database
    private let handle: OpaquePointer
    private let placeholders: SQLitePlaceholders
    /// The memory for the values of a statement while none uses it.
    private var spare = SQLRows()
    /// What ended the transaction, nil while it may go on.
    private(set) var failure: SQLError?
    /// Whether the transaction ended because the task that runs it was cancelled.
    private(set) var wasCancelled = false

    init(_ database: Database, placeholders: SQLitePlaceholders) throws {
        guard let handle = unsafe database.sqliteConnection else {
            throw SQLError(.unavailable, "the database is closed")
        }
        self.database = database
        unsafe self.handle = unsafe handle
        self.placeholders = placeholders
    }

    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int {
        let packed = pack(values)
        defer { spare = packed }
        return try unsafe packed.read { (reader) throws(SQLError) in
            let prepared = try prepare(statement)
            return try unsafe execute(prepared, values.count, of: &reader, statement)
        }
    }

    func execute(_ statement: SQLBulkStatement, rows: SQLRows) throws(SQLError) -> Int {
        guard rows.count.isMultiple(of: statement.columns.count) else {
            throw fail(SQLError(partOfRow: statement, rows))
        }
        return try unsafe rows.read { (reader) throws(SQLError) in
            var changed = 0
            for size in placeholders.sizes(of: statement) {
                let count = size.rows * statement.columns.count
                while unsafe reader.left >= count {
                    let prepared = try prepare(size.statement, as: size.statement.text)
                    changed += try unsafe execute(prepared, count, of: &reader, size.statement)
                }
            }
            return changed
        }
    }

    func statements(of statement: SQLBulkStatement) -> [SQLStatement] {
        placeholders.sizes(of: statement).map(\.statement)
    }

    func query(
        _ statement: SQLStatement,
        _ values: [SQLValue],
        _ row: (any SQLRow) throws -> Void
    ) throws {
        let packed = pack(values)
        defer { spare = packed }
        try unsafe packed.read { reader in
            let prepared = try prepare(statement)
            defer { finish(prepared) }
            let raw = unsafe prepared.sqliteStatement
            try unsafe bind(values.count, of: &reader, to: raw, of: statement)
            let current = unsafe SQLiteRow(statement: raw)
            while try unsafe step(raw, of: statement) {
                try row(current)
            }
        }
    }

    /// Runs a statement with the next values.
    private func execute(
        _ prepared: Statement,
        _ count: Int,
        of values: inout SQLRows.Reader,
        _ statement: SQLStatement
    ) throws(SQLError) -> Int {
        defer { finish(prepared) }
        let raw = unsafe prepared.sqliteStatement
        try unsafe bind(count, of: &values, to: raw, of: statement)
        let before = unsafe sqlite3_total_changes64(handle)
        while try unsafe step(raw, of: statement) {}
        // The count of the last statement is stale after one that changes nothing, such as a
        // SELECT.
        let hasChanged = unsafe sqlite3_total_changes64(handle) != before
        return hasChanged ? Int(unsafe sqlite3_changes64(handle)) : 0
    }

    /// Begins or ends the transaction, where GRDB does not.
    func control(_ command: String) throws {
        let prepared = try database.cachedStatement(sql: command)
        defer { _ = unsafe sqlite3_reset(prepared.sqliteStatement) }
        let code = unsafe sqlite3_step(prepared.sqliteStatement)
        guard code == SQLITE_DONE else {
            let message = unsafe String(cString: sqlite3_errmsg(handle))
            throw SQLError(sqlite: code, message: message, attempt: command)
        }
    }

    /// A transaction that writes is the only one anyway.
    func lockTables() throws(SQLError) {}

    func executeScript(_ script: String) throws(SQLError) {
        try checkAlive("a script")
        do {
            try database.execute(sql: script)
        } catch {
            throw fail(error, attempt: "a script")
        }
        guard unsafe sqlite3_get_autocommit(handle) == 0 else {
            throw fail(SQLError(.unavailable, "a script ended the transaction it runs in"))
        }
    }

    func queryPlan(_ statement: SQLStatement) throws(SQLError) -> [String]? {
        try checkAlive(statement.summary)
        do {
            let text = "EXPLAIN QUERY PLAN " + placeholders.rewritten(statement.text)
            let prepared = try database.makeStatement(sql: text)
            var steps: [String] = []
            while unsafe sqlite3_step(prepared.sqliteStatement) == SQLITE_ROW {
                // Columns: id, parent, unused, detail.
                steps.append(try unsafe SQLiteRow(statement: prepared.sqliteStatement).text(3))
            }
            return steps
        } catch {
            throw fail(error, attempt: statement.summary)
        }
    }

    /// Throws what ended the transaction, if anything did.
    func checkAlive(_ attempt: @autoclosure () -> String) throws(SQLError) {
        if let failure { throw failure }
        if Task.isCancelled {
            wasCancelled = true
            throw fail(SQLError(.conflict, "\(attempt()): the task was cancelled"))
        }
    }

    /// Keeps the first failure, which ends the transaction.
    private func fail(_ error: SQLError) -> SQLError {
        if failure == nil { failure = error }
        return error
    }

    private func fail(_ error: any Error, attempt: String) -> SQLError {
        fail(SQLError(from: error, attempt: attempt))
    }

    private func prepare(_ statement: SQLStatement) throws(SQLError) -> Statement {
        try prepare(statement, as: placeholders.rewritten(statement.text))
    }

    /// Prepares the statement as this text, which is how SQLite takes it.
    private func prepare(
        _ statement: SQLStatement,
        as text: String
    ) throws(SQLError) -> Statement {
        try checkAlive(statement.summary)
        do {
            let cached = try database.cachedStatement(sql: text)
            // A statement that runs already, further up in a row closure, cannot start again.
            if unsafe sqlite3_stmt_busy(cached.sqliteStatement) == 0 { return cached }
            return try database.makeStatement(sql: text)
        } catch {
            throw fail(error, attempt: statement.summary)
        }
    }

    /// Binds the next values.
    ///
    /// SQLite reads a text where it stands: the values stay in memory until the statement is finished.
    private func bind(
        _ count: Int,
        of values: inout SQLRows.Reader,
        to raw: OpaquePointer,
        of statement: SQLStatement
    ) throws(SQLError) {
        let expected = Int(unsafe sqlite3_bind_parameter_count(raw))
        guard count == expected else {
            throw fail(
                SQLError(
                    .unavailable,
                    "\(statement.summary): takes \(expected) values, found \(count)"
                )
            )
        }
        guard count > 0 else { return }
        for number in 1...Int32(count) {
            if let reason = unsafe bind(values.next(), number, to: raw) {
                throw fail(
                    SQLError(.refused, "\(statement.summary): value $\(number) \(reason)")
                )
            }
        }
    }

    /// - Returns: why the value is refused; nil where it is bound.
    private func bind(
        _ value: SQLRows.Value,
        _ number: Int32,
        to raw: OpaquePointer
    ) -> String? {
        let code: Int32
        switch unsafe value {
        case .null:
            code = unsafe sqlite3_bind_null(raw, number)
        case .integer(let integer):
            code = unsafe sqlite3_bind_int64(raw, number, integer)
        case .real(let real):
            // SQLite would store NaN as NULL.
            guard real.isFinite else { return "is not a finite number" }
            code = unsafe sqlite3_bind_double(raw, number, real)
        case .text(let text, let count):
            guard unsafe memchr(text, 0, count) == nil else { return "contains U+0000" }
            code = unsafe sqlite3_bind_text64(
                raw,
                number,
                UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self),
                UInt64(count),
                nil,
                UInt8(SQLITE_UTF8)
            )
        }
        return code == SQLITE_OK ? nil : "is not bound (SQLite \(code))"
    }

    /// Steps once; true at a row, false at the end.
    private func step(
        _ raw: OpaquePointer,
        of statement: SQLStatement
    ) throws(SQLError) -> Bool {
        let code = unsafe sqlite3_step(raw)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        if code & 0xff == SQLITE_INTERRUPT, Task.isCancelled { wasCancelled = true }
        let message = unsafe String(cString: sqlite3_errmsg(handle))
        throw fail(SQLError(sqlite: code, message: message, attempt: statement.summary))
    }

    /// Ends a statement, whether it succeeded or not.
    ///
    /// Taking the statement itself keeps it in memory until here.
    private func finish(_ prepared: Statement) {
        _ = unsafe sqlite3_reset(prepared.sqliteStatement)
        _ = unsafe sqlite3_clear_bindings(prepared.sqliteStatement)
    }

    /// The values in the memory kept for them, or in some of their own inside a row closure, where it is in use.
    private func pack(_ values: [SQLValue]) -> SQLRows {
        var packed = spare
        spare = SQLRows()
        packed.removeAll()
        for value in values { packed.append(value) }
        return packed
    }
}
