import SQLEngine

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
