/// One row: its fields, still as bytes until they are asked for, and where it stands.
///
/// A row shares the reader's buffer: whoever keeps many of them keeps the fields instead.
package struct DelimitedRow: Sendable {
    /// The line of the file in which the row begins, from 1.
    package let line: Int
    /// How many lines the row takes; more than 1 where a quoted field holds line breaks.
    package let lineCount: Int
    /// Where the row's bytes begin in the file, in bytes from its start.
    package let offset: Int
    /// The length of the row in bytes, its line end included.
    package let byteCount: Int
    /// Whether a line end follows; only a file's last row may have none.
    package let isTerminated: Bool
    /// What is wrong with the row: too few or too many fields, a stray quote, invalid UTF-8, U+0000.
    package let defect: DelimitedError?

    package let header: DelimitedHeader
    let bytes: [UInt8]
    let fields: [FieldRange]

    /// The number of fields the row has.
    package var count: Int { fields.count }

    /// Whether no field holds anything, as in the rows spreadsheets leave at the end of an export.
    package var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

    /// The text of a field, exactly as written, quotes taken away.
    ///
    /// Nil where the row has no such field, or the field is not UTF-8 or holds U+0000.
    package subscript(position: Int) -> String? {
        guard let field = field(at: position) else { return nil }
        if field.start == field.end { return "" }
        let text: String
        if defect == nil {
            // The whole row was found to be UTF-8 without U+0000.
            text = bytes.withUnsafeBufferPointer { buffer in
                String(
                    decoding: UnsafeBufferPointer(rebasing: buffer[field.start..<field.end]),
                    as: UTF8.self
                )
            }
        } else {
            let content = bytes[field.start..<field.end]
            guard let valid = String(validating: content, as: UTF8.self), !content.contains(0)
            else { return nil }
            text = valid
        }
        return field.hasEscapes ? text.unescapingQuotes() : text
    }

    /// The text of the column of that name, under whatever alias the file has it; nil where the file or
    /// the row has no such column, or the field cannot be read.
    package subscript(name: String) -> String? {
        guard let position = header.position(of: name) else { return nil }
        return self[position]
    }

    /// The bytes of a field between its quotes, escaped quotes still doubled; empty where the row has no
    /// such field.
    package func bytes(at position: Int) -> ArraySlice<UInt8> {
        guard let field = field(at: position) else { return [] }
        return bytes[field.start..<field.end]
    }

    private func field(at position: Int) -> FieldRange? {
        fields.indices.contains(position) ? fields[position] : nil
    }
}

/// Where a field's content lies in the buffer, without its quotes.
struct FieldRange: Sendable {
    var start: Int
    var end: Int
    /// Whether the content holds doubled quotes.
    var hasEscapes: Bool
}

extension String {
    /// The text with every doubled quote made single.
    fileprivate func unescapingQuotes() -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(utf8.count)
        var isSecond = false
        for byte in utf8 {
            if byte == UInt8(ascii: "\"") {
                isSecond.toggle()
                if !isSecond { continue }
            } else {
                isSecond = false
            }
            plain.append(byte)
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
