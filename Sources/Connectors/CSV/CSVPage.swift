import ConnectorKit
import DelimitedText
import Foundation
import LintelModel

/// Rows of one property as they go from a fetch to the decoder: one line of JSON that says what is needed
/// to read them, then the rows as the file has them.
struct CSVPage {
    struct Preamble: Codable {
        var file: CSVFile
        /// The file's header line.
        var header: String
        /// A line with a date that makes sense only day first.
        var dayFirstLine: Int?
        /// What makes the whole file incomplete; on the first page only.
        var notes: [CSVNote] = []
        /// Of each piece of rows the line its first row stands in, and its length in bytes.
        var lines: [Int] = []
        var lengths: [Int] = []
    }

    var preamble: Preamble
    private(set) var rows = Data()

    /// A page without rows.
    init(of index: CSVFileIndex) {
        preamble = Preamble(
            file: index.file,
            header: String(decoding: index.header, as: UTF8.self),
            dayFirstLine: index.dayFirstLine
        )
    }

    /// A page with those rows of a file.
    init(of index: CSVFileIndex, runs: [CSVRun], in file: CSVOpenFile) throws(ConnectorError) {
        self.init(of: index)
        for run in runs {
            let bytes = try file.read(at: run.offset, count: run.byteCount)
            var length = bytes.count
            rows.append(contentsOf: bytes)
            // The last row of a file may have no line end, wherever it goes when rows are added.
            if bytes.last != UInt8(ascii: "\n"), bytes.last != UInt8(ascii: "\r") {
                rows.append(UInt8(ascii: "\n"))
                length += 1
            }
            preamble.lines.append(run.line)
            preamble.lengths.append(length)
        }
    }

    /// Reads what ``snapshotPage()`` wrote.
    init(_ page: SnapshotPage) throws(ConnectorError) {
        guard let end = page.bytes.firstIndex(of: UInt8(ascii: "\n")),
            let preamble = try? JSONDecoder().decode(Preamble.self, from: page.bytes[..<end])
        else { throw Self.malformed("expected a first line that describes the rows") }
        self.preamble = preamble
        rows = Data(page.bytes[(end + 1)...])
        guard preamble.lines.count == preamble.lengths.count,
            preamble.lengths.allSatisfy({ $0 >= 0 }),
            preamble.lengths.reduce(0, +) == rows.count
        else { throw Self.malformed("the rows are not as long as the first line says") }
    }

    /// Hands over the rows in order, each with the line it has in the file.
    func forEachRow(
        of reader: inout DelimitedReader,
        _ body: (DelimitedRow) -> Void
    ) throws(DelimitedError) {
        var end = 0
        for (line, length) in zip(preamble.lines, preamble.lengths) {
            end += length
            reader.nextLine = line
            while reader.nextOffset < end, let row = try reader.next() { body(row) }
        }
    }

    /// The page as a connector hands it over.
    ///
    /// Its hash is of the header, the rows, and what holds for the whole file. The lines are left out:
    /// they move whenever a row of another property comes or goes.
    ///
    /// - Parameter modified: when its file was written, in seconds since 1970; nil where that is not known.
    /// - Returns: the description of the rows as JSON, a line break, and the rows.
    /// - Throws: ``ConnectorError`` when the description cannot be written.
    func snapshotPage(modified: Int? = nil) throws(ConnectorError) -> SnapshotPage {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var bytes = try? encoder.encode(preamble) else {
            throw Self.malformed("the description of the rows cannot be written")
        }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(rows)
        let stable =
            [preamble.file.name, preamble.header, preamble.dayFirstLine == nil ? nil : "day first"]
            + preamble.notes.map(\.text)
        return SnapshotPage(
            kind: preamble.file.kind,
            bytes: bytes,
            hash: ContentHash(of: [
                ContentHash(of: stable).text, ContentHash(of: rows).text,
            ]),
            statedAt: modified.map { Timestamp(milliseconds: Int64($0) * 1000) }
        )
    }

    private static func malformed(_ message: String) -> ConnectorError {
        ConnectorError(.malformed, attempting: "decoding a page of the CSV folder", message)
    }
}
