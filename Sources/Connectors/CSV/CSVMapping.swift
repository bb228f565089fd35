import ConnectorKit
import DelimitedText
import LintelModel

/// Makes a unit of a row of `units.csv`.
struct CSVUnitMapping {
    enum Reading {
        case unit(PMSUnit, line: Int)
        case problem(SnapshotProblem)
    }

    private let columns: CSVUnitColumns
    private let keys: CSVKeyColumns

    /// Nil where the header lacks a required column.
    init?(_ header: DelimitedHeader) {
        guard let columns = CSVUnitColumns(header),
            let keys = CSVKeyColumns(header, of: .units)
        else { return nil }
        self.columns = columns
        self.keys = keys
    }

    /// The unit a row states.
    ///
    /// A row that cannot be read makes the list of units incomplete, whether its id can be read or not: a
    /// unit that is merely missing from the list would count as gone.
    func unit(from row: DelimitedRow) -> Reading {
        if let defect = row.defect {
            return .problem(defect.problem(.incomplete, in: .units))
        }
        guard let id = keys.recordID(of: row) else {
            return .problem(
                SnapshotProblem(
                    .incomplete,
                    at: place(in: .units, line: row.line, column: row.columnName(columns.unitID)),
                    "expected a unit id, found none"
                )
            )
        }
        let name = row.tidied(columns.unit)
        return .unit(
            PMSUnit(
                id: PMSUnitID(id),
                building: row.tidied(columns.building),
                name: name.isEmpty ? id : name,
                floor: row.tidied(columns.floor)
            ),
            line: row.line
        )
    }
}

/// Makes a residency of a row of `residents.csv`.
struct CSVResidentMapping {
    private let columns: CSVResidentColumns
    private let keys: CSVKeyColumns
    /// A line with a date that makes sense only day first.
    private let dayFirstLine: Int?
    private let units: UnitList
    /// The words met so far: a file has few of them, each on many rows.
    private var statuses: [String: LeaseStatus] = [:]

    /// Nil where the header lacks a required column.
    ///
    /// `units` are those that the other file lists.
    init?(_ header: DelimitedHeader, dayFirstLine: Int?, units: UnitList) {
        guard let columns = CSVResidentColumns(header),
            let keys = CSVKeyColumns(header, of: .residents)
        else { return nil }
        self.columns = columns
        self.keys = keys
        self.dayFirstLine = dayFirstLine
        self.units = units
    }

    /// Adds what a row states: a residency, or a resident whose record could not be read and why.
    mutating func add(_ row: DelimitedRow, to part: inout SnapshotPart) {
        guard keys.trusts(row), let id = keys.recordID(of: row) else {
            part.problems.append(
                row.defect?.problem(.incomplete, in: .residents)
                    ?? SnapshotProblem(
                        .incomplete,
                        at: place(
                            in: .residents,
                            line: row.line,
                            column: row.columnName(columns.residentID)
                        ),
                        "expected a resident id, found none"
                    )
            )
            return
        }
        let resident = PMSResidentID(id)
        if let defect = row.defect {
            part.unreadable.append(resident)
            part.problems.append(defect.problem(.recordSkipped, in: .residents))
            return
        }
        var problems: [SnapshotProblem] = []
        let residency = residency(of: resident, from: row, problems: &problems)
        if problems.isEmpty {
            part.residencies.append(residency)
        } else {
            part.unreadable.append(resident)
            part.problems += problems
        }
    }

    /// The residency a row without damage states; it counts only where no problem is added.
    private mutating func residency(
        of resident: PMSResidentID,
        from row: DelimitedRow,
        problems: inout [SnapshotProblem]
    ) -> PMSResidency {
        func problem(_ column: Int, _ message: String) {
            problems.append(
                SnapshotProblem(
                    .recordSkipped,
                    at: place(in: .residents, line: row.line, column: row.columnName(column)),
                    message
                )
            )
        }
        let dayFirstLine = dayFirstLine
        func date(_ column: Int?) -> CivilDate? {
            guard let column else { return nil }
            switch Self.day(from: row.bytes(at: column), dayFirstLine: dayFirstLine) {
            case .success(let date): return date
            case .failure(let refusal):
                problem(column, refusal.message)
                return nil
            }
        }
        let firstName = row.tidied(columns.firstName)
        let lastName = row.tidied(columns.lastName)
        if firstName.isEmpty, lastName.isEmpty {
            problem(columns.lastName, "expected a first or last name, found neither")
        }
        let statusWord = row.tidied(columns.status)
        if statusWord.isEmpty { problem(columns.status, "expected a status, found none") }
        var role = ResidentRole.primary
        if let column = columns.role {
            let word = row.tidied(column)
            if let known = word.isEmpty ? .primary : CSVVocabulary.role(word) {
                role = known
            } else {
                problem(
                    column,
                    "expected "
                        + ResidentRole.allCases.map(\.rawValue).joined(separator: ", ")
                        + " or nothing, found another word"
                )
            }
        }
        let unit = row.tidied(columns.unitID)
        do throws(UnreadableMember) {
            try units.requireOne(PMSUnitID(unit))
        } catch {
            problem(columns.unitID, error.message)
        }
        return PMSResidency(
            key: ResidencyKey(
                resident: resident,
                lease: row.tidied(columns.leaseID),
                unit: unit.isEmpty ? nil : PMSUnitID(unit)
            ),
            firstName: firstName,
            lastName: lastName,
            email: row.tidiedIfAny(columns.email),
            phone: row.tidiedIfAny(columns.phone),
            role: role,
            statusWord: statusWord,
            status: status(of: statusWord),
            leaseStart: date(columns.leaseStart),
            leaseEnd: date(columns.leaseEnd),
            moveIn: date(columns.moveIn),
            moveOut: date(columns.moveOut)
        )
    }

    private mutating func status(of word: String) -> LeaseStatus {
        if let known = statuses[word] { return known }
        let status = CSVVocabulary.status(word)
        statuses[word] = status
        return status
    }

    private struct Refusal: Error {
        let message: String
    }

    /// The day a field states, nil where it is empty.
    ///
    /// A refusal quotes only what looks like a date: columns may have shifted.
    private static func day(
        from bytes: ArraySlice<UInt8>,
        dayFirstLine: Int?
    ) -> Result<CivilDate?, Refusal> {
        if bytes.allSatisfy({ $0 == 0x20 }) { return .success(nil) }
        guard let text = CSVDateText(bytes) else {
            return .failure(
                Refusal(message: "expected a date as yyyy-mm-dd or m/d/yyyy, found something else")
            )
        }
        if let dayFirstLine, text.isAmbiguous || text.isDayFirst {
            return .failure(
                Refusal(
                    message: "found \(text.text), which may be read two ways: the date in line "
                        + "\(dayFirstLine) has the day first; expected m/d/yyyy throughout, or "
                        + "yyyy-mm-dd"
                )
            )
        }
        guard let date = text.date else {
            return .failure(
                Refusal(message: "found \(text.text), expected a day that the calendar has")
            )
        }
        return .success(date)
    }
}
