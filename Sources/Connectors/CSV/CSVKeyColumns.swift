import DelimitedText
import LintelModel

/// The columns that say whose a row is, and when a damaged row can still be believed about it.
struct CSVKeyColumns {
    let property: Int
    let record: Int
    private let width: Int
    private let arePlacedFirst: Bool

    /// Nil where the header has not the two columns, which ``CSVFile/columns`` requires.
    init?(_ header: DelimitedHeader, of file: CSVFile) {
        guard let property = header.position(of: "property_id"),
            let record = header.position(of: file.recordColumn)
        else { return nil }
        self.property = property
        self.record = record
        width = header.names.count
        let ids = Set(
            ["property_id", "unit_id", "resident_id", "lease_id"].compactMap(header.position(of:))
        )
        arePlacedFirst = (0...max(property, record)).allSatisfy(ids.contains)
    }

    /// Whether the row's ids stand in their own columns.
    ///
    /// A missing or extra delimiter shifts every field after it, and a stray quote may swallow rows. Ids are
    /// believed only where nothing but ids stands before them, on a single line that is not long enough
    /// to be two rows in one.
    func trusts(_ row: DelimitedRow) -> Bool {
        guard let defect = row.defect else { return true }
        switch defect.code {
        case .invalidUTF8, .nulCharacter: return true
        default: break
        }
        let last = max(property, record)
        return arePlacedFirst && row.lineCount == 1 && row.count > last
            && row.count < 2 * width - 1 && (defect.column ?? width) > last + 1
    }

    func propertyID(of row: DelimitedRow) -> PMSPropertyID? {
        id(row[property]).map { PMSPropertyID($0) }
    }

    func recordID(of row: DelimitedRow) -> String? {
        id(row[record])
    }

    /// An id as it counts: trimmed, not empty, without line breaks or other control characters.
    private func id(_ text: String?) -> String? {
        guard let text = text.map(trimmed), !text.isEmpty,
            !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        return text
    }
}

/// A text without white space at either end.
func trimmed(_ text: String) -> String {
    let utf8 = text.utf8
    guard let first = utf8.first, let last = utf8.last else { return "" }
    // Most fields begin and end with a visible ASCII character.
    if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return text }
    let scalars = text.unicodeScalars
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    guard let start = scalars.firstIndex(where: { !isSpace($0) }),
        let end = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[start...end])
}
