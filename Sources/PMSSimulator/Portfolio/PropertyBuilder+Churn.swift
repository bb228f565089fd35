import LintelModel

/// The same property a while later.
extension PropertyBuilder {
    /// What happens to a household.
    private enum Event: CaseIterable {
        /// Everyone has a new phone number.
        case phone
        /// The household gave notice, with a move-out date to come.
        case notice
        /// The lease was renewed for a year.
        case renewal
        /// The household moved out yesterday, as stated, and another of the same size moved in.
        case turnover
    }

    /// Changes that share of the property's residents, and at least one.
    ///
    /// A resident counts once whatever changes; those who move out and those who move in count both. At
    /// most a quarter of the residents, or four, get a move-out date, so that no brake of a default
    /// setting holds the plan.
    mutating func churn(_ property: inout SyntheticProperty) {
        let shape = portfolio.shape
        let residents = shape.residents(ofProperty: index).count
        guard residents > 0 else { return }
        var remaining = max(1, Int((Double(residents) * shape.churnPercent / 100).rounded()))
        var movesAllowed = max(4, residents / 4)
        var order = Array(property.leases.indices)
        random.shuffle(&order)
        var newcomers: [Int: SyntheticLease] = [:]
        for (step, place) in order.enumerated() where remaining > 0 {
            let size = property.leases[place].people.count
            let wanted = Event.allCases[(step + index) % Event.allCases.count]
            let event = possible(
                wanted,
                for: property.leases[place],
                remaining: remaining,
                moves: movesAllowed
            )
            switch event {
            case .phone:
                let changed = min(size, remaining)
                for person in 0..<changed {
                    property.leases[place].people[person].phoneIndex += 39_337
                }
                remaining -= changed
            case .notice:
                property.leases[place].status = .notice
                property.leases[place].moveOut = shape.today.adding(days: 10 + random.below(50))
                movesAllowed -= size
                remaining -= size
            case .renewal:
                property.leases[place].end = property.leases[place].end.adding(days: 365)
                property.leases[place].isRenewal = true
                remaining -= size
            case .turnover:
                newcomers[place] = successor(of: property.leases[place])
                property.leases[place].status = .past
                property.leases[place].moveOut = shape.today.adding(days: -1)
                movesAllowed -= size
                remaining -= 2 * size
            }
        }
        guard !newcomers.isEmpty else { return }
        property.leases = property.leases.indices.flatMap { place in
            [property.leases[place]] + (newcomers[place].map { [$0] } ?? [])
        }
    }

    /// The event, or a change of phone numbers where it does not fit the household or the share.
    private func possible(
        _ event: Event,
        for lease: SyntheticLease,
        remaining: Int,
        moves: Int
    ) -> Event {
        let size = lease.people.count
        let fits =
            switch event {
            case .phone: true
            case .notice: lease.status == .current && size <= remaining && size <= moves
            case .renewal: lease.status == .current && size <= remaining
            case .turnover: lease.status == .current && 2 * size <= remaining && size <= moves
            }
        return fits ? event : .phone
    }

    /// The household that moves in on the day the lease's own moves out.
    ///
    /// That day is yesterday, so that they live there in every time zone.
    private mutating func successor(of lease: SyntheticLease) -> SyntheticLease {
        let start = portfolio.shape.today.adding(days: -1)
        let firstIndex = lease.people[0].id - FirstID.person
        return SyntheticLease(
            id: lease.id + FirstID.newcomer,
            intervalID: lease.intervalID + FirstID.newcomer,
            unit: lease.unit,
            status: .current,
            start: start,
            end: start.adding(days: 364),
            isRenewal: false,
            moveIn: start,
            moveOut: nil,
            people: makePeople(
                count: lease.people.count,
                firstIndex: firstIndex,
                idOffset: FirstID.newcomer
            )
        )
    }
}
