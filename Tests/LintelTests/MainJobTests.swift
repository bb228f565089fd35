import Foundation
import LintelModel
import LintelTesting
import PMSSimulator
import SQLEngineTesting
import Testing

@Suite("From a PMS to the right units")
struct MainJobTests {
    @Test("a portfolio is brought in, kept and followed", arguments: TestEngine.allCases)
    func portfolio(engine: TestEngine) async throws {
        let portfolio = try LintelTesting.portfolio(properties: 6, units: 120, residents: 200)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { simulator in
            try await LintelSite.with(engine) { site in
                try await site.onboard(simulator)
                let empty = try await site.dump()

                let preview = try await site.done(
                    "sync",
                    "--all",
                    "--preview",
                    "--format",
                    "json"
                ).decode(RunsOutput.self)
                #expect(preview.outcomes == ["previewed"])
                #expect(preview.runs.reduce(0) { $0 + $1.created } == 200)
                try await #expect(site.dump().difference(from: empty) == [])

                let first = try await site.done("sync", "--all", "--format", "json")
                    .decode(RunsOutput.self)
                #expect(first.outcomes == ["applied"])
                #expect(first.runs.count == 6)
                #expect(first.runs.reduce(0) { $0 + $1.created } == 200)
                #expect(first.runs.reduce(0) { $0 + $1.pmsUnits } == 120)
                let expected = expectedStandings(of: portfolio)
                try await #expect(site.standings(ended: true) == expected)

                let before = try await site.dump()
                let second = try await site.done("sync", "--all", "--format", "json")
                    .decode(RunsOutput.self)
                #expect(second.outcomes == ["unchanged"])
                try await #expect(site.dump().difference(from: before) == [])

                try simulator.simulator.setChurn(percent: 5)
                let churned = simulator.simulator.portfolio
                let third = try await site.done("sync", "--all", "--format", "json")
                    .decode(RunsOutput.self)
                #expect(third.outcomes.isSubset(of: ["applied", "unchanged"]))
                try await #expect(site.standings() == expectedStandings(of: churned))
                let ended = try await site.standings(ended: true).filter {
                    $0.assignment == "ended"
                }
                let endings = churned.expectedEndings().map(\.resident.text)
                #expect(Set(ended.map(\.resident)) == Set(endings))
                #expect(third.runs.reduce(0) { $0 + $1.ended } == endings.count)

                let followed = try await site.dump()
                let fourth = try await site.done("sync", "--all", "--format", "json")
                    .decode(RunsOutput.self)
                #expect(fourth.outcomes == ["unchanged"])
                try await #expect(site.dump().difference(from: followed) == [])
            }
        }
    }

    @Test("a preview shows the plan with its reasons and writes nothing")
    func preview() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 3))
            let before = try await site.dump()
            let preview = try await site.done("sync", "--property", "P1", "--preview")
            #expect(preview.text.contains("101"))
            try await #expect(site.dump().difference(from: before) == [])
            try await #expect(site.standings().isEmpty)
        }
    }
}
