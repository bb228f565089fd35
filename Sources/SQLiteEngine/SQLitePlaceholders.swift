import SQLEngine
import Synchronization

/// Turns the placeholders `$1…$n` of the common statement text into SQLite's `?1…?n`, and writes the rows of
/// bulk statements out as placeholders.
///
/// SQLite takes `$1` for a name and numbers names by their first appearance, so `$2` before `$1`
/// would swap the values.
final class SQLitePlaceholders: Sendable {
    /// A bulk statement for so many rows.
    struct Size {
        let rows: Int
        let statement: SQLStatement
    }

    private struct Known {
        var texts: [String: String] = [:]
        var sizes: [String: [Size]] = [:]
    }

    private let known = Mutex(Known())

    /// The text for SQLite, worked out once for every statement text.
    func rewritten(_ text: String) -> String {
        known.withLock { known in
            if let found = known.texts[text] { return found }
            let made = Self.rewrite(text)
            known.texts[text] = made
            return made
        }
    }

    /// A bulk statement as SQLite takes it, the largest size first and the last for one row: so few texts are
    /// prepared whatever the number of rows.
    func sizes(of bulk: SQLBulkStatement) -> [Size] {
        known.withLock { known in
            if let found = known.sizes[bulk.template] { return found }
            let row = "(" + bulk.columns.map { _ in "?" }.joined(separator: ",") + ")"
            let made = [50, 8, 1].map { rows in
                let list = repeatElement(row, count: rows).joined(separator: ",")
                return Size(rows: rows, statement: bulk.statement(rows: "values " + list))
            }
            known.sizes[bulk.template] = made
            return made
        }
    }

    /// Writes `?n` for every `$n` that stands outside of strings, quoted names and comments.
    static func rewrite(_ text: String) -> String {
        let source = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let end = endOfOpaquePart(source, from: index)
            if end > index {
                result.append(contentsOf: source[index..<end])
                index = end
            } else if isPlaceholder(source, at: index) {
                result.append(UInt8(ascii: "?"))
                index += 1
            } else {
                result.append(source[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isPlaceholder(_ source: [UInt8], at index: Int) -> Bool {
        guard source[index] == UInt8(ascii: "$"), index + 1 < source.count,
            isDigit(source[index + 1])
        else { return false }
        return index == 0 || !isPartOfName(source[index - 1])
    }

    /// Where the string, quoted name or comment that begins at `start` ends; `start` where none
    /// does.
    private static func endOfOpaquePart(_ source: [UInt8], from start: Int) -> Int {
        let next = start + 1 < source.count ? source[start + 1] : 0
        switch source[start] {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
            let end = source[(start + 1)...].firstIndex(of: source[start])
            return end.map { $0 + 1 } ?? source.count
        case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
            return source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
            var index = start + 2
            while index + 1 < source.count {
                if source[index] == UInt8(ascii: "*"), source[index + 1] == UInt8(ascii: "/") {
                    return index + 2
                }
                index += 1
            }
            return source.count
        default:
            return start
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
