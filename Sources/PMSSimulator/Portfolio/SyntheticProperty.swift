import LintelModel

/// One property with everything the PMS says about it.
package struct SyntheticProperty: Sendable, Equatable {
    /// The place in the portfolio, from 0.
    package let index: Int
    /// The PMS's id.
    package let id: Int
    package let name: String
    package let city: String
    package let buildings: [SyntheticBuilding]
    /// By building, then by number.
    package var units: [SyntheticUnit]
    /// By unit; after a move-out the old lease stands before the new one.
    package var leases: [SyntheticLease]

    /// How each unit's household that lives there or is to come stands, by the unit's place.
    var statuses: [Int: LeaseStatus] {
        var statuses: [Int: LeaseStatus] = [:]
        statuses.reserveCapacity(leases.count)
        for lease in leases where !lease.status.isEnding { statuses[lease.unit] = lease.status }
        return statuses
    }
}
