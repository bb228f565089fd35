/// The text of one whole statement, the same for every engine, with placeholders `$1…$n`.
///
/// An engine prepares a statement once per connection and finds it again by its text, so statements are
/// constants, never put together from values.
package struct SQLStatement: Sendable, Hashable, ExpressibleByStringLiteral {
    package let text: String

    package init(stringLiteral text: StaticString) {
        self.text = text.description
    }

    init(text: String) {
        self.text = text
    }

    /// A statement whose one `VALUES ?rows` or `IN (?rows)` marker is written out for `rows` rows.
    ///
    /// In `template`, the marker `{rows}` becomes `($1, $2), ($3, $4) …` with `columns` placeholders a
    /// row, numbered after the `first - 1` placeholders that the template uses by itself.
    package static func rows(
        _ template: StaticString,
        columns: Int,
        rows: Int,
        first: Int = 1
    ) -> SQLStatement {
        var list = ""
        list.reserveCapacity(rows * columns * 6)
        var number = first
        for row in 0..<rows {
            list += row == 0 ? "(" : ", ("
            for column in 0..<columns {
                if column > 0 { list += ", " }
                list += "$\(number)"
                number += 1
            }
            list += ")"
        }
        let parts = template.description.split(
            separator: "{rows}",
            omittingEmptySubsequences: false
        )
        precondition(parts.count == 2, "a row template has one {rows} marker")
        return SQLStatement(text: parts[0] + list + parts[1])
    }
}
