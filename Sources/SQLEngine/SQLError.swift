/// What a database refused, as one of five codes that every engine maps its own errors to.
///
/// `description` names what was attempted and the engine's own code; it never carries a bound value, so
/// it may be logged.
package struct SQLError: Error, Sendable, CustomStringConvertible {
    /// What kind of refusal it was; decides whether a caller may try again.
    package enum Code: String, Sendable {
        /// What the statement is about does not exist: a foreign key without its row, a missing database.
        case notFound
        /// A unique key exists already.
        case alreadyExists
        /// Somebody else was at the same rows: a serialization failure, a deadlock, a busy database, a
        /// plan made from a directory that has changed since.
        case conflict
        /// The database cannot be used: gone, full, read-only, damaged, or a statement it does not accept.
        case unavailable
        /// A value that the schema or the common ground of the engines refuses, such as U+0000 in a text.
        case refused
    }

    package let code: Code
    /// What was attempted, for whom, and the engine's own message without values.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
