import ConnectorKit
import Connectors
import Foundation
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

extension SimulatedVendor: CustomTestStringConvertible {
    /// The vendor, as a test's report names it.
    public var testDescription: String { id }
}

@Suite("Every PMS, simulated")
struct SimulatedVendorTests {
    @Test(
        "Every vendor whose format is served can be connected, and is reached with its demo values"
    )
    func catalogue() throws {
        for vendor in SimulatedVendor.all {
            let known = try #require(ConnectorCatalog.vendor(vendor.id))
            for field in known.fields where field.isRequired {
                #expect(field.demo != nil, "\(vendor.id) \(field.key)")
            }
            #expect(vendor.faults.count >= 7, "\(vendor.id)")
        }
        let served = Set(SimulatedVendor.all.map(\.id))
        for vendor in ConnectorCatalog.vendors where vendor.id != "csv" {
            #expect(served.contains(vendor.id), "\(vendor.id) is not simulated")
        }
    }

    @Test(
        "The same portfolio through every connector gives the same directory, and follows it",
        .timeLimit(.minutes(5)),
        arguments: SimulatedVendor.all,
        TestEngine.allCases
    )
    func differential(vendor: SimulatedVendor, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await withSimulatedPMS(vendor, portfolio: portfolio) { simulator in
            try await LintelInProcess.with(engine) { lintel in
                let properties = try await SimulatedDirectory.onboard(simulator, in: lintel)
                #expect(
                    properties.map(\.name).sorted()
                        == (0..<2).map { portfolio.propertyName(at: $0) }.sorted()
                )
                for property in properties {
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel, ended: true)
                        == SimulatedDirectory.expected(of: portfolio)
                )
                // Nothing changed: nothing is written.
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    try await #expect(lintel.sync(property).record.outcome == .unchanged)
                }
                try simulator.simulator.setChurn(percent: 20)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: simulator.simulator.portfolio)
                )
            }
        }
    }

    @Test(
        "A fault ends no assignment, is told in words, and is over with the next good run",
        .timeLimit(.minutes(10)),
        arguments: SimulatedVendor.all.flatMap { vendor in vendor.faults.map { (vendor, $0) } }
    )
    func fault(vendor: SimulatedVendor, fault: Fault) async throws {
        let portfolio = try SimulatedDirectory.portfolio(residents: 60)
        let options = SimulatedPMS.Options(retryAfterSeconds: 1)
        try await withSimulatedPMS(vendor, portfolio: portfolio, options: options) { simulator in
            try await LintelInProcess.with(.sqlite) { lintel in
                let properties = try await SimulatedDirectory.onboard(simulator, in: lintel)
                for property in properties {
                    try await #expect(lintel.sync(property).record.outcome == .applied)
                }
                let before = try await SimulatedDirectory.standings(of: lintel)
                try simulator.simulator.setChurn(percent: 5)
                simulator.simulator.setFault(FaultPlan(fault))
                for property in properties + properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    let outcome = report.record.outcome
                    // Rows that are there count although others are missing.
                    let allowed: [RunRecord.Outcome] =
                        fault == .duplicateRows
                        ? [.applied, .unchanged, .failed, .held] : [.failed, .held]
                    #expect(allowed.contains(outcome), "\(report.record.message)")
                    #expect(report.record.ended == 0)
                    if fault != .duplicateRows { #expect(!report.record.message.isEmpty) }
                }
                let standing = try await Set(SimulatedDirectory.standings(of: lintel).map(place))
                #expect(standing.isSuperset(of: before.map(place)))

                simulator.simulator.setFault(nil)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect([.applied, .unchanged].contains(report.record.outcome))
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: simulator.simulator.portfolio)
                )
            }
        }
    }

    /// Who stands where, dates and phone apart: what no fault may take away.
    private func place(_ standing: String) -> String {
        standing.split(separator: " ").prefix(4).joined(separator: " ")
    }

    @Test("A check says of every operation that it is allowed", arguments: SimulatedVendor.all)
    func check(vendor: SimulatedVendor) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await withSimulatedPMS(vendor, portfolio: portfolio) { simulator in
            try await LintelInProcess.with(.sqlite) { lintel in
                _ = try await SimulatedDirectory.onboard(simulator, in: lintel)
                let checks = try await lintel.operations.checkConnection("pms")
                #expect(checks.count >= 3)
                #expect(checks.filter { !$0.isAllowed } == [])
            }
        }
    }

    @Test(
        "Planted tax ids, birth dates and rents reach neither database nor messages",
        arguments: SimulatedVendor.all,
        TestEngine.allCases
    )
    func privacy(vendor: SimulatedVendor, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        let (year, month, day) = PlantedFacts.birthDate.parts
        let planted = [
            PlantedFacts.taxID, PlantedFacts.birthDate.description, "0\(month)/0\(day)/\(year)",
            "\(PlantedFacts.rent)",
        ]
        try await withSimulatedPMS(vendor, portfolio: portfolio) { simulator in
            try await LintelInProcess.with(engine) { lintel in
                let properties = try await SimulatedDirectory.onboard(simulator, in: lintel)
                var kept = ""
                for fault in [nil] + vendor.faults.map(Optional.some) where fault != .stall {
                    try simulator.simulator.setChurn(percent: fault == nil ? 0 : 5)
                    simulator.simulator.setFault(fault.map { FaultPlan($0) })
                    for property in properties {
                        lintel.clock.advance(minutes: 60)
                        let report = try await lintel.sync(property)
                        kept += "\(report)\n"
                        kept += try await lintel.alerts(of: property).joined(separator: "\n")
                    }
                }
                let dump = try await DirectoryDump(of: lintel.database)
                kept += dump.rows.values.joined().joined(separator: "\n")
                let email = portfolio.expectedAssignments()[0].email
                #expect(kept.contains(email))
                for fact in planted { #expect(!kept.contains(fact), "\(fact) was kept") }
            }
        }
    }

    @Test(
        "A resident who is missing from the list is asked for by id, where the vendor can be asked",
        arguments: SimulatedVendor.all
    )
    func asked(vendor: SimulatedVendor) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await withSimulatedPMS(vendor, portfolio: portfolio) { simulator in
            try await LintelInProcess.with(.sqlite) { lintel in
                let environment = lintel.operations.connectorEnvironment
                let connector = try #require(ConnectorCatalog.vendor(vendor.id))
                    .makeConnector(try SimulatedDirectory.settings(simulator), environment)
                let property = try #require(try await connector.properties().first).id
                var decoder = connector.decoder(for: property)
                var listed: [PMSResidency] = []
                try await connector.fetch(property) { page in
                    listed += try decoder.decode(page).residencies
                }
                let resident = try #require(listed.first?.key.resident)
                guard
                    let answer = try await connector.residencies(
                        of: [resident, PMSResidentID("1")],
                        in: property
                    )
                else { return }
                #expect(
                    answer.residencies.sorted { $0.key < $1.key }
                        == listed.filter { $0.key.resident == resident }.sorted { $0.key < $1.key }
                )
                #expect(answer.unreadable.isEmpty)
            }
        }
    }
}
