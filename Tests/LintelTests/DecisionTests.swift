import Foundation
import LintelModel
import LintelTesting
import Operations
import Reconciliation
import SQLEngine
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("Decisions, through storage")
struct DecisionTests {
    /// A property of so many households, synced once.
    private func settled(
        _ count: Int,
        on engine: TestEngine,
        _ body: (LintelInProcess, Property, ResidentExport) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let files = ResidentExport(households: count)
            let property = try #require(try await lintel.onboard(files).first)
            let report = try await lintel.sync(property)
            #expect(report.record.outcome == .applied)
            lintel.clock.advance(minutes: 60)
            try await body(lintel, property, files)
        }
    }

    /// The id of the one open alert of that kind.
    private func alert(
        _ kind: AlertDraft.Kind,
        _ lintel: LintelInProcess,
        _ property: Property
    ) async throws -> String {
        let all = try await lintel.operations.alerts(of: property)
        return try #require(all.first { $0.alert.draft.kind == kind }).alert.id
    }

    @Test(
        "the chosen holder of a shared address is brought in, the other stays listed",
        arguments: TestEngine.allCases
    )
    func chooseHolder(engine: TestEngine) async throws {
        try await settled(3, on: engine) { lintel, property, files in
            var files = files
            for id in ["R8", "R9"] {
                files.residents.append(.init(id, in: "U1"))
                files.change(id) { $0.email = "both@example.com" }
            }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.created == 0)
            let id = try await alert(.duplicateEmails, lintel, property)
            await #expect(throws: OperationError.self) {
                try await lintel.operations.resolve(id, with: .chooseHolder, value: "R1")
            }
            await #expect(throws: OperationError.self) {
                try await lintel.operations.resolve(id, with: .chooseHolder, value: nil)
            }
            await #expect(throws: OperationError.self) {
                try await lintel.operations.resolve(id, with: .merge, value: nil)
            }
            _ = try await lintel.operations.resolve(id, with: .chooseHolder, value: "R9")
            try await #expect(lintel.sync(property).record.created == 1)
            try await #expect(lintel.standings().contains("FirstR9 101 current 2026-01-01"))
            try await #expect(!lintel.standings().contains { $0.hasPrefix("FirstR8") })
            _ = try await alert(.duplicateEmails, lintel, property)
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test(
        "an address changed in the PMS keeps the account where somebody decides so",
        arguments: TestEngine.allCases
    )
    func usePMSEmail(engine: TestEngine) async throws {
        try await settled(3, on: engine) { lintel, property, files in
            var files = files
            files.change("R2") { $0.email = "new@example.com" }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let before = try await lintel.operations.person("R2".emailOfTests).entries
            let id = try await alert(.emailMismatch, lintel, property)
            _ = try await lintel.operations.resolve(id, with: .usePMSEmail, value: nil)
            try await #expect(lintel.sync(property).record.updated == 1)
            let after = try await lintel.operations.person("new@example.com").entries
            #expect(before.first?.person.id == after.first?.person.id)
            try await #expect(lintel.alerts(of: property) == [])
        }
    }

    @Test(
        "a record recycled for somebody else hands the address over to a new person",
        arguments: TestEngine.allCases
    )
    func handOver(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, files in
            var files = files
            files.change("R2") { ($0.first, $0.last) = ("Newman", "Other") }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let id = try await alert(.nameMismatch, lintel, property)
            _ = try await lintel.operations.resolve(id, with: .handOverEmail, value: nil)
            let report = try await lintel.sync(property)
            #expect((report.record.created, report.record.ended) == (1, 1))
            let people = try await lintel.operations.people(of: property)
            let holder = people.filter { $0.person.email == "R2".emailOfTests }
            #expect(holder.map(\.person.firstName) == ["Newman"])
            let old = people.filter { $0.person.firstName == "FirstR2" }
            #expect(old.allSatisfy { $0.person.isArchived && $0.assignment?.isOpen == false })
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test(
        "a held plan passes once approved, and without removals when so decided",
        arguments: TestEngine.allCases,
        [WayOut.approve, .applyWithoutRemovals]
    )
    func held(engine: TestEngine, way: WayOut) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            for number in 1...5 { files.change("R\(number)") { $0.status = "evicted" } }
            files.residents.append(.init("R77", in: "U7"))
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.outcome == .held)
            let id = try await alert(.heldPlan, lintel, property)
            let plan = try #require(try await lintel.operations.alert(id).heldPlan)
            #expect(plan.contains("5 ended"))
            _ = try await lintel.operations.resolve(id, with: way, value: nil)
            let report = try await lintel.sync(property)
            #expect(report.record.outcome == .applied)
            #expect(report.record.created == 1)
            #expect(report.record.ended == (way == .approve ? 5 : 0))
            try await #expect(lintel.alerts(of: property) == [])
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
            // One more is one of the few that pass by themselves: what was approved does not count.
            files.change("R6") { $0.status = "evicted" }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 1)
        }
    }

    @Test(
        "a held plan that was discarded stays held without asking again",
        arguments: TestEngine.allCases
    )
    func discard(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            for number in 1...6 { files.change("R\(number)") { $0.status = "evicted" } }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let id = try await alert(.heldPlan, lintel, property)
            _ = try await lintel.operations.resolve(id, with: .discard, value: nil)
            try await #expect(lintel.sync(property).record.outcome == .held)
            try await #expect(lintel.alerts(of: property) == [])
            files.change("R7") { $0.status = "evicted" }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.outcome == .held)
            try await #expect(lintel.alerts(of: property).count == 1)
        }
    }

    @Test(
        "a word is mapped, excluded and included; an ending goes on though its word is excluded",
        arguments: TestEngine.allCases
    )
    func statuses(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            files.change("R1") { $0.status = "Skipped" }
            files.residents.append(.init("R77", in: "U7"))
            files.change("R77") { $0.status = "Waiting" }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            try await #expect(
                lintel.alerts(of: property).map { $0.hasPrefix("unknown-status") } == [true, true]
            )
            try await lintel.operations.mapStatus("skipped", to: "past", of: property)
            try await lintel.operations.exclude("Waiting", true, of: property)
            await #expect(throws: OperationError.self) {
                try await lintel.operations.mapStatus("Waiting", to: "sleeping", of: property)
            }
            let report = try await lintel.sync(property)
            #expect((report.record.ended, report.record.alertsOpen) == (1, 0))
            let words = try await lintel.operations.statuses(of: property)
            #expect(words.first { $0.word == "Skipped" }?.meaning.status == .past)
            #expect(words.first { $0.word == "current" }?.residents == 9)
            try await lintel.operations.mapStatus("Waiting", to: "current", of: property)
            try await lintel.operations.exclude("Waiting", false, of: property)
            try await #expect(lintel.sync(property).record.created == 1)
            try await lintel.operations.exclude("current", true, of: property)
            files.change("R2") { $0.phone = "617-555-0100" }
            files.change("R3") { ($0.status, $0.moveOut) = ("past", "2026-06-01") }
            try files.write(to: lintel.folder)
            let frozen = try await lintel.sync(property)
            #expect((frozen.record.updated, frozen.record.ended) == (0, 1))
            #expect(frozen.record.message.contains("8 residents are left as they are"))
        }
    }

    @Test("a unit in which somebody stands is never deleted", arguments: TestEngine.allCases)
    func deleteUnit(engine: TestEngine) async throws {
        try await settled(3, on: engine) { lintel, property, _ in
            let before = try await lintel.standings()
            let units = try await lintel.operations.units(of: property)
            let unit = try #require(units.first { $0.name == "101" })
            _ = try await lintel.operations.unmap("U1", of: property, residents: .keep)
            await #expect(throws: OperationError.self) {
                try await lintel.operations.deleteUnit("101", of: property)
            }
            // Though nobody looked, or somebody was put there since.
            await #expect(throws: SQLError.self) {
                try await lintel.database.write { try Units.delete(unit.id, on: $0) }
            }
            try await #expect(lintel.standings() == before)
            _ = try await lintel.operations.unassign("R1", from: "101", of: property)
            try await lintel.operations.deleteUnit("101", of: property)
            try await #expect(lintel.operations.units(of: property).count == 2)
        }
    }

    @Test(
        "who is archived stays so in each property that speaks of them",
        arguments: TestEngine.allCases
    )
    func archivedInTwoProperties(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            var files = ResidentExport(households: 3)
            let annex = ResidentExport(households: 2, of: "P2", prefix: "A")
            files.units += annex.units
            files.residents += annex.residents
            files.residents.append(.init("R1", in: "AU1", of: "P2"))
            let properties = try await lintel.onboard(files)
            for property in properties { _ = try await lintel.sync(property) }
            try await #expect(lintel.standings().count { $0.hasPrefix("FirstR1 ") } == 2)
            #expect(try await lintel.operations.archive("R1".emailOfTests).changes == 3)
            for hours in [1, 24] {
                lintel.clock.advance(minutes: hours * 60)
                for property in properties {
                    let record = try await lintel.sync(property).record
                    #expect((record.assigned, record.updated) == (0, 0))
                }
                let people = try await lintel.operations.people(of: properties[0])
                let archived = people.first { $0.person.firstName == "FirstR1" }
                #expect(archived?.person.isArchived == true)
            }
        }
    }

    @Test(
        "who is taken out, archived or put in by hand stays so until the PMS says something else",
        arguments: TestEngine.allCases
    )
    func byHand(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            let operations = lintel.operations
            var files = files
            #expect(try await operations.unassign("R1", from: "101", of: property).pins == 1)
            #expect(try await operations.archive("R2".emailOfTests).changes == 2)
            _ = try await operations.assign(
                "R3",
                to: "104",
                of: nil,
                from: "2026-07-01",
                until: "2026-07-05"
            )
            await #expect(throws: OperationError.self) {
                try await operations.assign("R3", to: "103", of: nil, from: nil, until: nil)
            }
            await #expect(throws: OperationError.self) {
                try await operations.unassign("R1", from: "101", of: property)
            }
            try await #expect(operations.stillLiving("R1").count == 1)
            let report = try await lintel.sync(property)
            #expect((report.record.assigned, report.record.ended) == (0, 0))
            try await #expect(
                lintel.standings().contains("FirstR1 101 ended 2026-01-01 2026-06-15")
            )
            try await #expect(lintel.standings().contains("FirstR3 104 upcoming 2026-07-01"))
            files.change("R1") { $0.moveIn = "2026-02-01" }
            files.change("R2") { $0.status = "notice" }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.assigned == 2)
            lintel.clock.advance(minutes: 17 * 24 * 60)
            _ = try await lintel.sync(property)
            try await #expect(lintel.standings().contains("FirstR3 104 current 2026-07-01"))
            lintel.clock.advance(minutes: 5 * 24 * 60)
            _ = try await lintel.sync(property)
            try await #expect(
                lintel.standings().contains("FirstR3 104 ended 2026-07-01 2026-07-05")
            )
        }
    }

    @Test(
        "a pin that is released lets the PMS have its way again",
        arguments: TestEngine.allCases
    )
    func release(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, _ in
            _ = try await lintel.operations.unassign("R1", from: "101", of: property)
            try await #expect(lintel.sync(property).record.assigned == 0)
            let pin = try #require(try await lintel.operations.pins(of: property).first)
            try await lintel.operations.releasePin(pin.pin.id.text, of: property)
            try await #expect(lintel.sync(property).record.assigned == 1)
            await #expect(throws: OperationError.self) {
                try await lintel.operations.releasePin(pin.pin.id.text, of: property)
            }
        }
    }
}

extension String {
    /// The invented address of a resident of a test's export.
    fileprivate var emailOfTests: String { "resident.\(lowercased())@example.com" }
}
