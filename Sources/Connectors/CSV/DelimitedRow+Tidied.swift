import ConnectorKit
import DelimitedText

extension DelimitedRow {
    /// The text of a column, trimmed and on one line; empty where there is no such column.
    func tidied(_ column: Int?) -> String {
        guard let column else { return "" }
        let bytes = bytes(at: column)
        guard let first = bytes.first, let last = bytes.last, let text = self[column] else {
            return ""
        }
        // Most fields begin and end with a visible ASCII character and hold no control character.
        if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F,
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        {
            return text
        }
        return Connectors.tidied(text)
    }

    /// The text of a column, trimmed and on one line; nil where that leaves nothing.
    func tidiedIfAny(_ column: Int?) -> String? {
        let text = tidied(column)
        return text.isEmpty ? nil : text
    }

    /// The name of a column as the file writes it.
    func columnName(_ column: Int) -> String? {
        header.names.indices.contains(column) ? header.names[column] : nil
    }
}

extension DelimitedError {
    /// What a damaged row means for the snapshot.
    func problem(_ effect: SnapshotProblem.Effect, in file: CSVFile) -> SnapshotProblem {
        SnapshotProblem(effect, at: place(in: file, line: line, column: columnName), message)
    }
}

/// A text trimmed, every run of white space that holds a line break or another control character made one
/// space.
func tidied(_ text: String) -> String {
    let text = trimmed(text)
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    let parts = text.unicodeScalars.split { scalar in
        scalar.value < 0x20 || scalar.value == 0x7F
    }
    return parts.map { trimmed(String($0)) }.filter { !$0.isEmpty }.joined(separator: " ")
}
