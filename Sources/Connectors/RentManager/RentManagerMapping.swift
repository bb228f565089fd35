import ConnectorKit
import Foundation
import LintelModel

/// Turns what Rent Manager writes into units and residencies, without any I/O.
enum RentManagerMapping {
    /// What the status words of a household mean; only `Current` is confirmed.
    static func status(_ word: String) -> LeaseStatus {
        switch word.lowercased() {
        case "current": .current
        case "future": .future
        case "past": .past
        default: .unknown
        }
    }

    /// The word for a current household with a move-out to come: Rent Manager has no status for notice.
    static let noticeWord = "Current, moving out"
    /// The word for a lease that its household left for a later one.
    static let leftWord = "moved to another unit"

    /// What a contact is in its household.
    enum Part: Equatable {
        case role(ResidentRole)
        /// Somebody who does not live there: an emergency contact, an employer.
        case elsewhere
        /// A word without meaning here.
        case unknown
    }

    /// Whoever is primary heads the household, unless their type says that they only pay, are a minor or
    /// live elsewhere.
    static func part(of contact: RentManagerWire.Contact) -> Part {
        let part = part(ofType: contact.type)
        switch part {
        case .role(.guarantor), .role(.minor), .elsewhere: return part
        case .role, .unknown: return contact.isPrimary ? .role(.primary) : part
        }
    }

    private static func part(ofType word: String) -> Part {
        switch word.lowercased().filter({ $0.isLetter }) {
        case "", "tenant", "cotenant", "resident", "coresident", "roommate", "spouse", "lessee",
            "coapplicant", "applicant":
            .role(.coResident)
        case "occupant", "otheroccupant": .role(.occupant)
        case "child", "dependent", "minor": .role(.minor)
        case "guarantor", "cosigner": .role(.guarantor)
        case "emergency", "emergencycontact", "employer", "reference", "relative", "vehicle":
            .elsewhere
        default: .unknown
        }
    }

    /// The residencies of a household: each of its people on each of its leases in that property.
    static func residencies(
        of tenant: RentManagerWire.Tenant,
        property: PMSPropertyID,
        problems: inout SnapshotPart,
        at place: String
    ) -> [WrittenResidency] {
        guard let contacts = tenant.contacts, let leases = tenant.leases else {
            let missing = tenant.contacts == nil ? "Contacts" : "Leases"
            problems.miss(
                at: place,
                "tenant \(tenant.id) came without \(missing), which were asked for: may the user see them?"
            )
            return []
        }
        let here = leases.filter { $0.property.isEmpty || $0.property == property.text }
        let latest = here.compactMap { Int($0.id) }.max()
        var written: [WrittenResidency] = []
        for contact in contacts {
            let role: ResidentRole
            switch part(of: contact) {
            case .role(let known): role = known
            case .elsewhere: continue
            case .unknown:
                problems.skip(
                    contact.id,
                    at: place,
                    "tenant \(tenant.id), contact \(contact.id): ContactType is "
                        + "\"\(VendorWords.clean(contact.type))\", which has no meaning here"
                )
                continue
            }
            var common = WrittenResidency()
            common.resident = contact.id
            common.firstName = contact.firstName
            common.lastName = contact.lastName
            if contact.isPrimary, contact.firstName.isEmpty, contact.lastName.isEmpty {
                common.firstName = tenant.firstName
                common.lastName = tenant.lastName
            }
            common.email = contact.email
            common.phone = contact.phone
            common.role = role
            common.statusWord = tenant.status
            common.status = status(tenant.status)
            if leases.isEmpty { written.append(common) }
            for lease in here {
                var residency = common
                residency.lease = lease.id
                residency.unit = lease.unit == "0" ? "" : lease.unit
                residency.moveIn = lease.moveIn
                residency.moveOut = lease.moveOut
                let ends = WireDate.isStated(lease.moveOut)
                if ends, Int(lease.id) != latest {
                    residency.status = .past
                    residency.statusWord = leftWord
                } else if ends, common.status == .current {
                    residency.status = .notice
                    residency.statusWord = noticeWord
                }
                written.append(residency)
            }
        }
        return written
    }
}

/// Turns the pages of one Rent Manager fetch into units and residencies.
struct RentManagerDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var units = UnitList()
    private var residencies = ResidencyList(detectsMoves: true)
    private var pages = PageTally()

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        let number = pages.count(page)
        let list = page.kind == .units ? "Units" : "Tenants"
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
        let rows = try RentManagerWire.records(of: body, id: "UnitID", at: place) {
            skimmer throws(JSONSkimmer.Failure) in
            try RentManagerWire.Named(from: &skimmer, id: "UnitID")
        }
        return units.part(of: rows, in: property, at: place) { unit in
            (
                unit.property,
                PMSUnit(id: PMSUnitID(unit.id), name: unit.name.isEmpty ? unit.id : unit.name)
            )
        }
    }

    private mutating func decodeTenants(
        _ body: Data,
        at place: String
    ) throws(ConnectorError) -> SnapshotPart {
        let rows = try RentManagerWire.records(
            of: body,
            id: "TenantID",
            at: place,
            RentManagerWire.Tenant.init(from:)
        )
        var problems = SnapshotPart()
        var written: [WrittenResidency] = []
        for row in rows {
            guard case .record(let tenant) = row, !tenant.id.isEmpty else {
                problems.miss(at: place, "a tenant's record is malformed")
                continue
            }
            guard tenant.property.isEmpty || tenant.property == property.text else {
                problems.miss(
                    at: place,
                    "tenant \(tenant.id) is of property \(tenant.property); it is left out"
                )
                continue
            }
            written += RentManagerMapping.residencies(
                of: tenant,
                property: property,
                problems: &problems,
                at: place
            )
        }
        return residencies.part(of: written, at: place, after: problems)
    }
}
