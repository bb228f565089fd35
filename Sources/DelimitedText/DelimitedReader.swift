package import struct Foundation.Data

/// Reads delimited text row by row: RFC 4180, UTF-8 with or without byte order mark, separated by `,`
/// `;` or tab, lines ending in `\r\n`, `\n` or `\r`, line breaks allowed in quoted fields.
///
/// A row that is wrong in itself comes with ``DelimitedRow/defect`` and reading goes on after it; only
/// what makes every later row doubtful is thrown. Empty lines are skipped and counted as lines.
///
/// ```swift
/// var reader = try DelimitedReader(data, columns: [
///     DelimitedColumn("name", aliases: ["Unit", "Unit Number"], isRequired: true),
///     DelimitedColumn("floor"),
/// ])
/// while let row = try reader.next() {
///     if let defect = row.defect { … }
///     add(row["name"], floor: row["floor"], from: row.line)
/// }
/// ```
package struct DelimitedReader {
    /// Hands over the next bytes of the text, nil at its end.
    package typealias Source = () throws(DelimitedError) -> [UInt8]?

    package let header: DelimitedHeader
    package let delimiter: Delimiter
    /// The header line as the file has it, without byte order mark and line end.
    package let headerBytes: [UInt8]
    /// How many rows were read, the header not counted.
    package private(set) var rowCount = 0

    private var input: BufferedInput
    private var scanner: RecordScanner
    private var line: Int

    /// The line in which the next row is taken to begin; set where rows were cut out of a file.
    package var nextLine: Int {
        get { line }
        set { line = newValue }
    }

    /// Where the next row begins, in bytes from the start of the text.
    package var nextOffset: Int { input.offset + input.position }

    /// Reads the header line and finds the known columns in it.
    ///
    /// - Throws: ``DelimitedError`` where there is no header, it is damaged, two columns mean the same or
    ///   a required one is missing.
    package init(_ data: Data, columns: [DelimitedColumn] = []) throws(DelimitedError) {
        try self.init(input: BufferedInput([UInt8](data)), columns: columns)
    }

    /// Reads text that comes in pieces, never holding more than the longest row and one piece.
    package init(
        source: @escaping Source,
        columns: [DelimitedColumn] = []
    ) throws(DelimitedError) {
        try self.init(input: BufferedInput(source), columns: columns)
    }

    /// Reads rows of which the header is known already, such as some cut out of a file.
    package init(rows: Data, header: DelimitedHeader, delimiter: Delimiter) {
        self.header = header
        self.delimiter = delimiter
        headerBytes = []
        input = BufferedInput([UInt8](rows))
        scanner = RecordScanner(delimiter: delimiter.rawValue)
        line = 1
    }

    private init(
        input: consuming BufferedInput,
        columns: [DelimitedColumn]
    ) throws(DelimitedError) {
        var input = input
        try input.skipByteOrderMark()
        delimiter = Delimiter.detected(inHeader: try input.firstLine())
        var scanner = RecordScanner(delimiter: delimiter.rawValue)
        var line = 1
        while true {
            switch try Self.scan(&input, &scanner, line: line) {
            case .needsMore: continue
            case .blank:
                line += scanner.lineBreaks
                input.position = scanner.end
                continue
            case .finished:
                throw DelimitedError(
                    .noHeader,
                    line: line,
                    "expected a header line; the text is empty"
                )
            case .unclosedQuote(let lineOffset):
                throw Self.unclosedQuote(line: line + lineOffset)
            case .record: break
            }
            break
        }
        var raw = input.bytes[input.position..<scanner.end]
        if scanner.isTerminated {
            if raw.last == UInt8(ascii: "\n") { raw.removeLast() }
            if raw.last == UInt8(ascii: "\r") { raw.removeLast() }
        }
        let row = Self.row(
            input,
            scanner,
            line: line,
            header: DelimitedHeader(names: []),
            width: nil
        )
        if let defect = row.defect { throw defect }
        var header = DelimitedHeader(
            names: (0..<row.count).map { trimmed(row[$0] ?? "") },
            line: line
        )
        try header.resolve(columns)
        self.header = header
        headerBytes = Array(raw)
        line += scanner.lineBreaks
        input.position = scanner.end
        self.input = input
        self.scanner = scanner
        self.line = line
    }

    /// The next row; nil after the last.
    ///
    /// - Throws: ``DelimitedError`` with the line where a quote opens that nothing closes, where a row is
    ///   longer than 1 MiB, or what the source throws. Nothing can be read after it.
    package mutating func next() throws(DelimitedError) -> DelimitedRow? {
        while true {
            switch try Self.scan(&input, &scanner, line: line) {
            case .needsMore: continue
            case .finished: return nil
            case .blank:
                line += scanner.lineBreaks
                input.position = scanner.end
            case .unclosedQuote(let lineOffset):
                input.close()
                throw Self.unclosedQuote(line: line + lineOffset)
            case .record:
                let row = Self.row(
                    input,
                    scanner,
                    line: line,
                    header: header,
                    width: header.names.count
                )
                line += scanner.lineBreaks
                input.position = scanner.end
                rowCount += 1
                return row
            }
        }
    }
}
