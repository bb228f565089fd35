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
        }
        for source in SimulatedSource.all {
            let enough = source.id == "csv" ? 5 : 7
            #expect(source.faults.count >= enough, "\(source.id)")
        }
        let served = Set(SimulatedVendor.all.map(\.id))
        for vendor in ConnectorCatalog.vendors where vendor.id != "csv" {
            #expect(served.contains(vendor.id), "\(vendor.id) is not simulated")
        }
    }

    @Test(
        "The same portfolio through every connector gives the same directory, and follows it",
        .timeLimit(.minutes(10)),
        arguments: SimulatedSource.all,
        TestEngine.allCases
    )
    func differential(source: SimulatedSource, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await source.with(portfolio) { running in
            try await LintelInProcess.with(engine) { lintel in
                let properties = try await SimulatedDirectory.onboard(running, in: lintel)
                #expect(properties.count == 2)
                if source.namesProperties {
                    let names = (0..<2).map { portfolio.propertyName(at: $0) }
                    #expect(properties.map(\.name).sorted() == names.sorted())
                }
                for property in properties {
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel, ended: true)
                        == SimulatedDirectory.expected(of: portfolio)
                )
                try await #expect(
                    SimulatedDirectory.doors(of: properties, in: lintel)
                        == SimulatedDirectory.doors(of: portfolio)
                )
                // Nothing changed: nothing is written.
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    try await #expect(lintel.sync(property).record.outcome == .unchanged)
                }
                let moved = try running.goOn(churn: 20)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: moved)
                )
            }
        }
    }

    @Test(
        "What some formats can say and others cannot gives one directory through all that can",
        .timeLimit(.minutes(10)),
        arguments: PortfolioExtra.allCases,
        TestEngine.allCases
    )
    func extras(extra: PortfolioExtra, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio(units: 90, residents: 140, with: [extra])
        let plain = try SimulatedDirectory.portfolio(units: 90, residents: 140)
        #expect(portfolio.property(at: 0).leases != plain.property(at: 0).leases)
        var directories: [String: [String]] = [:]
        for source in SimulatedSource.all where source.extras.contains(extra) {
            try await source.with(portfolio) { running in
                try await LintelInProcess.with(engine) { lintel in
                    let properties = try await SimulatedDirectory.onboard(running, in: lintel)
                    var alerts = 0
                    for property in properties {
                        let report = try await lintel.sync(property)
                        #expect(report.record.outcome == .applied, "\(report.record.message)")
                        alerts += try await lintel.alerts(of: property).count
                    }
                    // Whose address is whose is for a person to say.
                    #expect((alerts > 0) == (extra == .sharedEmails), "\(source.id)")
                    directories[source.id] = try await SimulatedDirectory.standings(
                        of: lintel,
                        ended: true
                    )
                }
            }
        }
        let first = try #require(directories.first)
        #expect(!first.value.isEmpty)
        for (vendor, directory) in directories {
            #expect(directory == first.value, "\(vendor) and \(first.key)")
        }
        if extra != .sharedEmails {
            #expect(first.value == SimulatedDirectory.expected(of: portfolio))
        }
    }

    /// A source under one of its faults.
    struct Broken: Sendable, CustomTestStringConvertible {
        let source: SimulatedSource
        let fault: SourceFault

        var testDescription: String { "\(source.id), \(fault.testDescription)" }

        static let all = SimulatedSource.all.flatMap { source in
            source.faults.map { Broken(source: source, fault: $0) }
        }
    }

    @Test(
        "A fault ends no assignment, is told in words, and is over with the next good run",
        .timeLimit(.minutes(10)),
        arguments: Broken.all
    )
    func fault(broken: Broken) async throws {
        let portfolio = try SimulatedDirectory.portfolio(residents: 60)
        try await broken.source.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                let properties = try await SimulatedDirectory.onboard(running, in: lintel)
                for property in properties {
                    try await #expect(lintel.sync(property).record.outcome == .applied)
                }
                let before = try await SimulatedDirectory.standings(of: lintel)
                _ = try running.goOn(churn: 5, fault: broken.fault)
                for property in properties + properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    let allowed: [RunRecord.Outcome] =
                        broken.fault.leavesRows
                        ? [.applied, .unchanged, .failed, .held] : [.failed, .held]
                    #expect(
                        allowed.contains(report.record.outcome),
                        "\(report.record.outcome): \(report.record.message)"
                    )
                    #expect(report.record.ended == 0)
                    if !broken.fault.leavesRows { #expect(!report.record.message.isEmpty) }
                }
                let standing = try await Set(SimulatedDirectory.standings(of: lintel).map(place))
                #expect(standing.isSuperset(of: before.map(place)))

                let mended = try running.goOn(churn: 5)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect([.applied, .unchanged].contains(report.record.outcome))
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: mended)
                )
            }
        }
    }

    /// Who stands where, dates and phone apart: what no fault may take away.
    private func place(_ standing: String) -> String {
        standing.split(separator: " ").prefix(4).joined(separator: " ")
    }

    @Test("A check says of every operation that it is allowed", arguments: SimulatedSource.all)
    func check(source: SimulatedSource) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await source.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                _ = try await SimulatedDirectory.onboard(running, in: lintel)
                let checks = try await lintel.operations.checkConnection("pms")
                #expect(checks.count >= 2)
                #expect(checks.filter { !$0.isAllowed } == [])
            }
        }
    }

    @Test(
        "Planted tax ids, birth dates and rents reach neither database, export nor messages",
        arguments: SimulatedSource.all,
        TestEngine.allCases
    )
    func privacy(source: SimulatedSource, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio(with: source.extras)
        let (year, month, day) = PlantedFacts.birthDate.parts
        let planted = [
            PlantedFacts.taxID, PlantedFacts.birthDate.description, "0\(month)/0\(day)/\(year)",
            "\(PlantedFacts.rent)",
        ]
        try await source.with(portfolio) { running in
            try await LintelInProcess.with(engine) { lintel in
                let properties = try await SimulatedDirectory.onboard(running, in: lintel)
                var kept = "\(try await lintel.operations.checkConnection("pms"))\n"
                for fault in [nil] + source.faults where fault != .service(.stall) {
                    _ = try running.goOn(churn: fault == nil ? 0 : 5, fault: fault)
                    for property in properties {
                        lintel.clock.advance(minutes: 60)
                        let report = try await lintel.sync(property)
                        kept += "\(report)\n"
                        kept += try await lintel.alerts(of: property).joined(separator: "\n")
                    }
                }
                for property in properties {
                    kept += "\(try await lintel.operations.exportMapping(of: property))\n"
                }
                kept += try await DirectoryDump.log(of: lintel.database).joined(separator: "\n")
                kept += "\(try await lintel.operations.people(of: nil))\n"
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
        arguments: SimulatedSource.all
    )
    func asked(source: SimulatedSource) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await source.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                let environment = lintel.operations.connectorEnvironment
                let connector = try #require(ConnectorCatalog.vendor(source.id))
                    .makeConnector(try running.settings, environment)
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
