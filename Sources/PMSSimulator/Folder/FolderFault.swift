/// A way in which an export to a folder fails, by the name it has on the command line.
package enum FolderFault: String, Sendable, CaseIterable {
    /// `residents.csv` was not written.
    case missingFile = "missing-file"
    /// `residents.csv` is there, and has no bytes.
    case emptyFile = "empty-file"
    /// `residents.csv` ends in the middle of a row.
    case truncatedBody = "truncated-body"
    /// `residents.csv` has a header and no rows, as `manifest.csv` says too.
    case emptyList = "empty-list"
    /// The second half of the rows is missing, and `manifest.csv` still counts them.
    case shortPage = "short-page"
    /// A column that is needed is missing from `residents.csv`.
    case missingColumn = "missing-column"
    /// The first half of the rows again in place of the second; the number of rows stays true.
    case duplicateRows = "duplicate-rows"

    /// Every name, as help and error messages list them.
    package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
