import LintelModel

/// Everything served about one property, rendered.
struct RenderedProperty: Sendable {
    let units: RenderedRows
    let leases: RenderedRows
    let buildingCount: Int
    private let leaseIDs: [Int]
    private let leaseStatusTypeIDs: [UInt8]
    private let customerIDs: [Int]
    /// Where the customers of each lease end in `customerIDs`.
    private let customerEnds: [Int]

    init(_ property: SyntheticProperty) {
        var statuses: [Int: LeaseStatus] = [:]
        statuses.reserveCapacity(property.leases.count)
        for lease in property.leases where !lease.status.isEnding {
            statuses[lease.unit] = lease.status
        }
        units = RenderedRows(property.units.indices) { place, json in
            EntrataWire.unit(
                property.units[place],
                of: property,
                availability: EntrataWire.availability(statuses[place]),
                in: &json
            )
        }
        leases = RenderedRows(property.leases) { lease, json in
            EntrataWire.lease(lease, of: property, in: &json)
        }
        buildingCount = property.buildings.count
        leaseIDs = property.leases.map(\.id)
        leaseStatusTypeIDs = property.leases.map { UInt8(EntrataWire.statusTypeID($0.status)) }
        customerIDs = property.leases.flatMap { $0.people.map(\.id) }
        var end = 0
        customerEnds = property.leases.map { lease in
            end += lease.people.count
            return end
        }
    }

    /// Bytes that keeping it costs, near enough.
    var byteCount: Int {
        units.byteCount + leases.byteCount
            + MemoryLayout<Int>.size * (units.count + 3 * leases.count + customerIDs.count)
    }

    /// The leases that pass each filter that is given.
    func leases(matching filter: LeaseFilter) -> RowSelection {
        guard !filter.isEmpty else { return RowSelection(leases) }
        let places = leaseIDs.indices.filter { place in
            if let wanted = filter.statusTypeIDs,
                !wanted.contains(Int(leaseStatusTypeIDs[place]))
            {
                return false
            }
            if let wanted = filter.leaseIDs, !wanted.contains(leaseIDs[place]) { return false }
            guard let wanted = filter.customerIDs else { return true }
            let start = place == 0 ? 0 : customerEnds[place - 1]
            return customerIDs[start..<customerEnds[place]].contains(where: wanted.contains)
        }
        return RowSelection(leases, places: places)
    }
}
