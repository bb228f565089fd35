import Foundation
import Testing
import UnitMatching

/// Lists of which nothing can be expected: no crash, no hang, and no key for two.
@Suite("Hostile lists")
struct FuzzTests {
    /// How long each fuzz test goes on: `LINTEL_FUZZ_SECONDS`, else two seconds.
    private static let seconds =
        ProcessInfo.processInfo.environment["LINTEL_FUZZ_SECONDS"].flatMap(Double.init) ?? 2

    /// Runs lists made of one seed after another until the time is over, at least twenty.
    private func run(
        _ first: UInt64,
        _ make: (inout DesignatorMutation) -> Lists,
        _ check: (Lists, [UnitProposal]) -> [String]
    ) {
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var seed = first
        var slowest = Duration.zero
        while ContinuousClock.now < end || seed < first + 20 {
            var mutation = DesignatorMutation(seed: seed)
            let lists = make(&mutation)
            let start = ContinuousClock.now
            let proposals = lists.proposals()
            let duration = ContinuousClock.now - start
            slowest = max(slowest, duration)
            // A debug build on a busy machine.
            #expect(duration < .seconds(10), "seed \(seed)")
            #expect(proposals.map(\.pmsUnit) == lists.pms.map(\.id), "seed \(seed)")
            #expect(lists.flaws(in: proposals) == [], "seed \(seed)")
            #expect(check(lists, proposals) == [], "seed \(seed)")
            seed += 1
        }
    }

    @Test("realistic lists with damaged texts end in proposals, and no unit is certain for two")
    func mutated() {
        run(1) { mutation in
            var lists = RandomPortfolio(seed: mutation.random.next()).lists
            lists.pms = lists.pms.map { mutation.one(in: 4) ? mutation.damaged($0) : $0 }
            lists.units = lists.units.map { mutation.one(in: 4) ? mutation.damaged($0) : $0 }
            return lists
        } _: { _, _ in
            []
        }
    }

    @Test("lists of any texts end in proposals, and no unit is certain for two")
    func random() {
        run(1_000_000) { mutation in
            Lists(pms: mutation.anything("p"), units: mutation.anything("u"))
        } _: { _, _ in
            []
        }
    }

    @Test("nothing is certain about a text with look-alike letters or invisible marks")
    func deceptive() {
        run(2_000_000) { mutation in
            var lists = RandomPortfolio(seed: mutation.random.next()).lists
            // The same on both sides, so that the deceptive texts are equal.
            let (from, to) = mutation.deception()
            func deceive(_ unit: UnitDesignator) -> UnitDesignator {
                UnitDesignator(
                    id: unit.id,
                    building: unit.building.replacing(from, with: to),
                    name: unit.name.replacing(from, with: to),
                    floor: unit.floor
                )
            }
            lists.pms = lists.pms.map(deceive)
            if mutation.one(in: 2) { lists.units = lists.units.map(deceive) }
            return lists
        } _: { lists, proposals in
            let deceptive = Set(
                (lists.pms + lists.units).filter { DesignatorMutation.isDeceptive($0) }.map(\.id)
            )
            return proposals.filter { proposal in
                proposal.verdict == .certain
                    && (deceptive.contains(proposal.pmsUnit)
                        || proposal.candidates.contains { deceptive.contains($0.unit) })
            }.map { "\($0.pmsUnit) is certain" }
        }
    }

    @Test("texts of a megabyte are matched at once, and not certain")
    func huge() {
        let long = String(repeating: "Bldg 1 - \u{202E}4\u{410}", count: 60_000)
        let units = (0..<8).map {
            UnitDesignator(id: "u\($0)", building: long, name: long + "\($0)")
        }
        let lists = Lists(pms: units, units: units)
        let start = ContinuousClock.now
        let proposals = lists.proposals()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(!proposals.contains { $0.verdict == .certain })
        #expect(proposals.flatMap(\.candidates).allSatisfy { $0.reason.utf8.count < 10_000 })
    }
}
