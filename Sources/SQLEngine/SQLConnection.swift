/// A connection inside one transaction, valid only in the closure that receives it.
package protocol SQLConnection {
    /// Runs a statement that returns no rows, and tells how many rows it changed.
    ///
    /// - Parameters:
    ///   - statement: the whole statement with placeholders `$1…$n`.
    ///   - values: one value a placeholder, in order.
    /// - Returns: how many rows the statement itself inserted, updated or deleted; 0 for any other.
    /// - Throws: ``SQLError``. The transaction is dead afterwards, as in PostgreSQL so in every
    ///   engine: later statements throw the same error, and what was written is rolled back even
    ///   where the error is caught.
    @discardableResult
    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int

    /// Runs a statement over many rows that returns none, and tells how many rows it changed.
    ///
    /// - Parameters:
    ///   - statement: the statement with `values {rows}`.
    ///   - rows: whole rows; none of them stands for the same row of the table as another.
    /// - Returns: how many rows were inserted or updated.
    /// - Throws: ``SQLError``, as from ``execute(_:_:)``.
    @discardableResult
    func execute(_ statement: SQLBulkStatement, rows: SQLRows) throws(SQLError) -> Int

    /// The statements as which the engine runs one over many rows.
    func statements(of statement: SQLBulkStatement) -> [SQLStatement]

    /// Runs a query, or a statement with `RETURNING`, and hands over each row in order.
    ///
    /// A row is valid only during its call.
    func query(
        _ statement: SQLStatement,
        _ values: [SQLValue],
        _ row: (any SQLRow) throws -> Void
    ) throws

    /// Runs statements separated by semicolons that take no values: the migrations.
    func executeScript(_ script: String) throws(SQLError)

    /// Keeps everybody else from writing the tables of this schema until the transaction ends, for the migrations:
    /// what is copied from one table into another is all there is.
    ///
    /// - Throws: ``SQLError``; with the code `conflict` where others hold what this transaction waits for.
    func lockTables() throws(SQLError)

    /// The query plan as SQLite describes it, one line a step; nil on an engine whose plan depends
    /// on statistics.
    ///
    /// - Throws: ``SQLError`` where the engine does not accept the statement, whether it tells a
    ///   plan or not.
    func queryPlan(_ statement: SQLStatement) throws(SQLError) -> [String]?
}

extension SQLConnection {
    /// Every row of a query, made into a value.
    package func all<Value>(
        _ statement: SQLStatement,
        _ values: [SQLValue] = [],
        _ make: (any SQLRow) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try query(statement, values) { row in found.append(try make(row)) }
        return found
    }

    /// The first row of a query made into a value, nil where there is none.
    package func first<Value>(
        _ statement: SQLStatement,
        _ values: [SQLValue] = [],
        _ make: (any SQLRow) throws -> Value
    ) throws -> Value? {
        var found: Value?
        try query(statement, values) { row in
            if found == nil { found = try make(row) }
        }
        return found
    }

    /// Runs a statement without values.
    @discardableResult
    package func execute(_ statement: SQLStatement) throws(SQLError) -> Int {
        try execute(statement, [])
    }
}
