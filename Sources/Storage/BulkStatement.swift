import SQLEngine

/// A statement over many rows in three sizes of text: a full chunk, a small one, and one row.
///
/// Each text is prepared once a connection, whatever the number of rows.
struct BulkStatement: Sendable {
    private static let sizes = [50, 8, 1]

    private let columns: Int
    private let statements: [SQLStatement]

    /// - Parameters:
    ///   - template: the statement with `{rows}` where the rows stand.
    ///   - columns: how many values a row has.
    ///   - casts: the type of each column's first placeholder, where the rows stand in a CTE.
    init(_ template: StaticString, columns: Int, casts: [StaticString?] = []) {
        self.columns = columns
        statements = Self.sizes.map { size in
            .rows(template, columns: columns, rows: size, casts: casts)
        }
    }

    /// Runs the statement for all items; returns how many rows it changed.
    @discardableResult
    func execute<Item>(
        _ items: some Collection<Item>,
        on connection: any SQLConnection,
        _ values: (Item, inout [SQLValue]) -> Void
    ) throws -> Int {
        var changed = 0
        var buffer: [SQLValue] = []
        buffer.reserveCapacity(Self.sizes[0] * columns)
        var left = items.count
        var index = items.startIndex
        for (size, statement) in zip(Self.sizes, statements) {
            while left >= size {
                buffer.removeAll(keepingCapacity: true)
                for _ in 0..<size {
                    values(items[index], &buffer)
                    items.formIndex(after: &index)
                }
                changed += try connection.execute(statement, buffer)
                left -= size
            }
        }
        return changed
    }
}

/// A query for the rows whose key is one of many, asked in chunks of one size.
struct BulkQuery: Sendable {
    static let chunk = 50

    private let statement: SQLStatement
    private let leading: Int

    /// - Parameters:
    ///   - template: the query with `in ({rows})` where the keys stand.
    ///   - leading: how many placeholders the template uses before the keys.
    init(_ template: StaticString, leading: Int = 0) {
        self.leading = leading
        statement = .rows(template, columns: 1, rows: Self.chunk, first: leading + 1)
    }

    /// Hands over each row found for any of the keys; a chunk that is not full repeats its last key.
    func run(
        _ keys: some Collection<String>,
        leading values: [SQLValue] = [],
        on connection: any SQLConnection,
        _ row: (any SQLRow) throws -> Void
    ) throws {
        var buffer = values
        for (position, key) in keys.enumerated() {
            buffer.append(.text(key))
            let isLast = position == keys.count - 1
            guard isLast || buffer.count == leading + Self.chunk else { continue }
            while buffer.count < leading + Self.chunk { buffer.append(.text(key)) }
            try connection.query(statement, buffer, row)
            buffer.removeLast(Self.chunk)
        }
    }
}
