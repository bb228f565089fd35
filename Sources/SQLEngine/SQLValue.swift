/// One value bound to a statement.
///
/// The common ground of SQLite and PostgreSQL: `TEXT`, `BIGINT`, `DOUBLE PRECISION` and `NULL`. Times
/// are milliseconds since 1970 in UTC as ``integer``, civil dates and hashes are ``text``, truth is
/// ``integer`` 0 or 1.
package enum SQLValue: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int64)
    case real(Double)

    /// Text, or `NULL` for nil.
    package static func text(_ value: String?) -> SQLValue {
        guard let value else { return .null }
        return .text(value)
    }

    /// An integer, or `NULL` for nil.
    package static func integer(_ value: Int64?) -> SQLValue {
        guard let value else { return .null }
        return .integer(value)
    }

    /// An integer from Swift's own width.
    package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    /// 1 for true and 0 for false, as the schema's `CHECK` constraints expect.
    package static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}
