import Foundation
import LintelTesting
import PMSSimulator
import SQLEngine
import SQLEngineTesting
import Testing

@Suite("A process that dies")
struct KillTests {
    private static let properties = 8
    private static let residents = 320

    /// How many times a sync is killed on each engine.
    private static let kills: Int = {
        let total = ProcessInfo.processInfo.environment["LINTEL_KILLS"].flatMap { Int($0) } ?? 20
        return max(1, total / TestEngine.allCases.count)
    }()

    @Test(
        "leaves every property wholly before or after its plan, and delays nobody",
        arguments: TestEngine.allCases
    )
    func kill(engine: TestEngine) async throws {
        let portfolio = try portfolio(
            properties: Self.properties,
            units: 200,
            residents: Self.residents
        )
        let expected = expectedStandings(of: portfolio)
        var moments = SplitMix(state: 20_260_615)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { simulator in
            // How long an undisturbed sync takes here, so that kills fall all over it.
            var length = 1.0
            try await LintelSite.with(engine) { site in
                try await site.onboard(simulator)
                let started = ContinuousClock.now
                try await site.done("sync", "--all")
                length = started.duration(to: .now) / .seconds(1)
                try await #expect(site.standings(ended: true) == expected)
            }
            var left = Self.kills
            while left > 0 {
                try await LintelSite.with(engine) { site in
                    try await site.onboard(simulator)
                    // Several kills on the way to one directory, then it must be the undisturbed one.
                    for _ in 0..<min(left, 5) {
                        left -= 1
                        let sync = try site.start(["sync", "--all"])
                        let moment = Double(moments.next() % 1000) / 1000 * length * 0.9
                        try await Task.sleep(for: .seconds(moment))
                        sync.kill()
                        _ = await sync.result()
                        try await expectWhole(site, portfolio)
                    }
                    let started = ContinuousClock.now
                    let last = try await site.done("sync", "--all", "--format", "json")
                    #expect(started.duration(to: .now) < .seconds(15 + 3 * length))
                    #expect(
                        try last.decode(RunsOutput.self).outcomes.isSubset(of: [
                            "applied", "unchanged",
                        ])
                    )
                    try await #expect(site.standings(ended: true) == expected)
                    let running = try await site.withDatabase { database in
                        try await database.read { connection in
                            try connection.first(
                                "select count(*) from runs where outcome = 'running'"
                            ) { try $0.integer(0) }
                        }
                    }
                    #expect(running == 0)
                    let again = try await site.done("sync", "--all", "--format", "json")
                    #expect(try again.decode(RunsOutput.self).outcomes == ["unchanged"])
                }
            }
        }
    }

    /// Each property has nobody yet, or everybody who belongs there.
    private func expectWhole(_ site: LintelSite, _ portfolio: SyntheticPortfolio) async throws {
        let expected = Set(expectedStandings(of: portfolio))
        let found = Set(try await site.standings(ended: true))
        #expect(found.isSubset(of: expected))
        for index in 0..<portfolio.shape.properties {
            let theirs = Set(portfolio.expectedAssignments(ofProperty: index).map(Standing.init))
            let there = theirs.intersection(found).count
            #expect(there == 0 || there == theirs.count, "property \(index) has \(there)")
        }
    }
}

/// Vigna's splitmix64, so that a failure happens at the same moments again.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
