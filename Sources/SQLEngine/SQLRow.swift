/// One row of a result, read by column position.
///
/// Reading a column as the wrong type, or `NULL` as a value, is a defect of the statement: it throws
/// ``SQLError`` with the code ``SQLError/Code/unavailable`` and names the column, never the value.
package protocol SQLRow {
    /// How many columns the row has.
    var count: Int { get }

    /// The text in a column that is never `NULL`.
    func text(_ column: Int) throws(SQLError) -> String

    /// The text in a column, nil for `NULL`.
    func optionalText(_ column: Int) throws(SQLError) -> String?

    /// The integer in a column that is never `NULL`.
    func integer(_ column: Int) throws(SQLError) -> Int64

    /// The integer in a column, nil for `NULL`.
    func optionalInteger(_ column: Int) throws(SQLError) -> Int64?

    /// The number in a column that is never `NULL`.
    func real(_ column: Int) throws(SQLError) -> Double
}

extension SQLRow {
    /// The truth in a column of 0 and 1.
    package func flag(_ column: Int) throws(SQLError) -> Bool { try integer(column) != 0 }
}
