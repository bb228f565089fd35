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
    package let units: [SyntheticUnit]
    /// By unit; after a move-out the old lease stands before the new one.
    package var leases: [SyntheticLease]
}
