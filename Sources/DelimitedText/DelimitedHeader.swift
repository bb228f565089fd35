/// The names of a file's columns, and where the known ones stand.
///
/// Names compare with case, spaces, `_`, `-`, `#` and `.` ignored.
package struct DelimitedHeader: Sendable, Equatable {
    /// The names as the file writes them, trimmed.
    package let names: [String]
    /// The line the header begins in.
    package let line: Int
    private var positions: [String: Int]

    /// A header of those names, in which every column is found by its own name.
    package init(names: [String], line: Int = 1) {
        self.names = names
        self.line = line
        positions = [:]
        for (index, name) in names.enumerated() {
            let folded = Self.fold(name)
            if !folded.isEmpty, positions[folded] == nil { positions[folded] = index }
        }
    }

    /// Finds known columns under their names and aliases; from then on they answer to their own names.
    ///
    /// - Throws: ``DelimitedError`` naming both columns where two mean the same, or every required column
    ///   that is missing. The names that were found are listed only where one of them is known: the
    ///   first line of a file without header is somebody's data.
    package mutating func resolve(_ columns: [DelimitedColumn]) throws(DelimitedError) {
        let folded = names.map(Self.fold)
        var missing: [DelimitedColumn] = []
        var found: [(name: String, position: Int)] = []
        for column in columns {
            let meanings = Set(([column.name] + column.aliases).map(Self.fold))
            let matches = folded.indices.filter { meanings.contains(folded[$0]) }
            if matches.count > 1 {
                throw DelimitedError(
                    .duplicateColumn,
                    line: line,
                    column: matches[1] + 1,
                    columnName: names[matches[1]],
                    "the columns \"\(names[matches[0]])\" and \"\(names[matches[1]])\" both mean "
                        + "\(column.name): keep one of them"
                )
            }
            if let match = matches.first {
                found.append((column.name, match))
            } else if column.isRequired {
                missing.append(column)
            }
        }
        if !missing.isEmpty {
            throw DelimitedError(
                .missingColumn,
                line: line,
                explain(missing, anyKnown: !found.isEmpty)
            )
        }
        for column in columns { positions[Self.fold(column.name)] = nil }
        for (name, position) in found {
            positions[name] = position
            positions[Self.fold(name)] = position
        }
    }

    /// Where the column of that name stands in a row, from 0; nil where the file has none.
    package func position(of name: String) -> Int? {
        positions[name] ?? positions[Self.fold(name)]
    }

    /// A column's name in lower case, without spaces, `_`, `-`, `#` and `.`.
    package static func fold(_ name: String) -> String {
        String(
            name.lowercased().filter {
                !$0.isWhitespace && $0 != "_" && $0 != "-" && $0 != "#" && $0 != "."
            }
        )
    }

    /// Whether a field of the first line is surely a column's name: a lost line break can put values of
    /// the first row there, and these are not repeated to anybody.
    private static func isShowable(_ name: String) -> Bool {
        name.utf8.count <= 40 && !name.contains { $0.isNumber || $0 == "@" }
    }

    private func explain(_ missing: [DelimitedColumn], anyKnown: Bool) -> String {
        let expected = missing.map { column in
            guard !column.aliases.isEmpty else { return column.name }
            let examples = column.aliases.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
            return "\(column.name) (or \(examples))"
        }
        let found =
            if anyKnown, names.allSatisfy(Self.isShowable) {
                "found only " + names.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
            } else if anyKnown {
                "found \(names.count) others, some of which look like values and are not shown"
            } else {
                "none of the \(names.count) fields of the first line is the name of a known column; "
                    + "is the header line missing?"
            }
        let noun = missing.count == 1 ? "the column" : "the columns"
        return "expected \(noun) \(expected.joined(separator: "; ")); \(found)"
    }
}
