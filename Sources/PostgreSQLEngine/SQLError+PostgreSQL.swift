import CLibPQ
import SQLEngine

extension SQLError {
    /// The error for a result that is no success, or for none at all where the connection is lost.
    ///
    /// The server's detail is never read, as it repeats values. Its message is kept only for
    /// statements that it does not accept (class 42); a constraint is told by its name.
    /// The codes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    init(result: OpaquePointer?, connection: OpaquePointer, attempt: String) {
        guard unsafe PQstatus(connection) == CONNECTION_OK else {
            self.init(.unavailable, "\(attempt): the connection to the database was lost")
            return
        }
        guard let state = unsafe Self.field("C", of: result) else {
            self.init(.unavailable, "\(attempt): the database gave no answer that can be read")
            return
        }
        let (kind, sentence) = unsafe Self.meaning(of: state, result)
        self.init(kind, "\(attempt): \(sentence) (SQLSTATE \(state))")
    }

    private static func meaning(of state: String, _ result: OpaquePointer?) -> (Code, String) {
        switch state {
        case "23505", "23P01":
            (.alreadyExists, "the key exists already: \(unsafe name("n", of: result))")
        case "23503", "23001":
            (.notFound, "a row referred to is missing or in use: \(unsafe name("n", of: result))")
        case "23502": (.refused, "NULL in the column \(unsafe name("c", of: result))")
        case "23514": (.refused, "the value breaks the constraint \(unsafe name("n", of: result))")
        case "3D000": (.notFound, "the database does not exist")
        case "54000": (.refused, "a value is too long")
        case "40001": (.conflict, "another transaction changed the same rows")
        case "40P01": (.conflict, "deadlock with another transaction")
        case "55P03": (.conflict, "another transaction holds the rows")
        case "25006": (.unavailable, "the transaction or the server is read-only")
        case "25P02": (.unavailable, "the transaction has failed before")
        case "53100": (.unavailable, "the disk of the database server is full")
        case "53300": (.unavailable, "the database server takes no more connections")
        case "57P01", "57P02", "57P03": (.unavailable, "the database server is shutting down")
        default: unsafe meaning(ofClass: state.prefix(2), result)
        }
    }

    private static func meaning(
        ofClass stateClass: Substring,
        _ result: OpaquePointer?
    ) -> (Code, String) {
        switch stateClass {
        case "22": (.refused, "a value does not fit its column or its use")
        case "23": (.refused, "the value breaks the constraint \(unsafe name("n", of: result))")
        case "40": (.conflict, "the transaction was rolled back")
        case "42":
            (.unavailable, "PostgreSQL does not accept it: \(unsafe name("M", of: result))")
        case "53": (.unavailable, "the database server is short of resources")
        case "57": (.unavailable, "the database server interrupted the statement")
        case "58", "XX": (.unavailable, "the database server failed")
        default: (.unavailable, "PostgreSQL refused")
        }
    }

    private static func name(_ code: Unicode.Scalar, of result: OpaquePointer?) -> String {
        unsafe field(code, of: result) ?? "not named"
    }

    /// A field of an error result by its code (libpq's `PG_DIAG_…`, which Swift does not import):
    /// `C` the SQLSTATE, `M` the primary message, `n` the constraint, `c` the column.
    static func field(_ code: Unicode.Scalar, of result: OpaquePointer?) -> String? {
        guard let field = unsafe PQresultErrorField(result, Int32(code.value)) else { return nil }
        return unsafe String(cString: field)
    }
}
