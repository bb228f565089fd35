import CLibPQ
import SQLEngine

/// One row of a result in PostgreSQL's binary format.
@safe
struct PostgreSQLRow: SQLRow {
    /// Valid while the query that owns the row hands over its rows.
    private let result: OpaquePointer
    private let row: Int32

    init(result: OpaquePointer, row: Int32) {
        unsafe self.result = unsafe result
        self.row = row
    }

    var count: Int { Int(unsafe PQnfields(result)) }

    func text(_ column: Int) throws(SQLError) -> String {
        guard let value = try optionalText(column) else { throw unexpected("NULL", column, "text") }
        return value
    }

    func optionalText(_ column: Int) throws(SQLError) -> String? {
        guard let bytes = try unsafe bytes(column) else { return nil }
        guard Self.texts.contains(unsafe PQftype(result, Int32(column))) else {
            throw unexpected(type(column), column, "text")
        }
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    func integer(_ column: Int) throws(SQLError) -> Int64 {
        guard let value = try optionalInteger(column) else {
            throw unexpected("NULL", column, "an integer")
        }
        return value
    }

    func optionalInteger(_ column: Int) throws(SQLError) -> Int64? {
        guard let bytes = try unsafe bytes(column) else { return nil }
        switch unsafe PQftype(result, Int32(column)) {
        case 20: return Int64(bigEndian: unsafe bytes.loadUnaligned(as: Int64.self))
        case 23: return Int64(Int32(bigEndian: unsafe bytes.loadUnaligned(as: Int32.self)))
        case 21: return Int64(Int16(bigEndian: unsafe bytes.loadUnaligned(as: Int16.self)))
        default: throw unexpected(type(column), column, "an integer")
        }
    }

    func real(_ column: Int) throws(SQLError) -> Double {
        guard let bytes = try unsafe bytes(column) else {
            throw unexpected("NULL", column, "a number")
        }
        switch unsafe PQftype(result, Int32(column)) {
        case 701:
            let bits = UInt64(bigEndian: unsafe bytes.loadUnaligned(as: UInt64.self))
            return Double(bitPattern: bits)
        case 20, 21, 23: return Double(try integer(column))
        default: throw unexpected(type(column), column, "a number")
        }
    }

    /// The bytes of a value, nil for `NULL`.
    private func bytes(_ column: Int) throws(SQLError) -> UnsafeRawBufferPointer? {
        guard column >= 0, column < count else {
            throw SQLError(.unavailable, "column \(column) of a row of \(count) columns")
        }
        let column = Int32(column)
        guard unsafe PQgetisnull(result, row, column) == 0 else { return nil }
        return unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
    }

    private func unexpected(_ found: String, _ column: Int, _ expected: String) -> SQLError {
        let name = unsafe PQfname(result, Int32(column)).map { unsafe String(cString: $0) }
        return SQLError(
            .unavailable,
            "column \(column) (\(name ?? "?")) is \(found), expected \(expected)"
        )
    }

    /// A type for people, by its number in `pg_type`, which is the same in every database.
    private func type(_ column: Int) -> String {
        switch unsafe PQftype(result, Int32(column)) {
        case 16: "a boolean"
        case 20, 21, 23: "an integer"
        case 700, 701: "a number"
        case 1700: "a numeric"
        case let type where Self.texts.contains(type): "text"
        case let type: "of the type \(type)"
        }
    }

    /// `text`, `varchar`, `bpchar` and `name`.
    private static let texts: [Oid] = [25, 1043, 1042, 19]
}
