import ConnectorKit
import DelimitedText
import Foundation
import LintelModel

/// Turns pages of rows into units and residencies.
struct CSVSnapshotDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    /// The units seen so far: a unit listed twice is the first one.
    private var units: [PMSUnitID: PMSUnit] = [:]

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        let page = try CSVPage(page)
        let file = page.preamble.file
        var part = SnapshotPart(problems: page.preamble.notes.map { $0.problem(in: file) })
        let head: DelimitedReader
        do throws(DelimitedError) {
            head = try DelimitedReader(Data(page.preamble.header.utf8), columns: file.columns)
        } catch {
            throw Self.malformed(error.description, in: file)
        }
        guard let keys = CSVKeyColumns(head.header, of: file) else {
            throw Self.malformed("columns are missing in the header", in: file)
        }
        var start = page.rows.startIndex
        for (line, length) in zip(page.preamble.lines, page.preamble.lengths) {
            var reader = DelimitedReader(
                rows: page.rows[start..<start + length],
                header: head.header,
                delimiter: head.delimiter,
                firstLine: line
            )
            start += length
            do throws(DelimitedError) {
                switch file {
                case .units:
                    guard let columns = CSVUnitColumns(head.header) else { continue }
                    let mapping = CSVUnitMapping(columns: columns, keys: keys)
                    while let row = try reader.next() { add(mapping.unit(from: row), to: &part) }
                case .residents:
                    guard let columns = CSVResidentColumns(head.header) else { continue }
                    let mapping = CSVResidentMapping(
                        columns: columns,
                        keys: keys,
                        dayFirstLine: page.preamble.dayFirstLine
                    )
                    while let row = try reader.next() {
                        mapping.add(row, to: &part)
                    }
                }
            } catch {
                throw Self.malformed(error.description, in: file)
            }
        }
        return part
    }

    mutating func finish() throws(ConnectorError) -> SnapshotPart {
        units = [:]
        return SnapshotPart()
    }

    private mutating func add(_ reading: CSVUnitMapping.Reading, to part: inout SnapshotPart) {
        switch reading {
        case .problem(let problem): part.problems.append(problem)
        case .unit(let unit, let line):
            guard let first = units[unit.id] else {
                units[unit.id] = unit
                part.units.append(unit)
                return
            }
            guard first != unit else { return }
            part.problems.append(
                SnapshotProblem(
                    .recordSkipped,
                    at: place(in: .units, line: line),
                    "the unit is listed before with another building, name or floor; "
                        + "the first row counts"
                )
            )
        }
    }

    private static func malformed(_ message: String, in file: CSVFile) -> ConnectorError {
        ConnectorError(.malformed, attempting: "decoding rows of \(file.name)", message)
    }
}
