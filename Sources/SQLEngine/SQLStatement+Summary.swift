extension SQLStatement {
    /// The beginning of the text on one line, for errors: `insert into unit (id, name) values …`.
    ///
    /// A statement is a constant of the program, so its text carries no value of anybody's.
    package var summary: String { Self.summary(of: text) }

    static func summary(of text: String) -> String {
        let words = text.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 60 ? "\(words.prefix(60))…" : words
    }
}
