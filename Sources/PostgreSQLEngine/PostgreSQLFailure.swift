import SQLEngine

/// A refusal with what decides whether the transaction is tried again.
struct PostgreSQLFailure: Error {
    let error: SQLError
    /// The server's SQLSTATE, nil where it gave none.
    let state: String?

    init(_ error: SQLError, state: String? = nil) {
        self.error = error
        self.state = state
    }

    /// Whether the same transaction may well succeed the next time: a serialization failure, a
    /// deadlock.
    var isTransient: Bool { state == "40001" || state == "40P01" }
}
