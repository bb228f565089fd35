/// What is wrong in a delimited text, and where.
///
/// The message quotes no value of a row, which may be personal; it quotes names of columns.
package struct DelimitedError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// There is no header line.
        case noHeader
        /// A required column is not there.
        case missingColumn
        /// Two columns mean the same.
        case duplicateColumn
        /// A quoted field is still open where the text ends.
        case unclosedQuote
        /// A quote stands inside an unquoted field, or text follows a closing quote.
        case strayQuote
        case tooFewFields
        case tooManyFields
        case invalidUTF8
        /// A field holds U+0000, which databases cut text at.
        case nulCharacter
        /// A row is longer than any row may be.
        case rowTooLong
        /// The bytes could not be read.
        case unreadable
    }

    package let code: Code
    /// The line in the file, from 1; of an unclosed quote the line where it opens.
    package let line: Int
    /// The column's place in the row, from 1; nil where the error concerns the whole row.
    package let column: Int?
    /// The column's name in the header.
    package let columnName: String?
    /// What was found and what was expected.
    package let message: String

    package init(
        _ code: Code,
        line: Int,
        column: Int? = nil,
        columnName: String? = nil,
        _ message: String
    ) {
        self.code = code
        self.line = line
        self.column = column
        self.columnName = columnName
        self.message = message
    }

    package var description: String {
        var place = "line \(line)"
        if let column { place += ", column \(column)" }
        if let columnName { place += " (\(columnName))" }
        return "\(place): \(message)"
    }
}
