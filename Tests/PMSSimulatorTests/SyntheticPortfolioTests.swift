import LintelModel
import PMSSimulator
import Testing

@Suite("A synthetic portfolio")
struct SyntheticPortfolioTests {
    @Test("is the same for the same seed and another for another")
    func determinism() throws {
        let once = try samplePortfolio().expectedAssignments()
        let again = try samplePortfolio().expectedAssignments()
        let other = try samplePortfolio(seed: 8).expectedAssignments()
        #expect(once == again)
        #expect(once != other)
    }

    @Test("never changes what a seed stands for")
    func golden() throws {
        let property = try samplePortfolio(seed: 42).property(at: 1)
        let lease = try #require(property.leases.first)
        let person = try #require(lease.people.first)
        #expect(
            "\(property.name) | \(person.email) | \(person.phone) | \(lease.start)–\(lease.end)"
                == "Harbor Landing | florian.schroder.62@example.net | +1 2015550161 | 2024-01-17–2025-01-15"
        )
    }

    struct Size: CustomTestStringConvertible {
        let properties: Int
        let units: Int
        let residents: Int

        var testDescription: String { "\(properties)/\(units)/\(residents)" }
    }

    @Test(
        "has exactly the properties, units and residents it was asked for",
        arguments: [
            Size(properties: 1, units: 1, residents: 0),
            Size(properties: 1, units: 1, residents: 9),
            Size(properties: 3, units: 10, residents: 100),
            Size(properties: 7, units: 100, residents: 30),
            Size(properties: 4, units: 1001, residents: 2003),
            Size(properties: 1, units: 3000, residents: 12_000),
        ]
    )
    func counts(size: Size) throws {
        let portfolio = try samplePortfolio(
            properties: size.properties,
            units: size.units,
            residents: size.residents
        )
        let properties = (0..<size.properties).map { portfolio.property(at: $0) }
        #expect(properties.reduce(0) { $0 + $1.units.count } == size.units)
        let people = properties.flatMap(\.leases).flatMap(\.people)
        #expect(people.count == size.residents)
        #expect(Set(people.map(\.id)).count == size.residents)
        #expect(Set(properties.map(\.name)).count == size.properties)
        let perProperty = properties.map(\.units.count)
        try #expect(#require(perProperty.max()) - #require(perProperty.min()) <= 1)
        for property in properties {
            #expect(Set(property.leases.map(\.unit)).count == property.leases.count)
            let doors = property.units.map {
                "\(property.buildings[$0.building].name) \($0.number)"
            }
            #expect(Set(doors).count == property.units.count)
        }
    }

    @Test("gives everyone an e-mail address of their own and a name of their own in the property")
    func uniqueness() throws {
        let portfolio = try samplePortfolio(
            properties: 2,
            units: 20_000,
            residents: 40_000,
            churnPercent: 20
        )
        let everyone = portfolio.expectedAssignments() + portfolio.expectedEndings()
        #expect(everyone.count > 40_000)
        #expect(Set(everyone.map { $0.email.lowercased() }).count == everyone.count)
        let names = everyone.map {
            "\($0.property) \(Folding.name($0.firstName + " " + $0.lastName))"
        }
        #expect(Set(names).count == everyone.count)
        for person in everyone {
            #expect(person.email.allSatisfy { $0.isASCII && !$0.isWhitespace })
            #expect(person.phone.dropFirst(6).prefix(5) == "55501" && person.phone.count == 13)
        }
    }

    @Test("has current, notice and future leases whose dates agree with the day")
    func statuses() throws {
        let portfolio = try samplePortfolio(properties: 2, units: 2000, residents: 4000)
        let today = portfolio.shape.today
        let leases = (0..<2).flatMap { portfolio.property(at: $0).leases }
        let byStatus = Dictionary(grouping: leases, by: \.status)
        #expect(Set(byStatus.keys) == [.current, .notice, .future])
        for status in [LeaseStatus.notice, .future] {
            let share = Double(byStatus[status]?.count ?? 0) / Double(leases.count)
            #expect((0.02...0.04).contains(share))
        }
        for lease in leases {
            #expect(lease.start < lease.end && lease.moveIn <= lease.start)
            switch lease.status {
            case .future: #expect(lease.moveIn > today && lease.moveOut == nil)
            case .notice: #expect(lease.moveIn < today && (lease.moveOut ?? today) > today)
            default: #expect(lease.moveIn < today && lease.end >= today && lease.moveOut == nil)
            }
        }
        #expect(Set(leases.map(\.people.count)).isSubset(of: [1, 2, 3, 4]))
    }

    @Test("refuses a shape that no portfolio can have, naming the number")
    func refusals() throws {
        func refusal(_ properties: Int, _ units: Int, _ residents: Int, _ churn: Double) -> String?
        {
            do {
                _ = try samplePortfolio(
                    properties: properties,
                    units: units,
                    residents: residents,
                    churnPercent: churn
                )
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal(0, 1, 1, 0)?.hasPrefix("properties is 0; expected 1") == true)
        #expect(refusal(5, 4, 1, 0)?.hasPrefix("units is 4; expected 5") == true)
        #expect(refusal(1, 1, -1, 0)?.hasPrefix("residents is -1") == true)
        #expect(refusal(1, 1, 1, 101)?.hasPrefix("churn is 101.0; expected 0…100") == true)
        #expect(refusal(1, 1, 1, .nan)?.hasPrefix("churn is nan") == true)
    }
}
