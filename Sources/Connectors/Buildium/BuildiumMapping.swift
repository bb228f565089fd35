import ConnectorKit
import Foundation
import LintelModel

/// Turns what Buildium writes into units and residencies, without any I/O.
enum BuildiumMapping {
    /// What the words of Buildium's published enumerations mean.
    static func status(_ word: String) -> LeaseStatus {
        switch word {
        case "Current", "Active": .current
        case "Future": .future
        case "MovedOut", "Past": .past
        default: .unknown
        }
    }

    /// The word for a current tenant with a move-out to come: Buildium has no status for notice.
    static let noticeWord = "Current, moving out"

    static func unit(_ unit: BuildiumWire.Unit) -> PMSUnit {
        PMSUnit(
            id: PMSUnitID(unit.id),
            building: unit.building,
            name: unit.number.isEmpty ? unit.id : unit.number
        )
    }

    /// One residency of a tenant on a lease, at that place among the lease's tenants.
    static func residency(
        of tenant: BuildiumWire.Tenant,
        standing stand: BuildiumWire.LeaseTenant,
        at place: Int,
        on lease: BuildiumWire.Lease
    ) -> WrittenResidency {
        var written = WrittenResidency()
        written.resident = stand.id
        written.lease = lease.id
        written.unit = lease.unit == "0" ? "" : lease.unit
        written.firstName = tenant.firstName
        written.lastName = tenant.lastName
        written.email = tenant.email
        written.phone = tenant.phone
        written.role = place == 0 ? .primary : .coResident
        written.leaseStart = lease.start
        written.leaseEnd = lease.end
        written.moveIn = stand.moveIn
        written.moveOut = lease.moveOuts.last { $0.tenant == stand.id }?.date ?? ""
        let word = stand.status.isEmpty ? lease.status : stand.status
        let status = status(word)
        let isLeaving = status == .current && WireDate.isStated(written.moveOut)
        written.statusWord = isLeaving ? noticeWord : word
        written.status = isLeaving ? .notice : status
        return written
    }

    /// The residencies of the one tenant an answer is about, in that property.
    static func part(
        ofTenantIn body: Data,
        property: PMSPropertyID,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let tenant: BuildiumWire.Tenant
        do throws(JSONSkimmer.Failure) {
            tenant = try JSONSkimmer.read(body) { skimmer throws(JSONSkimmer.Failure) in
                try BuildiumWire.Tenant(from: &skimmer, withLeases: true)
            }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
        return part(of: tenant, property: property, at: place)
    }

    /// The residencies of a tenant who came with their leases, in that property; unreadable where the
    /// leases are left out, or one comes without its tenants.
    static func part(
        of tenant: BuildiumWire.Tenant,
        property: PMSPropertyID,
        at place: String
    ) -> SnapshotPart {
        var problems = SnapshotPart()
        var written: [WrittenResidency] = []
        if tenant.leases == nil {
            problems.skip(tenant.id, at: place, "tenant \(tenant.id) came without Leases")
        }
        for lease in tenant.leases ?? [] where lease.property == property.text {
            guard let stands = lease.tenants else {
                problems.skip(tenant.id, at: place, "lease \(lease.id) came without Tenants")
                continue
            }
            for (index, stand) in stands.enumerated() where stand.id == tenant.id {
                written.append(residency(of: tenant, standing: stand, at: index, on: lease))
            }
        }
        var list = ResidencyList(detectsMoves: false)
        return list.part(of: written, at: place, after: problems)
    }
}

/// Turns the pages of one Buildium fetch into units and residencies: tenants come before the leases that
/// name them.
struct BuildiumDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var units = UnitList()
    private var tenants = BuildiumTenants()
    private var residencies = ResidencyList(detectsMoves: true)
    private var pages = PageTally()

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        let number = pages.count(page)
        switch page.kind {
        case .units: return try decodeUnits(page.bytes, at: place(.units, number))
        case .people: return try decodeTenants(page.bytes, at: place(.tenants, number))
        case .residents: return try decodeLeases(page.bytes, at: place(.leases, number))
        }
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where a list never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .people: "tenants", .residents: "leases"],
            of: "property \(property)"
        )
    }

    private func place(_ operation: BuildiumOperation, _ page: Int) -> String {
        "\(operation.name) of property \(property), page \(page)"
    }

    private mutating func decodeUnits(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try JSONSkimmer.records(
            of: body,
            list: nil,
            id: "Id",
            at: place,
            BuildiumWire.Unit.init(from:)
        )
        return units.part(of: rows, in: property, at: place) { unit in
            (unit.property, BuildiumMapping.unit(unit))
        }
    }

    private mutating func decodeTenants(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        var part = SnapshotPart()
        let rows = try JSONSkimmer.records(
            of: body,
            list: nil,
            id: "Id",
            at: place,
            BuildiumWire.Tenant.init(from:)
        )
        var read: [BuildiumWire.Tenant] = []
        read.reserveCapacity(rows.count)
        for row in rows {
            switch row {
            case .record(let tenant) where !tenant.id.isEmpty: read.append(tenant)
            case .record: part.miss(at: place, "a tenant has no Id")
            case .unreadable(let id): part.skip(id, at: place, "a tenant's record is malformed")
            }
        }
        tenants.add(read)
        return part
    }

    private mutating func decodeLeases(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try BuildiumWire.leases(in: body, at: place)
        var problems = SnapshotPart()
        var written: [WrittenResidency] = []
        written.reserveCapacity(rows.count * 2)
        for row in rows {
            guard case .record(let lease) = row, !lease.id.isEmpty else {
                problems.miss(at: place, "a lease's record is malformed")
                continue
            }
            guard lease.property.isEmpty || lease.property == property.text else {
                problems.miss(
                    at: place,
                    "lease \(lease.id) is of property \(lease.property); it is left out"
                )
                continue
            }
            guard let stands = lease.tenants else {
                problems.miss(at: place, "lease \(lease.id) came without Tenants")
                continue
            }
            for (index, stand) in stands.enumerated() {
                guard let tenant = tenants[stand.id] else {
                    problems.skip(
                        stand.id,
                        at: place,
                        "lease \(lease.id): tenant \(stand.id) is not in the list of tenants"
                    )
                    continue
                }
                written.append(
                    BuildiumMapping.residency(of: tenant, standing: stand, at: index, on: lease)
                )
            }
        }
        return residencies.part(of: written, at: place, after: problems)
    }
}
