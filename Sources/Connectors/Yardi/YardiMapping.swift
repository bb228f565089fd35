import ConnectorKit
import Foundation
import LintelModel

/// Turns what Voyager writes into units and residencies, without any I/O.
enum YardiMapping {
    /// What a resident's status means.
    ///
    /// `Eviction` is somebody who is being evicted and lives there until it is done.
    static func status(_ word: String) -> LeaseStatus {
        switch word.lowercased() {
        case "current": .current
        case "notice", "eviction": .notice
        case "future": .future
        case "past": .past
        case "applicant": .applicant
        case "denied", "canceled", "cancelled": .cancelled
        default: .unknown
        }
    }

    /// Codes that stand for no unit: people without one, waiting lists, shops.
    static let pseudoUnits: Set<String> = ["NONRESID", "WAIT", "WAIT_AFF", "RETAIL"]

    static func isPseudo(_ unit: String) -> Bool { pseudoUnits.contains(unit.uppercased()) }

    /// The unit, known by the number that stays when its code changes, where Voyager says one.
    static func unit(_ unit: YardiWire.Unit) -> PMSUnit {
        PMSUnit(
            id: PMSUnitID(unit.uniqueID.isEmpty ? unit.code : unit.uniqueID),
            building: unit.building.isEmpty ? building(of: unit) : unit.building,
            name: unit.code
        )
    }

    /// The first line of the address where it does not name the unit itself: often the only trace of a
    /// building.
    private static func building(of unit: YardiWire.Unit) -> String {
        let words = unit.addressLine.lowercased().split { $0 == " " || $0 == "#" || $0 == "," }
        return words.contains(Substring(unit.code.lowercased())) ? "" : unit.addressLine
    }

    /// The resident, then the roommates, who stand as the resident does.
    static func residencies(of resident: YardiWire.Resident) -> [WrittenResidency] {
        var head = WrittenResidency()
        head.resident = resident.code
        head.lease = resident.code
        head.unit = resident.unit
        head.firstName = resident.firstName
        head.lastName = resident.lastName
        head.email = resident.email
        head.phone = resident.phone
        head.statusWord = resident.status
        head.status = status(resident.status)
        head.leaseStart = resident.leaseStart
        head.leaseEnd = resident.leaseEnd
        head.moveIn = resident.moveIn
        head.moveOut = resident.moveOut
        return [head]
            + resident.others.map { occupant in
                var written = head
                written.resident = occupant.code
                written.firstName = occupant.firstName
                written.lastName = occupant.lastName
                written.email = occupant.email
                written.phone = occupant.phone
                written.role = .coResident
                written.moveIn = occupant.moveIn.isEmpty ? head.moveIn : occupant.moveIn
                written.moveOut = occupant.moveOut.isEmpty ? head.moveOut : occupant.moveOut
                return written
            }
    }
}

/// Turns the two answers of one Voyager fetch into units and residencies.
struct YardiDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private let interface: YardiInterface
    /// A unit is listed once for each of its residents.
    private var units = UnitList(mayRepeat: true)
    private var codes = YardiUnitCodes()
    private var residencies = ResidencyList(detectsMoves: false)
    private var pages = PageTally()

    init(property: PMSPropertyID, interface: YardiInterface) {
        self.property = property
        self.interface = interface
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        pages.count(page)
        return page.kind == .units
            ? try decodeUnits(page.bytes) : try decodeResidents(page.bytes)
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or residents never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .residents: "residents"],
            of: "property \(property)"
        )
    }

    private mutating func decodeUnits(_ body: Data) throws(ConnectorError) -> SnapshotPart {
        let place = "\(YardiOperation.units.name(in: interface)) of property \(property)"
        var read: [PMSUnit] = []
        var found = YardiUnitCodes()
        try YardiWire.elements(named: ["UnitInfo", "RT_Unit"], in: body, at: place) {
            xml throws(XMLSkimmer.Failure) in
            let unit = try YardiWire.Unit(from: &xml)
            guard !YardiMapping.isPseudo(unit.code) else { return }
            let mapped = YardiMapping.unit(unit)
            found.add(unit, as: mapped)
            if !unit.isExcluded { read.append(mapped) }
        }
        codes = found
        var part = SnapshotPart()
        units.add(read, to: &part, at: place)
        return part
    }

    private mutating func decodeResidents(_ body: Data) throws(ConnectorError) -> SnapshotPart {
        let place = "\(YardiOperation.residents.name(in: interface)) of property \(property)"
        var page = residencies.page(at: place)
        func add(_ written: [WrittenResidency]) {
            for var residency in written where !YardiMapping.isPseudo(residency.unit) {
                do throws(UnreadableMember) {
                    if let unit = try codes.unit(of: residency.unit) {
                        try units.requireOne(unit)
                        residency.unit = unit.text
                    }
                    page.add(residency)
                } catch {
                    page.skip(residency.resident, error)
                }
            }
        }
        switch interface {
        case .residentData:
            try YardiWire.elements(named: ["Resident"], in: body, at: place) {
                xml throws(XMLSkimmer.Failure) in
                add(YardiMapping.residencies(of: try YardiWire.Resident(from: &xml)))
            }
        case .residentTransactions:
            try YardiWire.elements(named: ["RT_Customer"], in: body, at: place) {
                xml throws(XMLSkimmer.Failure) in
                add(MITSMapping.residencies(of: try MITSHousehold(from: &xml)))
            }
        }
        return residencies.end(page)
    }
}
