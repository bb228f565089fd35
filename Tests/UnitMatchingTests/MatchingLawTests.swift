import Foundation
import Testing
import UnitMatching

/// What holds for every pair of lists.
///
/// `LINTEL_SEED` runs one seed, `LINTEL_SEEDS` says how many run.
@Suite("Laws of matching")
struct MatchingLawTests {
    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["LINTEL_SEED"].flatMap(UInt64.init) { return [one] }
        let count = environment["LINTEL_SEEDS"].flatMap(UInt64.init) ?? 60
        return (1...max(1, count)).map(\.self)
    }()

    @Test("a proposal is well formed, and no unit is certain for two", arguments: seeds)
    func wellFormed(_ seed: UInt64) {
        let lists = RandomPortfolio(seed: seed).lists
        let proposals = lists.proposals()
        #expect(proposals.map(\.pmsUnit) == lists.pms.map(\.id), "seed \(seed)")
        #expect(lists.flaws(in: proposals) == [], "seed \(seed)")
    }

    @Test("the same lists give the same proposals", arguments: seeds)
    func deterministic(_ seed: UInt64) {
        let lists = RandomPortfolio(seed: seed).lists
        #expect(lists.proposals() == lists.proposals(), "seed \(seed)")
    }

    @Test("the order of the lists changes nothing", arguments: seeds)
    func orderIndependent(_ seed: UInt64) {
        let portfolio = RandomPortfolio(seed: seed)
        let lists = portfolio.lists
        var random = SeededRandom(seed: ~seed)
        let shuffled = Lists(
            pms: lists.pms.shuffled(using: &random),
            units: lists.units.shuffled(using: &random)
        )
        let reversed = Lists(pms: lists.pms.reversed(), units: lists.units.reversed())
        let before = lists.byPMSUnit()
        for other in [shuffled, reversed] {
            let after = other.byPMSUnit()
            let changed = before.keys.sorted().filter { after[$0] != before[$0] }.map { pms in
                "\(pms): \(before[pms].map(Self.told) ?? ""), then \(after[pms].map(Self.told) ?? "")"
            }
            #expect(changed == [], "seed \(seed)")
        }
    }

    @Test(
        "one more unit never makes of a certain mapping a different certain one",
        arguments: seeds
    )
    func unrelatedUnit(_ seed: UInt64) {
        let portfolio = RandomPortfolio(seed: seed)
        let before = portfolio.lists.certain()
        var random = SeededRandom(seed: ~seed)
        for place in 0..<6 {
            var more = portfolio.lists
            let stranger = portfolio.stranger(&random)
            if place % 3 != 1 { more.pms.append(stranger) }
            if place % 3 != 0 { more.units.append(stranger) }
            let after = more.certain()
            let moved = before.compactMap { pms, unit in
                after[pms].flatMap { $0 == unit ? nil : "\(pms): \(unit), then \($0)" }
            }
            #expect(moved == [], "seed \(seed), \(stranger)")
        }
    }

    @Test("renaming both sides alike maps nobody elsewhere", arguments: seeds)
    func renamed(_ seed: UInt64) {
        let portfolio = RandomPortfolio(seed: seed)
        let lists = portfolio.lists
        let before = lists.byPMSUnit()
        for renaming in Renaming.allCases where renaming.suits(portfolio) {
            let other = Lists(
                pms: lists.pms.map(renaming.rename),
                units: lists.units.map(renaming.rename)
            )
            let after = other.byPMSUnit()
            // Codes in front of ADMIN and Gym make homes of them.
            let homes = before.filter { renaming != .code || !$0.key.hasPrefix("p-") }
            let changed = homes.filter { pms, proposal in
                after[pms]?.verdict != proposal.verdict
                    || after[pms]?.candidates.first?.unit != proposal.candidates.first?.unit
            }
            let told = changed.keys.sorted().map { pms in
                "\(pms): \(before[pms].map(Self.told) ?? ""), then \(after[pms].map(Self.told) ?? "")"
            }
            #expect(told == [], "seed \(seed), \(renaming)")
        }
    }

    private static func told(_ proposal: UnitProposal) -> String {
        "\(proposal.verdict) \(proposal.candidates.map(\.unit).joined(separator: "/"))"
    }

    @Test("read from the other side, no certain pair is contradicted", arguments: seeds)
    func exchanged(_ seed: UInt64) {
        let lists = RandomPortfolio(seed: seed).lists
        let back = Lists(pms: lists.units, units: lists.pms).certain()
        let contradicted = lists.certain().filter { pms, unit in
            back.contains { ($0.key == unit) != ($0.value == pms) }
        }
        #expect(contradicted == [:], "seed \(seed)")
    }

    @Test("on portfolios of which the truth is known, nothing certain is wrong", arguments: seeds)
    func right(_ seed: UInt64) {
        let wrong = RandomPortfolio(seed: seed).lists.certain()
            .filter { $0.key.dropFirst() != $0.value.dropFirst() }
        #expect(wrong == [:], "seed \(seed)")
    }

    @Test("on such portfolios much is certain")
    func useful() {
        var (certain, all) = (0, 0)
        for seed in 1...30 {
            let lists = RandomPortfolio(seed: UInt64(seed)).lists
            certain += lists.certain().count
            all += lists.pms.count
        }
        #expect(certain * 4 > all, "\(certain) of \(all)")
    }
}
