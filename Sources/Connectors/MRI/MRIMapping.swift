import ConnectorKit
import Foundation
import LintelModel

/// Turns what MRI writes into units and residencies, without any I/O.
enum MRIMapping {
    /// The id of a unit inside its property: unit ids repeat from building to building.
    static func unitID(_ place: MRIWire.Place) -> String {
        place.unit.isEmpty ? "" : "\(place.building)/\(place.unit)"
    }

    static func residency(of row: MRIWire.Row) -> WrittenResidency {
        var written = WrittenResidency()
        let unit = unitID(row.place)
        written.resident = row.id
        written.unit = unit
        // Leases are numbered inside their unit.
        written.lease = "\(unit)/\(row.lease)"
        written.firstName = row.firstName
        written.lastName = row.lastName
        written.email = row.email
        written.phone = row.cellPhone.isEmpty ? row.phone : row.cellPhone
        written.role = role(of: row)
        (written.statusWord, written.status) = status(of: row)
        written.leaseStart = row.leaseStart
        written.leaseEnd = row.leaseEnd
        written.moveIn = row.occupied
        written.moveOut = WireDate.isStated(row.vacated) ? row.vacated : row.leaseMoveOut
        return written
    }

    static func role(of row: MRIWire.Row) -> ResidentRole {
        if row.isGuarantor { return .guarantor }
        if row.isMinor { return .minor }
        switch row.status.lowercased() {
        case "co-resident": return .coResident
        case "other resident": return .occupant
        default: return .primary
        }
    }

    /// How a person on a lease stands.
    ///
    /// ResidentStatus says what somebody is rather than how they stand, so IsCurrent and the dates decide:
    /// somebody who is not current has left where a date says so, and is to come where none does. The
    /// one-letter codes of other row shapes are kept as words and not read: their meaning is in dispute.
    static func status(of row: MRIWire.Row) -> (word: String, status: LeaseStatus) {
        // The letter of a prospect, an applicant or whatever else is no resident.
        if !["", "R"].contains(row.kind.uppercased()) { return (row.kind, .unknown) }
        let word = row.status.isEmpty ? row.letter : row.status
        let isKnown = ["", "current", "co-resident", "other resident", "old"]
            .contains(row.status.lowercased())
        guard isKnown else { return (word, .unknown) }
        if row.status.lowercased() == "old" { return (word, .past) }
        let leaves = WireDate.isStated(row.leaseMoveOut) || WireDate.isStated(row.vacated)
        switch row.isCurrent {
        case true?:
            return WireDate.isStated(row.notified)
                ? ("\(word), notified", .notice) : (word, .current)
        case false?:
            return leaves ? ("\(word), moved out", .past) : ("\(word), not yet current", .future)
        case nil:
            // Older installations leave the flag out.
            if leaves { return ("\(word), with a move-out date", .unknown) }
            return (word, row.status.isEmpty && !row.letter.isEmpty ? .unknown : .current)
        }
    }
}

/// Turns the pages of one MRI fetch into units and residencies.
struct MRIDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    /// A row is nothing but a unit's id: one that comes again says nothing new.
    private var units = UnitList(mayRepeat: true)
    private var residencies = ResidencyList(detectsMoves: true)
    private var pages = PageTally()

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        let number = pages.count(page)
        let operation = page.kind == .units ? MRIOperation.units : .leases
        let place = "\(operation.rawValue) of property \(property), page \(number)"
        return page.kind == .units
            ? try decodeUnits(page.bytes, at: place) : try decodeLeases(page.bytes, at: place)
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or leases never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .residents: "lease details"],
            of: "property \(property)"
        )
    }

    private mutating func decodeUnits(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try JSONSkimmer.records(
            of: body,
            list: "value",
            id: "UnitID",
            at: place,
            MRIWire.Place.init(from:)
        )
        return units.part(of: rows, in: property, at: place) { unit in
            (
                unit.property,
                PMSUnit(
                    id: PMSUnitID(MRIMapping.unitID(unit)),
                    building: unit.building,
                    name: unit.unit
                )
            )
        }
    }

    private mutating func decodeLeases(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try JSONSkimmer.records(
            of: body,
            list: "value",
            id: "ResidentNameID",
            at: place,
            MRIWire.Row.init(from:)
        )
        var problems = SnapshotPart()
        var written: [WrittenResidency] = []
        written.reserveCapacity(rows.count)
        for row in rows {
            guard case .record(let person) = row else {
                if case .unreadable(let id) = row {
                    problems.skip(id, at: place, "a resident's row is malformed")
                }
                continue
            }
            guard person.place.property.isEmpty || person.place.property == property.text else {
                problems.miss(
                    at: place,
                    "a resident of property \(person.place.property) came; it is left out"
                )
                continue
            }
            written.append(MRIMapping.residency(of: person))
        }
        return residencies.part(of: written, at: place, after: problems)
    }
}
