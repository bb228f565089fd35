import ConnectorKit
import Foundation
import LintelModel

/// Turns what Entrata writes into units and residencies, without any I/O.
enum EntrataMapping {
    /// A unit, and its spaces where it has several: a unit let whole is just itself.
    static func units(of unit: EntrataWire.Unit) -> [PMSUnit] {
        let whole = PMSUnit(
            id: PMSUnitID(unit.id),
            building: unit.building,
            name: unit.number.isEmpty ? unit.id : unit.number
        )
        let spaces = unit.spaces.filter { !$0.id.isEmpty }
        guard spaces.count > 1 else { return [whole] }
        return [whole]
            + spaces.map { space in
                PMSUnit(
                    id: PMSUnitID("\(unit.id)/\(space.id)"),
                    parent: whole.id,
                    building: unit.building,
                    name: space.number.isEmpty ? space.id : space.number
                )
            }
    }

    /// One residency for each customer and space of a lease.
    ///
    /// A customer who cannot be read is listed as unreadable, with a problem that names the member and
    /// never its value.
    static func part(
        of lease: EntrataWire.Lease,
        units: EntrataUnitIndex,
        at place: String
    ) -> SnapshotPart {
        var part = SnapshotPart()
        let places = units.places(unit: lease.unit, spaces: lease.spaces)
        let interval = interval(of: lease)
        var seen: [String: Int] = [:]
        for row in lease.customers {
            guard case .customer(let customer) = row, !customer.id.isEmpty else {
                let id = if case .unreadable(let id) = row { id } else { "" }
                part.skip(id, at: place, "lease \(lease.id): a customer's record is malformed")
                continue
            }
            do throws(UnreadableMember) {
                let facts = try facts(of: customer, on: lease, during: interval)
                if let index = seen[customer.id] {
                    // Listed twice on one lease, as tenant and payer for instance: living there wins.
                    guard facts.role.rank < part.residencies[index].role.rank else { continue }
                    for offset in places.indices {
                        let unit = part.residencies[index + offset].key.unit
                        part.residencies[index + offset] = facts.residency(in: unit)
                    }
                    continue
                }
                seen[customer.id] = part.residencies.count
                part.residencies += places.map { facts.residency(in: $0) }
            } catch {
                part.skip(
                    customer.id,
                    at: place,
                    "lease \(lease.id), customer \(customer.id): \(error.message)"
                )
            }
        }
        return part
    }

    /// The interval whose dates are the lease's: the one it names, else the latest of its own status, else
    /// the latest.
    static func interval(of lease: EntrataWire.Lease) -> EntrataWire.Interval? {
        if lease.intervals.count < 2 { return lease.intervals.first }
        if let named = lease.intervals.first(where: { $0.id == lease.intervalID }) { return named }
        let alike = lease.intervals.filter { interval in
            if !interval.status.isEmpty, !lease.status.isEmpty {
                return interval.status.lowercased() == lease.status.lowercased()
            }
            return !interval.statusType.isEmpty && interval.statusType == lease.statusType
        }
        return (alike.isEmpty ? lease.intervals : alike).max { left, right in
            start(of: left) < start(of: right)
        }
    }

    private static func start(of interval: EntrataWire.Interval) -> Int {
        (try? WireDate.read(interval.start, "startDate"))??.daysSince1970 ?? Int.min
    }

    private static func facts(
        of customer: EntrataWire.Customer,
        on lease: EntrataWire.Lease,
        during interval: EntrataWire.Interval?
    ) throws(UnreadableMember) -> PMSResidency {
        guard
            let role = EntrataVocabulary.role(
                type: customer.type,
                relationship: customer.relationship
            )
        else {
            throw UnreadableMember(
                "customerType is \"\(VendorWords.clean(customer.type))\"; expected Primary, "
                    + "Co-Applicant, Occupant or Guarantor"
            )
        }
        let (first, last) = name(of: customer)
        guard !first.isEmpty || !last.isEmpty else {
            throw UnreadableMember("there is no name")
        }
        let word = statusWord(of: customer, on: lease)
        // Somebody who only pays is kept recognisable, and nothing more is taken.
        let isReachable = role != .guarantor
        let residency = PMSResidency(
            key: ResidencyKey(
                resident: PMSResidentID(customer.id),
                lease: lease.id,
                unit: nil
            ),
            firstName: first,
            lastName: last,
            email: isReachable ? customer.email.nilIfEmpty : nil,
            phone: isReachable ? customer.phone.nilIfEmpty : nil,
            role: role,
            statusWord: word,
            status: EntrataVocabulary.status(word),
            leaseStart: try WireDate.read(interval?.start ?? "", "startDate"),
            leaseEnd: try WireDate.read(interval?.end ?? "", "endDate"),
            moveIn: try WireDate.read(
                customer.moveIn.isEmpty ? lease.moveIn : customer.moveIn,
                "moveInDate"
            ),
            moveOut: try WireDate.read(
                customer.moveOut.isEmpty ? lease.moveOut : customer.moveOut,
                "moveOutDate"
            )
        )
        for text in [first, last, residency.email, residency.phone, word] {
            // Databases cut text at U+0000.
            guard text?.utf8.contains(0) != true else {
                throw UnreadableMember("a text holds U+0000")
            }
        }
        return residency
    }

    /// How the tenancy of this person stands: in its own word, else the lease's.
    private static func statusWord(
        of customer: EntrataWire.Customer,
        on lease: EntrataWire.Lease
    ) -> String {
        if !customer.status.isEmpty { return customer.status }
        if !lease.status.isEmpty { return lease.status }
        return EntrataVocabulary.statusWord(ofType: lease.statusType) ?? lease.statusType
    }

    /// First and last name; of `LAST, FIRST` or a company where those are not given.
    private static func name(of customer: EntrataWire.Customer) -> (first: String, last: String) {
        let (first, last) = (customer.firstName, customer.lastName)
        if !first.isEmpty, !last.isEmpty { return (first, last) }
        if first.isEmpty, last.isEmpty, !customer.company.isEmpty { return ("", customer.company) }
        let parts = customer.fullName.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
        guard parts.count == 2, !(first.isEmpty && last.isEmpty && parts[1].isEmpty) else {
            let isNameless = first.isEmpty && last.isEmpty
            return (first, isNameless ? customer.fullName : last)
        }
        return (first.isEmpty ? parts[1] : first, last.isEmpty ? parts[0] : last)
    }
}

extension PMSResidency {
    fileprivate func residency(in unit: PMSUnitID?) -> PMSResidency {
        var placed = self
        placed.key.unit = unit
        return placed
    }
}

extension ResidentRole {
    /// Who counts where somebody is several things on one lease: the lower.
    fileprivate var rank: Int {
        switch self {
        case .primary: 0
        case .coResident: 1
        case .occupant: 2
        case .minor: 3
        case .guarantor: 4
        }
    }
}

extension String {
    fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
