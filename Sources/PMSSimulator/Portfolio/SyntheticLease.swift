package import LintelModel

/// A household in a unit.
package struct SyntheticLease: Sendable, Equatable {
    package let id: Int
    package let intervalID: Int
    /// The unit's place in its property.
    package let unit: Int
    /// One of future, current, notice and past; everyone on the lease has it.
    package var status: LeaseStatus
    package var start: CivilDate
    package var end: CivilDate
    package var isRenewal: Bool
    package let moveIn: CivilDate
    /// The move-out the PMS states; nil unless somebody gave notice or has left.
    package var moveOut: CivilDate?
    package var people: [SyntheticPerson]

    /// Above it are the ids of leases that followed another one in their unit.
    static let firstNewcomer = PropertyBuilder.FirstID.lease + PropertyBuilder.FirstID.newcomer
}
