import ConnectorKit
import Foundation
import LintelModel

/// Turns what AppFolio writes into units and residencies, without any I/O.
enum AppFolioMapping {
    /// What a tenant's status means.
    ///
    /// `Evict` is somebody whose eviction is under way and who lives there until it is done.
    static func status(_ word: String) -> LeaseStatus {
        switch word.lowercased() {
        case "current": .current
        case "notice", "evict": .notice
        case "past": .past
        case "future": .future
        default: .unknown
        }
    }

    static func residency(of tenant: AppFolioWire.Tenant) -> WrittenResidency {
        var written = WrittenResidency()
        written.resident = tenant.id
        written.lease = tenant.occupancy
        written.unit = tenant.unit
        written.firstName = tenant.firstName
        written.lastName = tenant.lastName
        written.fullName = tenant.name
        written.email = tenant.email
        written.phone = tenant.phone
        written.statusWord = tenant.status
        written.status = status(tenant.status)
        written.leaseStart = tenant.leaseStart
        written.leaseEnd = tenant.leaseEnd
        written.moveIn = tenant.moveIn
        written.moveOut = tenant.moveOut
        return written
    }
}

/// Turns the pages of one AppFolio fetch into units and residencies.
///
/// Whether the server heeds a filter by property is not confirmed, so what is of another property is
/// passed over.
struct AppFolioDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private let interface: AppFolioInterface
    private var units: UnitList
    /// Units of this property, deleted ones too: somebody may still stand in one.
    private var known: Set<String> = []
    private var residencies = ResidencyList(detectsMoves: true)
    private var pages = PageTally()

    init(property: PMSPropertyID, interface: AppFolioInterface) {
        self.property = property
        self.interface = interface
        units = UnitList(mayRepeat: interface == .reports)
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        let number = pages.count(page)
        let list = page.kind == .units ? "units" : "tenants"
        let place = "\(list) of property \(property), page \(number)"
        return page.kind == .units
            ? try decodeUnits(page.bytes, at: place) : try decodeTenants(page.bytes, at: place)
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or tenants never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .residents: "tenants"],
            of: "property \(property)"
        )
    }

    private mutating func decodeUnits(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        var part = SnapshotPart()
        var read: [PMSUnit] = []
        let rows = try JSONSkimmer.records(
            of: body,
            list: interface.records,
            id: interface.id(of: .units),
            at: place,
            AppFolioWire.Unit.init(from:)
        )
        for row in rows {
            guard case .record(let unit) = row else {
                part.miss(at: place, "a unit's record is malformed")
                continue
            }
            guard unit.property.isEmpty || unit.property == property.text else { continue }
            known.insert(unit.id)
            guard !unit.isHidden else { continue }
            read.append(
                PMSUnit(
                    id: PMSUnitID(unit.id),
                    name: unit.name.isEmpty ? unit.id : unit.name
                )
            )
        }
        units.add(read, to: &part, at: place)
        return part
    }

    private mutating func decodeTenants(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try JSONSkimmer.records(
            of: body,
            list: interface.records,
            id: interface.id(of: .tenants),
            at: place,
            AppFolioWire.Tenant.init(from:)
        )
        var problems = SnapshotPart()
        var written: [WrittenResidency] = []
        written.reserveCapacity(rows.count)
        for row in rows {
            switch row {
            case .record(let tenant):
                let isHere =
                    tenant.property.isEmpty
                    ? known.contains(tenant.unit) : tenant.property == property.text
                if isHere, !tenant.isHidden {
                    written.append(AppFolioMapping.residency(of: tenant))
                }
            case .unreadable(let id):
                problems.skip(id, at: place, "a tenant's record is malformed")
            }
        }
        return residencies.part(of: written, at: place, after: problems)
    }
}
