import ConnectorKit
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("A PMS that fails")
struct FaultTests {
    /// What the run says of it: a part of the sentence for each fault.
    private static let words: [Fault: String] = [
        .drop: "getLeases", .stall: "getLeases", .tooManyRequests: "limit", .serverError: "500",
        .inBandError: "getLeases", .truncatedBody: "getLeases", .shortPage: "getLeases",
        .emptyList: "lists no residents", .duplicateRows: "getLeases", .wrongTotal: "getLeases",
        .forbidden: "403",
    ]

    private func onboard(
        _ simulator: RunningSimulator,
        in lintel: LintelInProcess
    ) async throws -> [Property] {
        _ = try await lintel.operations.addConnection(
            name: "pms",
            settings: ConnectionSettings(
                vendor: "entrata",
                values: ["url": simulator.baseURL, "organization": "demo"],
                secrets: ["api-key": Secret("key")]
            )
        )
        return try await lintel.operations.importProperties(through: "pms", timeZone: "UTC")
            .map(\.property)
    }

    @Test(
        "ends no assignment, is told in words, and is over with the next good run",
        .timeLimit(.minutes(10)),
        arguments: TestEngine.allCases,
        Fault.allCases
    )
    func fault(engine: TestEngine, fault: Fault) async throws {
        let clock = TestClock()
        let portfolio = SyntheticPortfolio(
            shape: try PortfolioShape(
                properties: 2,
                units: 40,
                residents: 60,
                seed: 11,
                today: CivilDate(iso: "2026-06-15") ?? .todayInUTC
            )
        )
        #expect(clock.now() == 1_781_524_800_000)
        let options = SimulatedPMS.Options(retryAfterSeconds: 1)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { simulator in
            try await LintelInProcess.with(engine) { lintel in
                let properties = try await onboard(simulator, in: lintel)
                for property in properties {
                    try await lintel.operations.set("absence-minutes", of: property, to: "0")
                }
                for property in properties {
                    try await #expect(lintel.sync(property).record.outcome == .applied)
                }
                let before = try await lintel.standings()
                #expect(before.count == 60)
                try simulator.simulator.setChurn(percent: 5)
                simulator.simulator.setFault(FaultPlan(fault))
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    // Rows that are there count although others are missing; all other lists are refused.
                    let allowed: [RunRecord.Outcome] =
                        fault == .duplicateRows ? [.applied, .unchanged] : [.failed, .held]
                    #expect(allowed.contains(report.record.outcome))
                    #expect(report.record.ended == 0)
                    let word = try #require(Self.words[fault])
                    #expect(report.record.message.contains(word), "\(report.record.message)")
                }
                let standing = try await Set(lintel.standings())
                #expect(standing.isSuperset(of: before))
                if fault != .duplicateRows { #expect(standing.count == before.count) }

                simulator.simulator.setFault(nil)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect([.applied, .unchanged].contains(report.record.outcome))
                    try await #expect(lintel.alerts(of: property) == [])
                }
                let people = try await lintel.operations.people(of: nil)
                let open = people.filter { $0.assignment?.state != .ended }
                let expected = simulator.simulator.portfolio.expectedAssignments()
                #expect(
                    open.map { "\($0.resident?.text ?? "") \($0.unit ?? "")" }.sorted()
                        == expected.map { "\($0.resident) \($0.unitNumber)" }.sorted()
                )
            }
        }
    }

    @Test(
        "units that are listed short or not at all end nobody",
        arguments: [Fault.emptyList, .shortPage]
    )
    func units(fault: Fault) async throws {
        let portfolio = try portfolio(properties: 1, units: 30, residents: 40)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { simulator in
            try await LintelInProcess.with(.sqlite) { lintel in
                let property = try #require(try await onboard(simulator, in: lintel).first)
                _ = try await lintel.sync(property)
                let before = try await lintel.standings()
                simulator.simulator.setFault(FaultPlan(fault, services: ["propertyunits"]))
                for _ in 1...2 {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect([.failed, .held].contains(report.record.outcome))
                }
                try await #expect(lintel.standings() == before)
                simulator.simulator.setFault(nil)
                _ = try await lintel.sync(property)
                try await #expect(lintel.standings() == before)
                try await #expect(lintel.alerts(of: property) == [])
            }
        }
    }

    @Test("one property's fault stops no other")
    func oneOfMany() async throws {
        let portfolio = try portfolio(properties: 3, units: 30, residents: 40)
        let plan = FaultPlan(.inBandError, properties: [portfolio.propertyID(at: 1)])
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { simulator in
            try await LintelSite.with(.sqlite) { site in
                try await site.onboard(simulator)
                simulator.simulator.setFault(plan)
                let result = try await site.lintel("sync", "--all", "--format", "json")
                #expect(result.status == 1)
                let runs = try result.decode(RunsOutput.self).runs
                #expect(runs.map(\.outcome).sorted() == ["applied", "applied", "failed"])
                #expect(result.errors.contains("failed"))
            }
        }
    }
}
