import ConnectorKit
import DelimitedText
import Foundation

/// What `manifest.csv`, which an exporter may put beside the files, says they hold.
struct CSVManifest: Sendable {
    struct Claim: Sendable {
        /// How many rows the file has, its header not counted.
        let rows: Int
        /// The SHA-256 of the file's bytes in lower-case hexadecimal digits, where it is given.
        let sha256: String?
    }

    static let fileName = "manifest.csv"

    private let claims: [String: Claim]

    /// Reads a manifest with the columns `file`, `rows` and, if it likes, `sha256`.
    ///
    /// - Throws: ``ConnectorError`` with the code `malformed` and the line, since a manifest that cannot
    ///   be read vouches for nothing.
    init(_ data: Data, path: String) throws(ConnectorError) {
        var claims: [String: Claim] = [:]
        do throws(DelimitedError) {
            var reader = try DelimitedReader(
                data,
                columns: [
                    DelimitedColumn("file", aliases: ["File Name"], isRequired: true),
                    DelimitedColumn("rows", aliases: ["Row Count", "Records"], isRequired: true),
                    DelimitedColumn("sha256"),
                ]
            )
            while let row = try reader.next() {
                if let defect = row.defect { throw defect }
                let file = trimmed(row["file"] ?? "").lowercased()
                guard let rows = Int(trimmed(row["rows"] ?? "")), rows >= 0 else {
                    throw DelimitedError(
                        .unreadable,
                        line: row.line,
                        columnName: "rows",
                        "expected the number of rows of the file, header not counted"
                    )
                }
                let sha256 = trimmed(row["sha256"] ?? "").lowercased()
                guard sha256.isEmpty || sha256.utf8.count == 64, sha256.allSatisfy(\.isHexDigit)
                else {
                    throw DelimitedError(
                        .unreadable,
                        line: row.line,
                        columnName: "sha256",
                        "expected 64 hexadecimal digits or nothing"
                    )
                }
                guard claims[file] == nil else {
                    throw DelimitedError(
                        .unreadable,
                        line: row.line,
                        columnName: "file",
                        "the file is listed twice"
                    )
                }
                claims[file] = Claim(rows: rows, sha256: sha256.isEmpty ? nil : sha256)
            }
        } catch {
            throw ConnectorError(.malformed, attempting: "reading \(path)", error.description)
        }
        self.claims = claims
    }

    /// What is said of that file; nil where nothing is.
    func claim(for file: CSVFile) -> Claim? { claims[file.name] }
}
