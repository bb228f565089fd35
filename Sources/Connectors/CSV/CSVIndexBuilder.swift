import DelimitedText
import LintelModel

/// Sorts the rows of one file by property, and keeps what concerns the file as a whole.
struct CSVIndexBuilder {
    private struct Entry {
        let id: PMSPropertyID
        let firstLine: Int
        var rows: CSVPropertyRows
        var isNamed = false
        /// Whether a row without damage names the property.
        var isCertain = false
        var pageBytes = 0
    }

    /// The size beyond which a property's rows go on another page, in bytes.
    private static let pageBytes = 1 << 20
    /// How many lines are noted one by one.
    private static let longestList = 20

    private let file: CSVFile
    private let keys: CSVKeyColumns
    private let nameColumn: Int?
    private let dateColumns: [Int]
    private var entries: [Entry] = []
    private var indices: [PMSPropertyID: Int] = [:]
    private var lastProperty: (bytes: [UInt8], index: Int)?
    private var lastRowWidth: (line: Int, found: Int)?
    private let width: Int

    private(set) var rowCount = 0
    private(set) var dayFirstLine: Int?
    private var notes: [CSVNote] = []
    private var furtherNotes = 0

    /// Nil where the header lacks a required column, which reading it has refused already.
    init?(_ header: DelimitedHeader, of file: CSVFile) {
        guard let keys = CSVKeyColumns(header, of: file) else { return nil }
        self.file = file
        self.keys = keys
        nameColumn = header.position(of: "property_name")
        width = header.names.count
        switch file {
        case .units: dateColumns = []
        case .residents: dateColumns = CSVResidentColumns(header)?.dates ?? []
        }
    }

    /// Takes the next row of the file.
    mutating func add(_ row: DelimitedRow) {
        // Spreadsheets leave rows of nothing but delimiters at the end of an export.
        if row.isBlank, row.count <= width { return }
        rowCount += 1
        lastRowWidth = row.defect?.code == .tooFewFields ? (row.line, row.count) : nil
        guard keys.trusts(row) else {
            note(row.line, "whose row this is cannot be told: " + (row.defect?.message ?? ""))
            return
        }
        guard let index = entryIndex(of: row) else {
            note(row.line, "expected a property_id, found none: this may be anybody's row")
            return
        }
        append(row, to: index)
        if row.defect == nil {
            entries[index].isCertain = true
            noticeDates(of: row)
            noticeName(of: row, at: index)
        }
    }

    /// Notes what ended reading before the end of the file.
    mutating func end(with error: DelimitedError) {
        note(error.line, error.message + "; what follows is not read")
    }

    /// Holds what was read against what the manifest says.
    mutating func compare(with claim: CSVManifest.Claim, sha256: String?) {
        if rowCount != claim.rows {
            let guess = rowCount < claim.rows ? "the file may be cut short" : "one of them is old"
            notes.append(
                CSVNote(
                    text: "found \(rowCount) rows, \(CSVManifest.fileName) says \(claim.rows): "
                        + guess
                )
            )
        } else if let expected = claim.sha256, let sha256, expected != sha256 {
            notes.append(
                CSVNote(
                    text: "the content has not the sha256 that \(CSVManifest.fileName) says"
                )
            )
        }
    }

    /// Notes something that is said of no line.
    mutating func note(_ note: CSVNote) {
        notes.append(note)
    }

    /// What concerns the whole file, and where the rows of each property lie.
    mutating func finish() -> (notes: [CSVNote], properties: [PMSPropertyID: CSVPropertyRows]) {
        if let last = lastRowWidth {
            note(
                last.line,
                "the last row has \(last.found) fields, expected \(width): the file may be cut short"
            )
        }
        var properties: [PMSPropertyID: CSVPropertyRows] = [:]
        for entry in entries {
            guard entry.isCertain else {
                // Damage may have put anything in the column of the property's id.
                note(
                    entry.firstLine,
                    "whose row this is cannot be told: no undamaged row has its property_id"
                )
                continue
            }
            properties[entry.id] = entry.rows
        }
        if furtherNotes > 0 {
            notes.append(CSVNote(text: "\(furtherNotes) more rows cannot be told whose they are"))
        }
        return (notes, properties)
    }

    private mutating func note(_ line: Int, _ text: String) {
        guard notes.count < Self.longestList else {
            furtherNotes += 1
            return
        }
        notes.append(CSVNote(line: line, text: text))
    }

    private mutating func entryIndex(of row: DelimitedRow) -> Int? {
        let bytes = row.bytes(at: keys.property)
        if let lastProperty, lastProperty.bytes.elementsEqual(bytes) { return lastProperty.index }
        guard let id = keys.propertyID(of: row) else { return nil }
        let index: Int
        if let known = indices[id] {
            index = known
        } else {
            index = entries.count
            indices[id] = index
            entries.append(
                Entry(id: id, firstLine: row.line, rows: CSVPropertyRows(name: id.text))
            )
        }
        lastProperty = (Array(bytes), index)
        return index
    }

    private mutating func append(_ row: DelimitedRow, to index: Int) {
        let run = CSVRun(offset: row.offset, byteCount: row.byteCount, line: row.line)
        let size = entries[index].pageBytes
        guard let page = entries[index].rows.pages.indices.last,
            size + row.byteCount <= Self.pageBytes
        else {
            entries[index].rows.pages.append([run])
            entries[index].pageBytes = row.byteCount
            return
        }
        entries[index].pageBytes = size + row.byteCount
        let last = entries[index].rows.pages[page].count - 1
        let before = entries[index].rows.pages[page][last]
        if before.offset + before.byteCount == row.offset {
            entries[index].rows.pages[page][last].byteCount += row.byteCount
        } else {
            entries[index].rows.pages[page].append(run)
        }
    }

    private mutating func noticeDates(of row: DelimitedRow) {
        guard dayFirstLine == nil else { return }
        for column in dateColumns {
            let bytes = row.bytes(at: column)
            // Only a date between slashes is evidence; most fields are told by a glance.
            guard bytes.contains(UInt8(ascii: "/")) else { continue }
            if CSVDateText(bytes)?.isDayFirst == true {
                dayFirstLine = row.line
                return
            }
        }
    }

    private mutating func noticeName(of row: DelimitedRow, at index: Int) {
        guard let nameColumn, !entries[index].isNamed, let text = row[nameColumn] else { return }
        let name = tidied(text)
        guard !name.isEmpty else { return }
        entries[index].rows.name = name
        entries[index].isNamed = true
    }
}
