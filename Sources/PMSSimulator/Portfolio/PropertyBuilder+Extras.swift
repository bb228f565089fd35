import LintelModel

/// What a portfolio holds beside what every format can say.
extension PropertyBuilder {
    /// Adds what the portfolio's shape asks for, each kind to every seventh household.
    ///
    /// Which household it is depends on its unit alone, so that churn leaves it where it was. Households
    /// that are about to leave, or not there yet, are left alone.
    mutating func addExtras(to property: inout SyntheticProperty) {
        let wanted = portfolio.shape.extras
        let kinds = PortfolioExtra.allCases
        let occupied = Set(property.leases.map(\.unit))
        var vacant = property.units.indices.filter { !occupied.contains($0) }
        for place in property.leases.indices {
            let lease = property.leases[place]
            let kind = kinds[(lease.id - FirstID.lease) % kinds.count]
            guard wanted.contains(kind), lease.status == .current,
                lease.id < SyntheticLease.firstNewcomer
            else { continue }
            switch kind {
            case .beds: partBeds(of: place, in: &property)
            case .guarantors: addGuarantor(to: &property.leases[place])
            case .sharedEmails: shareEmail(on: &property.leases[place])
            case .transfers:
                guard let unit = vacant.popLast() else { continue }
                property.leases.append(transfer(&property.leases[place], to: unit))
            case .renewals: property.leases.append(nextTerm(of: lease))
            case .holdovers: holdOver(&property.leases[place])
            case .past: property.leases.append(predecessor(of: lease))
            }
        }
        property.leases.sort { ($0.unit, $0.moveIn, $0.id) < ($1.unit, $1.moveIn, $1.id) }
    }

    private var today: CivilDate { portfolio.shape.today }

    /// Gives the last of a household a bed and a lease of their own.
    private func partBeds(of place: Int, in property: inout SyntheticProperty) {
        guard property.leases[place].people.count > 1,
            var person = property.leases[place].people.popLast()
        else { return }
        person.role = .primary
        var lease = property.leases[place]
        property.units[lease.unit].beds = 2
        lease.id += FirstID.successor
        lease.intervalID += FirstID.successor
        lease.bed = 1
        lease.people = [person]
        property.leases.append(lease)
    }

    private mutating func addGuarantor(to lease: inout SyntheticLease) {
        var people = makePeople(
            count: 1,
            firstIndex: lease.people[0].id - FirstID.person,
            idOffset: FirstID.successor
        )
        people[0].role = .guarantor
        lease.people += people
    }

    private func shareEmail(on lease: inout SyntheticLease) {
        guard lease.people.count > 1 else { return }
        lease.people[1].sharedEmail = lease.people[0].email
    }

    /// Ends a lease yesterday, and gives that of the same people in another unit from then on.
    private func transfer(_ lease: inout SyntheticLease, to unit: Int) -> SyntheticLease {
        let yesterday = today.adding(days: -1)
        var next = lease
        next.id += FirstID.successor
        next.intervalID += FirstID.successor
        next.unit = unit
        next.start = yesterday
        next.end = yesterday.adding(days: 364)
        next.moveIn = yesterday
        lease.status = .past
        lease.moveOut = yesterday
        return next
    }

    /// The lease that follows where the same people stay in their unit.
    private func nextTerm(of lease: SyntheticLease) -> SyntheticLease {
        var next = lease
        next.id += FirstID.successor
        next.intervalID += FirstID.successor
        next.status = .future
        next.isRenewal = true
        next.start = lease.end.adding(days: 1)
        next.end = next.start.adding(days: 364)
        return next
    }

    private func holdOver(_ lease: inout SyntheticLease) {
        lease.end = today.adding(days: -30)
        lease.start = lease.end.adding(days: -364)
        lease.moveIn = min(lease.moveIn, lease.start)
    }

    /// The household of one that left ten days before this one moved in.
    private mutating func predecessor(of lease: SyntheticLease) -> SyntheticLease {
        let left = lease.moveIn.adding(days: -10)
        let start = left.adding(days: -364)
        return SyntheticLease(
            id: lease.id + FirstID.predecessor,
            intervalID: lease.intervalID + FirstID.predecessor,
            unit: lease.unit,
            status: .past,
            start: start,
            end: left,
            isRenewal: false,
            moveIn: start,
            moveOut: left,
            people: makePeople(
                count: 1,
                firstIndex: lease.people[0].id - FirstID.person,
                idOffset: FirstID.predecessor
            )
        )
    }
}
