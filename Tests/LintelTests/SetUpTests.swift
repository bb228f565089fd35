import ConnectorKit
import Foundation
import LintelModel
import LintelTesting
import Operations
import SQLEngine
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("Setting up an integration")
struct SetUpTests {
    private static let export = ResidentExport(
        units: [.init("U1"), .init("U2")],
        residents: [.init("A", in: "U1"), .init("B", in: "U2")]
    )

    /// A property attached and mapped, its User Sync still off.
    private func attached(_ lintel: LintelInProcess) async throws -> Property {
        try Self.export.write(to: lintel.folder)
        _ = try await lintel.operations.addConnection(
            name: "folder",
            settings: ConnectionSettings(
                vendor: "csv",
                values: ["directory": lintel.folder.path]
            )
        )
        let property = try await lintel.operations.addProperty(name: "Oak", timeZone: "UTC")
        try await lintel.operations.attach(property, to: "folder", pmsProperties: ["P1"])
        _ = try await lintel.operations.importPMSUnits(of: property)
        return property
    }

    @Test(
        "the first sync is shown before User Sync is on, and showing it brings nobody in",
        arguments: TestEngine.allCases
    )
    func firstSync(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await attached(lintel)
            let report = try await lintel.operations.previewOfTurningOn(property)
            #expect(report.record.outcome == .previewed)
            #expect(report.record.created == 2)
            #expect(report.record.assigned == 2)
            #expect(try await lintel.standings() == [])
            #expect(try await lintel.sync(property).record.outcome == .skipped)

            let turnedOn = try await lintel.operations.turnSyncOn(of: property)
            let run = try await lintel.sync(turnedOn)
            #expect(run.record.outcome == .applied)
            #expect(run.record.created == 2)
            #expect(run.record.assigned == 2)
        }
    }

    @Test(
        "Unit Sync that was off is shown as it will be when it comes on again",
        arguments: TestEngine.allCases
    )
    func unitSyncAgain(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await attached(lintel)
            try await lintel.operations.set(
                [("user-sync", "on"), ("unit-sync", "off")],
                of: property
            )
            #expect(try await lintel.sync(property).record.assigned == 0)
            let current = try await lintel.operations.property("Oak")
            let report = try await lintel.operations.previewOfTurningOn(current)
            #expect(report.record.assigned == 2)
            #expect(try await lintel.standings() == ["FirstA", "FirstB"])
        }
    }

    @Test(
        "a run is read page by page, and not through another property",
        arguments: TestEngine.allCases
    )
    func pages(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await attached(lintel)
            let run = try await lintel.sync(try await lintel.operations.turnSyncOn(of: property))
            let id = run.record.id
            let whole = try await lintel.operations.run(id.text).changes
            var positions = 0
            for first in stride(from: 0, to: whole.count, by: 2) {
                let page = try await lintel.operations.run(id, of: property, from: first, limit: 2)
                let changes = try #require(page).changes
                #expect(changes.map(\.entry.sentence) == whole[first...].prefix(2).map(\.sentence))
                #expect(changes.allSatisfy { $0.change != nil })
                positions += changes.count
            }
            #expect(positions == whole.count)
            let other = try await lintel.operations.addProperty(name: "Elm", timeZone: "UTC")
            #expect(try await lintel.operations.run(id, of: other, from: 0, limit: 2) == nil)

            let listed = try await lintel.operations.runs(
                of: property,
                outcome: .applied,
                from: 0,
                limit: 10
            )
            #expect(listed.runs.map(\.id) == [id])
            #expect(listed.tally[.applied] == 1)
            #expect(listed.tally[.failed] == nil)
        }
    }

    @Test(
        "as many assignments end with a PMS property as were said to rest on it",
        arguments: TestEngine.allCases
    )
    func detaching(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await attached(lintel)
            _ = try await lintel.sync(try await lintel.operations.turnSyncOn(of: property))
            let attachment = try #require(
                try await lintel.operations.setUp(of: property).attached.first
            )
            #expect(try await lintel.operations.assignmentsResting(on: attachment) == 2)
            let ended = try await lintel.operations.detach(
                property,
                pmsProperty: "P1",
                residents: .end
            )
            #expect(ended == 2)
            #expect(try await lintel.operations.assignmentsResting(on: attachment) == 0)
        }
    }

    @Test(
        "credentials the PMS does not accept are not stored, nor put in the place of others",
        arguments: TestEngine.allCases
    )
    func refused(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let nowhere = ConnectionSettings(
                vendor: "csv",
                values: ["directory": lintel.folder.path + "/nowhere"]
            )
            func isRefused(_ body: () async throws -> Bool) async throws -> Bool {
                do { return try await !body() } catch is OperationError { return true }
            }
            let operations = lintel.operations
            #expect(
                try await isRefused {
                    try await operations.connect(name: "new", settings: nowhere).connection != nil
                }
            )
            #expect(try await operations.connections().isEmpty)
            _ = try await attached(lintel)
            #expect(
                try await isRefused {
                    try await operations.replaceCredentials(of: "folder", with: nowhere).isStored
                }
            )
            #expect(
                try await operations.connection("folder").values["directory"] == lintel.folder.path
            )
        }
    }

    @Test(
        "what is set up is written down with who did it, and a secret is not",
        arguments: TestEngine.allCases
    )
    func writtenDown(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await attached(lintel)
            let operations = lintel.operations
            _ = try await operations.addConnection(
                name: "gateway",
                settings: ConnectionSettings(
                    vendor: "entrata",
                    values: ["organization": "demo"],
                    secrets: ["api-key": Secret("k3y-never-written-down")]
                )
            )
            try await operations.removeConnection("gateway")
            try await operations.set("brake-removals", of: property, to: "4")
            try await operations.mapStatus("Lives here", to: "current", of: property)
            try await operations.exclude("Lives here", true, of: property)
            _ = try await operations.detach(property, pmsProperty: "P1")

            let entries = try await operations.activity(of: nil, limit: 100).reversed()
            let acts = entries.map(\.act)
            #expect(
                acts == [
                    "connection added", "property added", "PMS property attached",
                    "PMS units imported", "connection added", "connection removed", "setting",
                    "lease status",
                    "lease status", "PMS property detached",
                ]
            )
            let setting = try #require(entries.first { $0.act == "setting" })
            #expect(setting.before == "3")
            #expect(setting.after == "4")
            #expect(setting.actor == .commandLine("tester"))
            let texts = entries.flatMap { [$0.subject, $0.before ?? "", $0.after ?? ""] }
            #expect(!texts.contains { $0.contains("k3y-never") })
            #expect(try await operations.faultOfAuditLog() == nil)
        }
    }
}
