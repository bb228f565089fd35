import LintelModel
import PMSSimulator
import Testing

@Suite("Churn")
struct ChurnTests {
    /// Residents of a property whose record is new or differs between the two.
    private func changed(_ before: SyntheticProperty, _ after: SyntheticProperty) -> Set<Int> {
        func records(_ property: SyntheticProperty) -> [Int: String] {
            var records: [Int: String] = [:]
            for lease in property.leases {
                for person in lease.people {
                    records[person.id] =
                        "\(person.firstName) \(person.lastName) \(person.email) \(person.phone) "
                        + "\(lease.id) \(lease.unit) \(lease.status) \(lease.start) \(lease.end) "
                        + "\(lease.moveIn) \(lease.moveOut?.description ?? "")"
                }
            }
            return records
        }
        let old = records(before)
        let new = records(after)
        #expect(Set(old.keys).isSubset(of: new.keys))
        return Set(new.filter { old[$0.key] != $0.value }.keys)
    }

    @Test(
        "changes its share of every property, and at least one",
        arguments: [0.01, 1, 5, 50, 100]
    )
    func share(percent: Double) throws {
        let before = try samplePortfolio(properties: 5, units: 1000, residents: 2000)
        let after = SyntheticPortfolio(shape: try before.shape.churned(percent: percent))
        for index in 0..<5 {
            let count = changed(before.property(at: index), after.property(at: index)).count
            #expect(count == max(1, Int((400 * percent / 100).rounded())))
        }
    }

    @Test("keeps the number of residents and states every move-out")
    func moveOuts() throws {
        let after = try samplePortfolio(
            properties: 5,
            units: 1000,
            residents: 2000,
            churnPercent: 30
        )
        let yesterday = after.shape.today.adding(days: -1)
        let ended = after.expectedEndings()
        let living = after.expectedAssignments()
        #expect(living.count == 2000)
        #expect(!ended.isEmpty)
        #expect(ended.allSatisfy { $0.until == yesterday && $0.state == .ended })
        let units = Set(living.map { "\($0.property) \($0.unit)" })
        #expect(ended.allSatisfy { units.contains("\($0.property) \($0.unit)") })
    }

    @Test("never gives so many residents a move-out date that a default brake holds the plan")
    func brake() throws {
        let before = try samplePortfolio(properties: 3, units: 300, residents: 600)
        let after = SyntheticPortfolio(shape: try before.shape.churned(percent: 100))
        for index in 0..<3 {
            func leaving(_ property: SyntheticProperty) -> Int {
                property.leases.filter { $0.moveOut != nil }.reduce(0) { $0 + $1.people.count }
            }
            let added = leaving(after.property(at: index)) - leaving(before.property(at: index))
            #expect(added > 0 && added <= 200 * 30 / 100)
        }
    }

    @Test("brings every kind of change to a portfolio")
    func kinds() throws {
        let before = try samplePortfolio(properties: 40, units: 4000, residents: 8000)
        let after = SyntheticPortfolio(shape: try before.shape.churned(percent: 2))
        var phones = 0
        var renewals = 0
        var notices = 0
        for index in 0..<40 {
            let new = Dictionary(
                uniqueKeysWithValues: after.property(at: index).leases.map { ($0.id, $0) }
            )
            for old in before.property(at: index).leases {
                let now = try #require(new[old.id])
                if now.people.map(\.phone) != old.people.map(\.phone) { phones += 1 }
                if now.end > old.end { renewals += 1 }
                if now.status == .notice, old.status == .current { notices += 1 }
            }
        }
        #expect(phones > 0 && renewals > 0 && notices > 0)
        #expect(!after.expectedEndings().isEmpty)
    }
}
