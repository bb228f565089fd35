import CLibPQ
import SQLEngine

/// What the server answered to one statement; freed with its last use.
@safe
struct PostgreSQLResult: ~Copyable {
    private let handle: OpaquePointer

    init(handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe PQclear(handle)
    }

    /// Hands over each row in order, valid during its call.
    borrowing func forEachRow(_ body: (any SQLRow) throws -> Void) throws {
        for index in 0..<(unsafe PQntuples(handle)) {
            try body(unsafe PostgreSQLRow(result: handle, row: index))
        }
    }

    /// What was done: `INSERT 0 5`, `SELECT 1`, `COMMIT`.
    var command: String {
        unsafe PQcmdStatus(handle).map { unsafe String(cString: $0) } ?? ""
    }

    /// How many rows were changed; PostgreSQL's own count tells the rows of a `SELECT` too.
    var changedRows: Int {
        let words = command.split(separator: " ")
        guard let verb = words.first, let count = words.last,
            ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(verb)
        else { return 0 }
        return Int(count) ?? 0
    }
}
