import DelimitedText
import Foundation

/// A result that prints as a table for people, or as JSON or CSV for programs.
struct Listing {
    var columns: [String]
    var rows: [[String]]
    /// What a table says where there are no rows: the next step.
    var empty = ""

    /// Prints the rows, or for JSON the value that holds the same.
    func print(_ format: OutputFormat, json: some Encodable) throws {
        switch format {
        case .json: try Self.printJSON(json)
        case .csv:
            var writer = DelimitedWriter()
            writer.append(columns)
            for row in rows { writer.append(row) }
            writeOutput(Data(writer.bytes))
        case .table:
            guard !rows.isEmpty else { return say(empty) }
            say(table)
        }
    }

    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        writeOutput(try encoder.encode(value) + Data("\n".utf8))
    }

    private var table: String {
        let headings = columns.map { $0.replacing("_", with: " ") }
        var widths = headings.map(\.count)
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], cell.count)
            }
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (index, cell) in cells.enumerated() {
                let isLast = index == cells.count - 1
                text += cell
                if !isLast { text += String(repeating: " ", count: widths[index] - cell.count + 2) }
            }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }
        return ([headings, rule] + rows).map(line).joined(separator: "\n")
    }
}

/// Writes a line to standard output at once, also where it is a pipe.
func say(_ text: String) {
    writeOutput(Data((text + "\n").utf8))
}

/// Writes a line to standard error, where it does not disturb results.
func note(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
}

/// Writes to standard output.
///
/// Where nobody reads it any more, as behind `head`, the command ends without a word, with the status of one that
/// SIGPIPE ended; where it cannot be written, as on a full disk, as failed.
func writeOutput(_ bytes: Data) {
    do {
        try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
        let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        let isPOSIX = cause?.domain == NSPOSIXErrorDomain
        let code = isPOSIX ? cause.map { CInt($0.code) } : nil
        if code == EPIPE { exit(128 + SIGPIPE) }
        let reason = code.map { String(cString: strerror($0)) } ?? error.localizedDescription
        note("Error: the result cannot be written to standard output: \(reason)")
        exit(EXIT_FAILURE)
    }
}
