import LintelModel

/// A portfolio of invented residents, the same for the same shape on every machine.
///
/// Nothing is stored: a property is made from the seed and its place whenever it is asked for, so a
/// portfolio of any size costs no memory.
package struct SyntheticPortfolio: Sendable, Equatable {
    package let shape: PortfolioShape

    package init(shape: PortfolioShape) {
        self.shape = shape
    }

    private static let firstPropertyID = 100_001

    /// The PMS's id of the property at that place.
    package func propertyID(at index: Int) -> Int { Self.firstPropertyID + index }

    /// The place of the property with that PMS id; nil where there is none.
    package func propertyIndex(id: Int) -> Int? {
        let index = id - Self.firstPropertyID
        return (0..<shape.properties).contains(index) ? index : nil
    }

    /// A name no other property of the portfolio has.
    package func propertyName(at index: Int) -> String {
        let combinations = NameList.propertyFirst.count * NameList.propertyLast.count
        let (round, place) = index.quotientAndRemainder(dividingBy: combinations)
        // 7 has no factor in common with the number of combinations, so every one comes once a round.
        let offset = Int(shape.seed % UInt64(combinations))
        let combination = (place * 7 + offset) % combinations
        let (first, last) = combination.quotientAndRemainder(
            dividingBy: NameList.propertyLast.count
        )
        let name = "\(NameList.propertyFirst[first]) \(NameList.propertyLast[last])"
        return round == 0 ? name : "\(name) \(round + 1)"
    }

    package func propertyCity(at index: Int) -> String {
        NameList.cities[index % NameList.cities.count]
    }

    /// The property at that place of 0..<``PortfolioShape/properties``, made anew.
    package func property(at index: Int) -> SyntheticProperty {
        var builder = PropertyBuilder(portfolio: self, index: index)
        return builder.build()
    }

    /// Where a correct sync of that property puts everyone it brings in, upcoming or current.
    package func expectedAssignments(ofProperty index: Int) -> [ExpectedAssignment] {
        expected(property(at: index)) { !$0.status.isEnding }
    }

    /// Where a correct sync puts everyone it brings in; as many as ``PortfolioShape/residents``.
    ///
    /// Two people with one e-mail address wait for a person's decision, and count here all the same.
    package func expectedAssignments() -> [ExpectedAssignment] {
        (0..<shape.properties).flatMap { expectedAssignments(ofProperty: $0) }
    }

    /// Whose assignment ends when this portfolio follows the same one without churn.
    package func expectedEndings() -> [ExpectedAssignment] {
        (0..<shape.properties).flatMap { expected(property(at: $0)) { $0.status.isEnding } }
    }

    private func expected(
        _ property: SyntheticProperty,
        where isWanted: (SyntheticLease) -> Bool
    ) -> [ExpectedAssignment] {
        property.leases.filter { isWanted($0) && !$0.isNextTerm }.flatMap { lease in
            let unit = property.units[lease.unit]
            return lease.people.filter { $0.role != .guarantor }.map { person in
                ExpectedAssignment(
                    resident: PMSResidentID("\(person.id)"),
                    firstName: person.firstName,
                    lastName: person.lastName,
                    email: person.email,
                    phone: person.phone,
                    property: PMSPropertyID("\(property.id)"),
                    unit: PMSUnitID("\(unit.id)"),
                    unitNumber: unit.number,
                    building: property.buildings[unit.building].name,
                    state: Self.state(of: lease.status),
                    from: lease.moveIn,
                    until: lease.moveOut
                )
            }
        }
    }

    private static func state(of status: LeaseStatus) -> Assignment.State {
        if status.isEnding { return .ended }
        return status == .future ? .upcoming : .current
    }
}
