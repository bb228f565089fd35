package import LintelModel

/// A household in a unit.
package struct SyntheticLease: Sendable, Equatable {
    package var id: Int
    package var intervalID: Int
    /// The unit's place in its property.
    package var unit: Int
    /// Which of the unit's beds it is for, from 0.
    var bed = 0
    /// One of future, current, notice and past; everyone on the lease has it.
    package var status: LeaseStatus
    package var start: CivilDate
    package var end: CivilDate
    package var isRenewal: Bool
    package var moveIn: CivilDate
    /// The move-out the PMS states; nil unless somebody gave notice or has left.
    package var moveOut: CivilDate?
    package var people: [SyntheticPerson]

    /// Above it are the ids of leases that followed another one in their unit.
    static let firstNewcomer = PropertyBuilder.FirstID.lease + PropertyBuilder.FirstID.newcomer

    /// Whether it follows another lease of the same people.
    var isSuccessor: Bool {
        let number = id - PropertyBuilder.FirstID.lease
        return (PropertyBuilder.FirstID.successor..<PropertyBuilder.FirstID.predecessor)
            .contains(number)
    }

    /// Whether its people live in the unit already, on the lease before it.
    package var isNextTerm: Bool { isSuccessor && status == .future }
}
