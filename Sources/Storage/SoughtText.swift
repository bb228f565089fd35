import LintelModel
import SQLEngine

/// What somebody types to find a person: words of a name in any order, a part of an e-mail address, or an id.
package struct SoughtText: Sendable, Equatable {
    /// How many words of a name a statement looks for; those after it tell nobody apart.
    private static let mostWords = 4

    /// How much of what was typed is looked at.
    private static let longest = 200

    /// The words as names are folded.
    package let words: [String]
    /// The whole text as e-mail addresses are folded.
    package let whole: String

    package init(_ text: String) {
        // PostgreSQL takes no U+0000 in a text.
        let text = String(
            text.unicodeScalars.filter { $0 != "\0" }.prefix(Self.longest).map(Character.init)
        )
        words = Array(
            text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
                .map { Folding.name(String($0)) }
                .filter { !$0.isEmpty }
                .prefix(Self.mostWords)
        )
        whole = Folding.email(text)
    }

    package var isEmpty: Bool { words.isEmpty && whole.isEmpty }

    /// Whether a folded name has every word, or a folded e-mail address the whole text.
    package func matches(name: String, email: String?) -> Bool {
        if isEmpty { return true }
        if !words.isEmpty, words.allSatisfy({ Self.contains(name, $0) }) { return true }
        return email.map { Self.contains($0, whole) } ?? false
    }

    /// Whether a text has another in it, byte by byte: folded texts that are equal have the same bytes.
    private static func contains(_ text: String, _ part: String) -> Bool {
        let (bytes, sought) = (text.utf8, part.utf8)
        guard let first = sought.first else { return true }
        guard sought.count <= bytes.count else { return false }
        var place = bytes.startIndex
        while let found = bytes[place...].firstIndex(of: first) {
            if bytes[found...].starts(with: sought) { return true }
            place = bytes.index(after: found)
        }
        return false
    }

    /// Four patterns for a folded name, one for a folded e-mail address, and the whole text as an id in lower
    /// case: with `!` before what a pattern would take for something else.
    var values: [SQLValue] {
        // Without a word, no name is meant: the empty pattern is that of no name there is.
        var names = words.map(Self.pattern)
        let rest = names.isEmpty ? "" : "%"
        while names.count < Self.mostWords { names.append(rest) }
        return names.map { .text($0) } + [.text(Self.pattern(whole)), .text(whole)]
    }

    private static func pattern(_ text: String) -> String {
        var pattern = String.UnicodeScalarView("%".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "!" { pattern.append("!") }
            pattern.append(scalar)
        }
        return String(pattern) + "%"
    }
}
