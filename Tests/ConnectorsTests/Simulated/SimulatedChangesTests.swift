import Foundation
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("Buildium, asked for what changed")
struct SimulatedChangesTests {
    private static let buildium = SimulatedSource.service(.buildium)
    private static let words = "only what changed since"

    @Test(
        "gives the same directory as reading everything, for little",
        .timeLimit(.minutes(10)),
        arguments: TestEngine.allCases
    )
    func differential(engine: TestEngine) async throws {
        var directories: [[String]] = []
        for job in [SyncJob.scheduled, .sync] {
            let portfolio = try SimulatedDirectory.portfolio()
            try await withSimulatedPMS(.buildium, portfolio: portfolio) { running in
                try await LintelInProcess.with(engine) { lintel in
                    let source = RunningSource.service(running)
                    let properties = try await SimulatedDirectory.onboard(source, in: lintel)
                    for property in properties {
                        let first = try await lintel.sync(property, job: job).record
                        #expect(first.outcome == .applied, "\(first.message)")
                        // Nothing changed: each list is asked for once.
                        lintel.clock.advance(minutes: 60)
                        let before = Self.requests(running)
                        let second = try await lintel.sync(property, job: job).record
                        #expect(second.outcome == .unchanged)
                        #expect(Self.requests(running) - before == 3)
                        #expect(second.message.contains(Self.words) == job.isByTheHour)
                    }
                    // One resident each, without anybody leaving; then many, with some who leave.
                    for churn in [0.5, 20] {
                        let moved = try source.goOn(churn: churn)
                        var byChanges = 0
                        for property in properties {
                            lintel.clock.advance(minutes: 60)
                            let record = try await lintel.sync(property, job: job).record
                            #expect(record.outcome == .applied, "\(record.message)")
                            try await #expect(lintel.alerts(of: property) == [])
                            guard record.message.contains(Self.words) else { continue }
                            byChanges += 1
                            #expect(record.ended == 0)
                        }
                        if churn < 1 { #expect(byChanges == (job.isByTheHour ? 2 : 0)) }
                        if churn > 1 { #expect(byChanges < 2) }
                        let standings = try await SimulatedDirectory.standings(of: lintel)
                        #expect(standings == SimulatedDirectory.expected(of: moved))
                        directories.append(
                            try await lintel.operations.people(of: nil).map {
                                "\($0.person.firstName) \($0.person.lastName) \($0.person.phone ?? "")"
                            }.sorted()
                        )
                    }
                }
            }
        }
        #expect(directories[0] == directories[2])
        #expect(directories[1] == directories[3])
        #expect(directories[0] != directories[1])
    }

    private static func requests(_ running: RunningSimulator) -> Int {
        ["rentals", "units", "tenants", "leases"].reduce(0) {
            $0 + running.simulator.requestCount(service: $1)
        }
    }

    @Test(
        "ends nothing under any fault, and follows once it is over",
        .timeLimit(.minutes(10)),
        arguments: SimulatedVendor.buildium.faults,
        [["leases"], ["tenants"]] as [Set<String>]
    )
    func fault(fault: Fault, services: Set<String>) async throws {
        let portfolio = try SimulatedDirectory.portfolio(residents: 60)
        try await withSimulatedPMS(.buildium, portfolio: portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                let source = RunningSource.service(running)
                let properties = try await SimulatedDirectory.onboard(source, in: lintel)
                for property in properties {
                    let first = try await lintel.sync(property, job: .scheduled).record
                    #expect(first.outcome == .applied)
                }
                try running.simulator.setChurn(percent: 5)
                running.simulator.setFault(FaultPlan(fault, services: services))
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let record = try await lintel.sync(property, job: .scheduled).record
                    #expect(record.ended == 0, "\(record.message)")
                }
                let mended = try source.goOn(churn: 5)
                // By changes where nobody leaves, and by a whole snapshot a day later in any case.
                for minutes in [60, 20 * 60] {
                    for property in properties {
                        lintel.clock.advance(minutes: minutes)
                        let record = try await lintel.sync(property, job: .scheduled).record
                        #expect([.applied, .unchanged].contains(record.outcome))
                    }
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: mended)
                )
                for property in properties {
                    try await #expect(lintel.alerts(of: property) == [])
                }
            }
        }
    }
}

extension SyncJob {
    fileprivate var isByTheHour: Bool {
        guard case .scheduled = self else { return false }
        return true
    }
}
