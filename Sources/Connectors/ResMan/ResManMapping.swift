import ConnectorKit
import LintelModel

/// Turns what ResMan writes into units and residencies, without any I/O.
enum ResManMapping {
    /// What MITS's words for a customer mean; spaces, `-` and `_` are alike, and so is case.
    static func status(_ word: String) -> LeaseStatus {
        switch fold(word) {
        case "currentresident": .current
        case "futureresident": .future
        case "formerresident": .past
        case "applicant", "prospect", "guest": .applicant
        default: .unknown
        }
    }

    /// The word for a current resident of a unit on notice: MITS says notice of the unit alone.
    static let noticeWord = "current resident, on notice"

    static func unit(_ unit: ResManWire.Unit) -> PMSUnit {
        PMSUnit(
            id: PMSUnitID(unit.number),
            building: unit.building,
            name: unit.number,
            floor: unit.floor
        )
    }

    /// One residency for each person of a household.
    static func residencies(of household: ResManWire.Household) -> [WrittenResidency] {
        let isOnNotice = ["onnotice", "leasedonnotice"].contains(fold(household.unitLeasedStatus))
        return household.people.enumerated().map { place, person in
            var written = WrittenResidency()
            written.resident = person.id
            written.lease = household.id
            written.unit = person.unit.isEmpty ? household.unit : person.unit
            written.firstName = person.firstName
            written.lastName = person.lastName
            written.email = person.email
            written.phone = person.phone
            written.role =
                place == 0 ? .primary : person.isResponsible == false ? .occupant : .coResident
            written.leaseStart = person.leaseStart
            written.leaseEnd = person.leaseEnd
            written.moveIn =
                person.actualMoveIn.isEmpty ? person.expectedMoveIn : person.actualMoveIn
            let status = status(person.type)
            let isLeaving = status == .current && isOnNotice
            written.status = isLeaving ? .notice : status
            written.statusWord = isLeaving ? noticeWord : person.type
            let expected = isLeaving || status == .past ? person.expectedMoveOut : ""
            written.moveOut = person.actualMoveOut.isEmpty ? expected : person.actualMoveOut
            return written
        }
    }

    private static func fold(_ word: String) -> String {
        word.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    }
}

/// Turns the two answers of one ResMan fetch into units and residencies.
struct ResManDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var units = UnitList()
    private var residencies = ResidencyList(detectsMoves: false)
    private var kinds: Set<SnapshotPage.Kind> = []

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        kinds.insert(page.kind)
        guard page.kind == .units else { return try decodeResidents(page) }
        let place = "\(ResManOperation.getUnits.name) of property \(property)"
        let rows = try JSONSkimmer.records(
            of: page.bytes,
            list: "Units",
            id: "UnitNumber",
            at: place,
            ResManWire.Unit.init(from:)
        )
        var part = SnapshotPart()
        var read: [PMSUnit] = []
        for row in rows {
            if case .record(let unit) = row {
                read.append(ResManMapping.unit(unit))
            } else {
                part.miss(at: place, "a unit's record is malformed")
            }
        }
        units.add(read, to: &part, at: place)
        return part
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or residents never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        guard kinds == [.units, .residents] else {
            throw ConnectorError(
                .truncated,
                attempting: "reading property \(property)",
                "units or residents never came; expected both"
            )
        }
        return SnapshotPart()
    }

    private mutating func decodeResidents(
        _ page: SnapshotPage
    ) throws(ConnectorError) -> SnapshotPart {
        let place = "\(ResManOperation.getResidentTransactions.name) of property \(property)"
        let (stated, households) = try ResManWire.households(in: page.bytes, at: place)
        guard stated.isEmpty || stated.lowercased() == property.text.lowercased() else {
            throw ConnectorError(
                .malformed,
                attempting: place,
                "the answer is about property \(VendorWords.clean(stated))"
            )
        }
        return residencies.part(of: households.flatMap(ResManMapping.residencies), at: place)
    }
}
