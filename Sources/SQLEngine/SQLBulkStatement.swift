/// A statement over many rows at once: `insert … values {rows}`, or an update from a CTE
/// `with new (…) as (values {rows})`.
///
/// The text is the same for every engine; how the rows are handed over is the engine's own affair. Like a
/// ``SQLStatement`` it is a constant, prepared once a connection.
package struct SQLBulkStatement: Sendable {
    /// What a column of the rows holds.
    package enum Column: Sendable {
        case text
        case integer
    }

    /// The statement with `values {rows}` where the rows stand.
    package let template: String
    /// The columns of a row, in order.
    package let columns: [Column]

    package init(_ template: StaticString, columns: [Column]) {
        precondition(
            template.description.components(of: Self.marker) == 2,
            "a bulk statement has one `values {rows}`"
        )
        self.template = template.description
        self.columns = columns
    }

    /// The statement with `rows`, which gives the rows, in place of `values {rows}`.
    package func statement(rows: String) -> SQLStatement {
        SQLStatement(text: template.replacing(Self.marker, with: rows))
    }

    /// The template on one line, for errors.
    package var summary: String { SQLStatement.summary(of: template) }

    private static let marker = "values {rows}"

    /// Makes a row of each item.
    ///
    /// - Parameters:
    ///   - items: what the rows are made of.
    ///   - values: appends the values of an item's row, one a column.
    /// - Returns: the statement with the rows, to be run.
    package func write<Item>(
        _ items: some Sequence<Item>,
        _ values: (Item, inout SQLRows) -> Void
    ) -> SQLBulkWrite {
        var rows = SQLRows()
        for item in items { values(item, &rows) }
        return SQLBulkWrite(statement: self, rows: rows)
    }
}

/// A bulk statement with its rows: made anywhere, run in a transaction.
package struct SQLBulkWrite: Sendable {
    fileprivate let statement: SQLBulkStatement
    fileprivate let rows: SQLRows

    /// Runs it.
    ///
    /// - Returns: how many rows were inserted or updated.
    /// - Throws: ``SQLError``, as from ``SQLConnection/execute(_:rows:)``.
    @discardableResult
    package func run(on connection: any SQLConnection) throws(SQLError) -> Int {
        rows.isEmpty ? 0 : try connection.execute(statement, rows: rows)
    }
}

extension SQLError {
    /// Values that are no whole number of rows.
    package init(partOfRow statement: SQLBulkStatement, _ rows: SQLRows) {
        self.init(
            .unavailable,
            "\(statement.summary): takes rows of \(statement.columns.count) values, found \(rows.count) values"
        )
    }
}

extension String {
    fileprivate func components(of separator: String) -> Int {
        split(separator: separator, omittingEmptySubsequences: false).count
    }
}
