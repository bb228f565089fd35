import GRDBSQLite
import SQLEngine

/// The row at which a statement stands, read straight from SQLite.
@safe
struct SQLiteRow: SQLRow {
    /// Valid while the query that owns the row is stepping.
    private let statement: OpaquePointer

    init(statement: OpaquePointer) {
        unsafe self.statement = unsafe statement
    }

    var count: Int { Int(unsafe sqlite3_column_count(statement)) }

    func text(_ column: Int) throws(SQLError) -> String {
        guard let value = try optionalText(column) else { throw unexpected("NULL", column, "text") }
        return value
    }

    func optionalText(_ column: Int) throws(SQLError) -> String? {
        switch try type(column) {
        case SQLITE_TEXT: break
        case SQLITE_NULL: return nil
        case let other: throw unexpected(Self.name(other), column, "text")
        }
        guard let start = unsafe sqlite3_column_text(statement, Int32(column)) else {
            throw SQLError(.unavailable, "memory is short for a text")
        }
        // The length is asked for after the text, so that it is the length in UTF-8.
        let length = Int(unsafe sqlite3_column_bytes(statement, Int32(column)))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    func integer(_ column: Int) throws(SQLError) -> Int64 {
        guard let value = try optionalInteger(column) else {
            throw unexpected("NULL", column, "an integer")
        }
        return value
    }

    func optionalInteger(_ column: Int) throws(SQLError) -> Int64? {
        switch try type(column) {
        case SQLITE_INTEGER: return unsafe sqlite3_column_int64(statement, Int32(column))
        case SQLITE_NULL: return nil
        case let other: throw unexpected(Self.name(other), column, "an integer")
        }
    }

    func real(_ column: Int) throws(SQLError) -> Double {
        switch try type(column) {
        case SQLITE_FLOAT, SQLITE_INTEGER:
            return unsafe sqlite3_column_double(statement, Int32(column))
        case let other: throw unexpected(Self.name(other), column, "a number")
        }
    }

    private func type(_ column: Int) throws(SQLError) -> Int32 {
        guard column >= 0, column < count else {
            throw SQLError(.unavailable, "column \(column) of a row of \(count) columns")
        }
        return unsafe sqlite3_column_type(statement, Int32(column))
    }

    private func unexpected(_ found: String, _ column: Int, _ expected: String) -> SQLError {
        let name = unsafe sqlite3_column_name(statement, Int32(column))
            .map { unsafe String(cString: $0) }
        return SQLError(
            .unavailable,
            "column \(column) (\(name ?? "?")) is \(found), expected \(expected)"
        )
    }

    private static func name(_ type: Int32) -> String {
        switch type {
        case SQLITE_TEXT: "text"
        case SQLITE_INTEGER: "an integer"
        case SQLITE_FLOAT: "a number"
        case SQLITE_NULL: "NULL"
        default: "a blob"
        }
    }
}
