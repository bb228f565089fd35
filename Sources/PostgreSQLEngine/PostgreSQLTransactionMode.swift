/// The two kinds of transaction.
enum PostgreSQLTransactionMode: String, Sendable {
    /// One state for the whole transaction, and no writes.
    case read
    /// `READ COMMITTED`: a statement that meets a row another transaction has changed waits for its
    /// end, then looks at its own condition again. An `UPDATE … WHERE` therefore takes a lease or
    /// raises a counter exactly once, without failing, however many compete. What an earlier
    /// statement read may have changed since: the condition belongs into the statement that writes.
    case write

    var begin: String {
        switch self {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        }
    }
}
