package import LintelModel

/// Where a correct sync puts one resident: what tests and benchmarks compare a directory with.
package struct ExpectedAssignment: Sendable, Equatable {
    package let resident: PMSResidentID
    package let firstName: String
    package let lastName: String
    package let email: String
    package let phone: String
    package let property: PMSPropertyID
    package let unit: PMSUnitID
    package let unitNumber: String
    package let building: String
    package let state: Assignment.State
    /// The move-in date.
    package let from: CivilDate
    /// The stated move-out date: expected of an open assignment, the last day of an ended one.
    package let until: CivilDate?
}
