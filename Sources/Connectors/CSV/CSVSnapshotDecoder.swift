import ConnectorKit
import DelimitedText
import Foundation
import LintelModel

/// Turns pages of rows into units and residencies.
struct CSVSnapshotDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    /// The units seen so far: a unit listed twice is the first one.
    private var units = UnitList(mayRepeat: true)

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
        var rows = DelimitedReader(
            rows: page.rows,
            header: head.header,
            delimiter: head.delimiter
        )
        do throws(DelimitedError) {
            switch file {
            case .units:
                guard let mapping = CSVUnitMapping(head.header) else { break }
                try page.forEachRow(of: &rows) { add(mapping.unit(from: $0), to: &part) }
                return part
            case .residents:
                let dayFirst = page.preamble.dayFirstLine
                guard
                    var mapping = CSVResidentMapping(
                        head.header,
                        dayFirstLine: dayFirst,
                        units: units
                    )
                else { break }
                try page.forEachRow(of: &rows) { mapping.add($0, to: &part) }
                return part
            }
        } catch {
            throw Self.malformed(error.description, in: file)
        }
        throw Self.malformed("columns are missing in the header", in: file)
    }

    mutating func finish() throws(ConnectorError) -> SnapshotPart {
        units = UnitList(mayRepeat: true)
        return SnapshotPart()
    }

    private mutating func add(_ reading: CSVUnitMapping.Reading, to part: inout SnapshotPart) {
        switch reading {
        case .problem(let problem): part.problems.append(problem)
        case .unit(let unit, let line):
            switch units.take(unit) {
            case .new: part.units.append(unit)
            case .repeated: break
            case .contradicting:
                part.problems.append(
                    SnapshotProblem(
                        .recordSkipped,
                        at: place(in: .units, line: line),
                        "the unit is listed before with another building, name or floor; "
                            + "the first row counts, and its residents are not read"
                    )
                )
            }
        }
    }

    private static func malformed(_ message: String, in file: CSVFile) -> ConnectorError {
        ConnectorError(.malformed, attempting: "decoding rows of \(file.name)", message)
    }
}
