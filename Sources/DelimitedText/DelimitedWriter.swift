/// Writes delimited text that ``DelimitedReader`` reads back field by field.
///
/// A field is quoted where it must be and nowhere else. A field that a spreadsheet would take for a formula
/// is written as it is: an export that altered values could not be imported again.
package struct DelimitedWriter: Sendable {
    /// What was written and not taken yet.
    package private(set) var bytes: [UInt8] = []
    private let delimiter: UInt8

    /// Lines end in `\n`, as other programs of a Unix system expect.
    package init(delimiter: Delimiter = .comma) {
        self.delimiter = delimiter.rawValue
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes one row.
    ///
    /// A nil is an empty field; a row without fields writes nothing. Fields hold no U+0000, which the
    /// reader refuses.
    package mutating func append(_ fields: some Collection<String?>) {
        guard !fields.isEmpty else { return }
        var isFirst = true
        for field in fields {
            if !isFirst { bytes.append(delimiter) }
            isFirst = false
            append(field ?? "", isAlone: fields.count == 1)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes one row of fields that are all there.
    package mutating func append(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            append(field, isAlone: fields.count == 1)
        }
        if !fields.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    }

    /// Hands over what was written since the last time.
    package mutating func take() -> [UInt8] {
        let taken = bytes
        bytes.removeAll(keepingCapacity: true)
        return taken
    }

    private mutating func append(_ field: String, isAlone: Bool) {
        guard isAlone && field.isEmpty || needsQuotes(field) else {
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Every delimiter is quoted, whichever is used, lest the reader take it for the file's; so are spaces
    /// at either end, which spreadsheets drop, and what could be read as a byte order mark.
    private func needsQuotes(_ field: String) -> Bool {
        let utf8 = field.utf8
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","),
                UInt8(ascii: ";"), UInt8(ascii: "\t"):
                return true
            default: continue
            }
        }
        return utf8.first == 0x20 || utf8.last == 0x20 || utf8.first == 0xEF
    }
}
