import LintelModel

/// Makes one property of a portfolio from the seed and the property's place.
struct PropertyBuilder {
    /// Where the ids of each kind begin.
    enum FirstID {
        static let unit = 1_000_000_000
        static let space = 1_100_000_000
        static let lease = 1_200_000_000
        static let interval = 1_300_000_000
        static let person = 1_400_000_000
        static let building = 1_500_000_000
        /// Added to the id of what comes into a unit after the first household moved out.
        static let newcomer = 20_000_000
        /// Added to the id of what follows another lease of the same people, and of who pays for them.
        static let successor = 40_000_000
        /// Added to the id of what was in a unit before its first household.
        static let predecessor = 60_000_000
    }

    /// Which streams of the seed make what, so that churn never disturbs what was there before.
    enum Stream {
        static let base: UInt64 = 0
        static let churn: UInt64 = 1
        static let extras: UInt64 = 2
    }

    let portfolio: SyntheticPortfolio
    let index: Int
    var random: SplitMix64
    private var namesInUse: Set<SyntheticName> = []

    init(portfolio: SyntheticPortfolio, index: Int) {
        self.portfolio = portfolio
        self.index = index
        random = Self.random(portfolio, index, Stream.base)
    }

    private static func random(
        _ portfolio: SyntheticPortfolio,
        _ index: Int,
        _ stream: UInt64
    ) -> SplitMix64 {
        SplitMix64(seed: portfolio.shape.seed, stream: UInt64(index) << 8 | stream)
    }

    private var shape: PortfolioShape { portfolio.shape }
    private var today: CivilDate { shape.today }

    mutating func build() -> SyntheticProperty {
        let (buildings, units) = makeUnits()
        var property = SyntheticProperty(
            index: index,
            id: portfolio.propertyID(at: index),
            name: portfolio.propertyName(at: index),
            city: portfolio.propertyCity(at: index),
            buildings: buildings,
            units: units,
            leases: makeLeases(units: units)
        )
        if shape.churnPercent > 0 {
            random = Self.random(portfolio, index, Stream.churn)
            churn(&property)
        }
        if !shape.extras.isEmpty {
            random = Self.random(portfolio, index, Stream.extras)
            addExtras(to: &property)
        }
        return property
    }

    // MARK: Units

    private func makeUnits() -> ([SyntheticBuilding], [SyntheticUnit]) {
        let range = shape.units(ofProperty: index)
        let perFloor = 10
        let count = range.count < 8 ? 1 : max(2, (range.count + 119) / 120)
        var buildings: [SyntheticBuilding] = []
        var units: [SyntheticUnit] = []
        units.reserveCapacity(range.count)
        for building in 0..<count {
            let share = PortfolioShape.share(of: range.count, among: count, at: building)
            buildings.append(
                SyntheticBuilding(
                    id: FirstID.building + range.lowerBound + share.lowerBound,
                    name: SyntheticBuilding.name(at: building)
                )
            )
            for place in 0..<share.count {
                let (floor, door) = place.quotientAndRemainder(dividingBy: perFloor)
                let global = range.lowerBound + share.lowerBound + place
                units.append(
                    SyntheticUnit(
                        id: FirstID.unit + global,
                        spaceID: FirstID.space + global,
                        building: building,
                        floor: floor + 1,
                        number: "\((floor + 1) * 100 + door + 1)",
                        bedrooms: 1 + door % 3
                    )
                )
            }
        }
        return (buildings, units)
    }

    // MARK: Households

    private mutating func makeLeases(units: [SyntheticUnit]) -> [SyntheticLease] {
        let residents = shape.residents(ofProperty: index)
        let sizes = householdSizes(residents: residents.count, units: units.count)
        var places = Array(units.indices)
        random.shuffle(&places)
        // Places come in random order, so the first ones are a random choice.
        let few = sizes.count < 3 ? 0 : max(1, (sizes.count * 3 + 50) / 100)
        let households = sizes.indices.map { household in
            (
                unit: places[household],
                size: sizes[household],
                status: household < few
                    ? LeaseStatus.notice : household < 2 * few ? .future : .current
            )
        }
        .sorted { $0.unit < $1.unit }

        var leases: [SyntheticLease] = []
        leases.reserveCapacity(households.count)
        var next = residents.lowerBound
        for household in households {
            let people = makePeople(count: household.size, firstIndex: next)
            next += household.size
            leases.append(
                makeLease(
                    unit: household.unit,
                    global: units[household.unit].id - FirstID.unit,
                    status: household.status,
                    people: people
                )
            )
        }
        return leases
    }

    /// How many live together in each household, 1…4 and more only where the units do not suffice.
    private mutating func householdSizes(residents: Int, units: Int) -> [Int] {
        guard residents > 0 else { return [] }
        let comfortable = min((units * 95 + 50) / 100, (residents * 5 + 7) / 8)
        let count = min(units, residents, max(1, comfortable, (residents + 3) / 4))
        let largest = max(4, (residents + count - 1) / count)
        var sizes = Array(repeating: 1, count: count)
        for _ in count..<max(count, residents) {
            var household = random.below(count)
            while sizes[household] == largest { household = (household + 1) % count }
            sizes[household] += 1
        }
        return sizes
    }

    /// People on one lease, whose places in the portfolio begin at that one.
    mutating func makePeople(count: Int, firstIndex: Int, idOffset: Int = 0) -> [SyntheticPerson] {
        var people: [SyntheticPerson] = []
        people.reserveCapacity(count)
        for member in 0..<count {
            let family = member > 0 && random.below(10) < 6 ? people[0].name.lastIndex : nil
            let place = firstIndex + member + idOffset
            people.append(
                SyntheticPerson(
                    id: FirstID.person + place,
                    number: place + 1,
                    name: makeName(lastIndex: family),
                    phoneIndex: place,
                    role: member == 0 ? .primary : .coResident
                )
            )
        }
        return people
    }

    /// A name that nobody else in the property has: two of one name are a decision for a person.
    private mutating func makeName(lastIndex: Int?) -> SyntheticName {
        var name = SyntheticName(firstIndex: 0, lastIndex: 0, secondIndex: nil)
        for attempt in 0..<1000 {
            name = SyntheticName(
                firstIndex: random.below(NameList.first.count),
                lastIndex: lastIndex ?? random.below(NameList.last.count),
                secondIndex: attempt < 4 ? nil : random.below(NameList.last.count)
            )
            if namesInUse.insert(name).inserted { break }
        }
        return name
    }

    private mutating func makeLease(
        unit: Int,
        global: Int,
        status: LeaseStatus,
        people: [SyntheticPerson]
    ) -> SyntheticLease {
        let start: CivilDate
        var renewals = 0
        if status == .future {
            start = today.adding(days: 3 + random.below(58))
        } else {
            start = today.adding(days: -(2 + random.below(358)))
            renewals = max(0, random.below(6) - 2)
        }
        return SyntheticLease(
            id: FirstID.lease + global,
            intervalID: FirstID.interval + global,
            unit: unit,
            status: status,
            start: start,
            end: start.adding(days: 364),
            isRenewal: renewals > 0,
            moveIn: start.adding(days: -365 * renewals),
            moveOut: status == .notice ? today.adding(days: 5 + random.below(56)) : nil,
            people: people
        )
    }
}
