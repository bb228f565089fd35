import ConnectorKit

/// Something about a whole file that makes every snapshot taken from it incomplete.
struct CSVNote: Codable, Equatable, Sendable {
    /// The line it was found in, where there is one.
    var line: Int?
    /// What was found and expected.
    ///
    /// It names no line, so that it stays the same when rows move.
    var text: String

    static let changed = CSVNote(text: "the file was changed while it was read")
    static let replaced = CSVNote(text: "the file was replaced while it was read")

    func problem(in file: CSVFile) -> SnapshotProblem {
        SnapshotProblem(.incomplete, at: place(in: file, line: line), text)
    }
}

/// `residents.csv line 7, column "Lease From"`.
func place(in file: CSVFile, line: Int? = nil, column: String? = nil) -> String {
    var place = file.name
    if let line { place += " line \(line)" }
    if let column { place += ", column \"\(column.prefix(40))\"" }
    return place
}
