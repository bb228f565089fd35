package import SQLEngine

/// One rule that every engine keeps, and the check of it.
///
/// A check gets an empty database of its own, may leave anything behind in it, and throws
/// ``ConformanceFailure`` where the rule is broken. It may close the database.
package struct SQLEngineConformance: Sendable, CustomStringConvertible {
    /// The rule as a sentence.
    package let description: String
    package let check: @Sendable (any SQLDatabase) async throws -> Void

    init(
        _ description: String,
        check: @escaping @Sendable (any SQLDatabase) async throws -> Void
    ) {
        self.description = description
        self.check = check
    }

    /// Every rule.
    package static let all: [SQLEngineConformance] =
        values + rows + statements + refusals + transactions + concurrency + bulk
}

extension SQLDatabase {
    /// Creates what a check works on.
    func create(_ script: String) async throws {
        try await write { try $0.executeScript(script) }
    }

    /// The one integer that a query gives.
    func integer(_ statement: SQLStatement, _ values: [SQLValue] = []) async throws -> Int64? {
        try await read { try $0.first(statement, values) { try $0.integer(0) } }
    }

    /// The error that a write ends with, nil where it is committed.
    func writeError(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Void
    ) async throws -> SQLError? {
        do {
            try await write(body)
            return nil
        } catch let error as SQLError {
            return error
        }
    }
}
