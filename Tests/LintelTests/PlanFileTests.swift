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

@Suite("Preview, exact apply, undo and why")
struct PlanFileTests {
    private func settled(
        _ count: Int,
        on engine: TestEngine,
        _ body: (LintelInProcess, Property, ResidentExport) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let files = ResidentExport(households: count)
            let property = try #require(try await lintel.onboard(files).first)
            #expect(try await lintel.sync(property).record.outcome == .applied)
            lintel.clock.advance(minutes: 60)
            try await body(lintel, property, files)
        }
    }

    @Test(
        "a previewed plan is applied exactly, whatever the PMS says by then, and only once",
        arguments: TestEngine.allCases
    )
    func apply(engine: TestEngine) async throws {
        try await settled(5, on: engine) { lintel, property, files in
            var files = files
            files.residents.append(.init("R77", in: "U1"))
            try files.write(to: lintel.folder)
            let preview = try await lintel.sync(property, job: .preview)
            #expect(preview.record.created == 1)
            let data = try await lintel.operations.keepPlan(try #require(preview.document))
            files.residents.append(.init("R78", in: "U2"))
            try files.write(to: lintel.folder)

            let (document, _) = try await lintel.operations.readPlan(data)
            let applied = try await lintel.sync(property, job: .apply(document))
            #expect(applied.record.outcome == .applied)
            try await #expect(lintel.standings().contains("FirstR77 101 current 2026-01-01"))
            try await #expect(!lintel.standings().contains { $0.hasPrefix("FirstR78") })
            let again = try await lintel.sync(property, job: .apply(document))
            #expect(again.isStale)
            #expect(again.record.outcome == .failed)
            try await #expect(lintel.sync(property).record.created == 1)
        }
    }

    @Test("a plan file that was changed, or is none of ours, is refused")
    func foreign() async throws {
        try await settled(3, on: .sqlite) { lintel, property, files in
            var files = files
            files.change("R1") { $0.phone = "617-555-0100" }
            try files.write(to: lintel.folder)
            let document = try #require(try await lintel.sync(property, job: .preview).document)
            let data = try await lintel.operations.keepPlan(document)
            let text = String(decoding: data, as: UTF8.self)
            #expect(text.contains("617-555-0100"))
            let edited = Data(text.replacing("617-555-0100", with: "617-555-0199").utf8)
            for bad in [edited, Data("{}".utf8), Data()] {
                await #expect(throws: OperationError.self) {
                    try await lintel.operations.readPlan(bad)
                }
            }
        }
    }

    @Test("a plan the brake objects to is held when it is applied", arguments: TestEngine.allCases)
    func heldApply(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            for number in 1...6 { files.change("R\(number)") { $0.status = "evicted" } }
            try files.write(to: lintel.folder)
            let document = try #require(try await lintel.sync(property, job: .preview).document)
            let before = try await lintel.standings()
            let report = try await lintel.sync(property, job: .apply(document))
            #expect(report.record.outcome == .held)
            try await #expect(lintel.standings() == before)
            try await #expect(lintel.alerts(of: property).count == 1)
        }
    }

    @Test(
        "an undo restores what a run changed, and the next sync leaves it so",
        arguments: TestEngine.allCases
    )
    func undo(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            files.change("R1") { ($0.status, $0.moveOut) = ("past", "2026-06-01") }
            files.change("R2") { $0.phone = "617-555-0100" }
            files.residents.append(.init("R77", in: "U3"))
            try files.write(to: lintel.folder)
            let before = try await lintel.standings()
            let run = try await lintel.sync(property).record
            #expect((run.created, run.ended, run.updated) == (1, 1, 1))

            let preview = try await lintel.sync(property, job: .undo(run.id, isPreview: true))
            #expect(preview.plan?.isEmpty == false)
            let undo = try await lintel.sync(property, job: .undo(run.id, isPreview: false))
            #expect(undo.record.outcome == .applied)
            #expect(undo.refusals == [])
            #expect(undo.record.undoes == run.id)
            var after = try await lintel.standings()
            after.removeAll { $0.hasPrefix("FirstR77 ") }
            #expect(after == before)
            let people = try await lintel.operations.people(of: property)
            #expect(people.first { $0.person.firstName == "FirstR2" }?.person.phone == nil)
            #expect(people.first { $0.person.firstName == "FirstR77" }?.person.isArchived == true)
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
            await #expect(throws: OperationError.self) {
                try await lintel.operations.runToUndo(run.id.text)
            }

            files.change("R1") { ($0.status, $0.moveOut) = ("past", "2026-06-02") }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 1)
        }
    }

    @Test("an undo lists what something later has overwritten", arguments: TestEngine.allCases)
    func undoLater(engine: TestEngine) async throws {
        try await settled(10, on: engine) { lintel, property, files in
            var files = files
            files.change("R1") { $0.moveOut = "2026-09-30" }
            files.change("R2") { $0.moveOut = "2026-09-30" }
            try files.write(to: lintel.folder)
            let run = try await lintel.sync(property).record
            files.change("R1") { $0.moveOut = "2026-08-31" }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let undo = try await lintel.sync(property, job: .undo(run.id, isPreview: false))
            #expect(undo.plan?.changes.count == 1)
            #expect(undo.refusals.count == 1)
            #expect(undo.refusals.first?.contains("it has changed since") == true)
        }
    }

    @Test(
        "erased names leave the history's chain, and are not undone",
        arguments: TestEngine.allCases
    )
    func erase(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, files in
            var files = files
            files.change("R2") { $0.last = "Married" }
            try files.write(to: lintel.folder)
            let run = try await lintel.sync(property).record
            let later = Timestamp(milliseconds: lintel.clock.now() + 60_000)
            // As of a database from before ids were short: what is younger is kept whatever its id.
            let older = try await lintel.database.write { connection in
                try connection.execute(
                    "update changes set batch_id = '01a3185c-5000-7000-8000-000000000001' where batch_id = $1",
                    [.text(run.id.text)]
                )
                let start = Timestamp(milliseconds: lintel.clock.now() - 60_000)
                let erased = try History.erasePersonal(
                    of: property.id,
                    before: start,
                    on: connection
                )
                try connection.execute(
                    "update changes set batch_id = $1 where batch_id like '01a3185c-%'",
                    [.text(run.id.text)]
                )
                return erased
            }
            #expect(older == 4)
            let erased = try await lintel.database.write { connection in
                try History.erasePersonal(of: property.id, before: later, on: connection)
            }
            #expect(erased == 1)
            let kept = try await lintel.operations.run(run.id.text).changes
            #expect(kept.map(\.kind) == ["person"])
            let undo = try await lintel.sync(property, job: .undo(run.id, isPreview: false))
            #expect(undo.refusals.first?.contains("erased") == true)
            #expect(undo.record.outcome == .unchanged)
        }
    }

    @Test("a sync of one resident, or one PMS unit, leaves the others for the next run")
    func part() async throws {
        try await settled(6, on: .sqlite) { lintel, property, files in
            var files = files
            for number in 1...3 { files.change("R\(number)") { $0.phone = "617" } }
            try files.write(to: lintel.folder)
            let one = SyncPart.resident(PMSResidentID("R2"))
            let preview = try await lintel.sync(property, job: .part(one, isPreview: true))
            #expect(preview.plan?.changes.count == 1)
            let part = try await lintel.sync(property, job: .part(one, isPreview: false))
            #expect(part.record.updated == 1)
            let unit = SyncPart.pmsUnit(PMSUnitID("U3"))
            let second = try await lintel.sync(property, job: .part(unit, isPreview: false))
            #expect(second.record.updated == 1)
            try await #expect(lintel.sync(property).record.updated == 1)
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test("what a sync of one resident learned is forgotten when the PMS takes it back")
    func partTakenBack() async throws {
        try await settled(3, on: .sqlite) { lintel, property, files in
            let before = try await lintel.standings()
            var mistaken = files
            mistaken.change("R1") { ($0.status, $0.moveOut) = ("past", "2026-06-01") }
            for isByFile in [false, true] {
                try mistaken.write(to: lintel.folder)
                let one = SyncPart.resident(PMSResidentID("R1"))
                if isByFile {
                    let preview = try await lintel.sync(property, job: .part(one, isPreview: true))
                    let document = try #require(preview.document)
                    try await #expect(
                        lintel.sync(property, job: .apply(document)).record.ended == 1
                    )
                } else {
                    let part = SyncJob.part(one, isPreview: false)
                    try await #expect(lintel.sync(property, job: part).record.ended == 1)
                }
                try files.write(to: lintel.folder)
                try await #expect(lintel.sync(property).record.outcome == .applied)
                try await #expect(lintel.standings() == before)
            }
        }
    }

    @Test("an applied plan of one resident leaves what was done by hand for the next run")
    func partAfterAnAct() async throws {
        try await settled(3, on: .sqlite) { lintel, property, files in
            var files = files
            files.residents.append(.init("R9", in: "U3"))
            files.change("R9") { $0.status = "Visiting" }
            files.change("R1") { $0.phone = "617-555-0100" }
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.created == 0)
            _ = try await lintel.operations.mapStatus("Visiting", to: "current", of: property)
            files.change("R1") { $0.phone = "617-555-0199" }
            try files.write(to: lintel.folder)
            let one = SyncPart.resident(PMSResidentID("R1"))
            let preview = try await lintel.sync(property, job: .part(one, isPreview: true))
            let document = try #require(preview.document)
            let applied = try await lintel.sync(property, job: .apply(document)).record
            #expect((applied.created, applied.updated) == (0, 1))
            try await #expect(lintel.sync(property).record.created == 1)
        }
    }

    @Test("an applied plan of a snapshot cut short leaves what was done by hand for the next run")
    func cutAfterAnAct() async throws {
        try await settled(20, on: .sqlite) { lintel, property, files in
            _ = try await lintel.operations.addUnit(
                "Loft",
                building: "",
                floor: "",
                externalID: nil,
                to: property
            )
            try await lintel.operations.map("U20", to: "Loft", of: property)
            var files = files
            files.change("R1") { $0.phone = "617-555-0100" }
            let lines = files.residentsFile.split(separator: UInt8(ascii: "\n"))
            let cut = Data(lines.dropLast().joined(separator: [UInt8(ascii: "\n")])).dropLast(40)
            try cut.write(to: lintel.folder.appending(path: "residents.csv"))
            let document = try #require(try await lintel.sync(property, job: .preview).document)
            let applied = try await lintel.sync(property, job: .apply(document)).record
            #expect((applied.updated, applied.assigned) == (1, 0))
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.assigned == 1)
            try await #expect(
                lintel.standings().contains { $0.hasPrefix("FirstR20 Loft current") }
            )
        }
    }

    @Test("an undo opens no stay of somebody archived since", arguments: TestEngine.allCases)
    func undoOfArchived(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, files in
            var files = files
            for id in ["R1", "R2"] {
                files.change(id) { ($0.status, $0.moveOut) = ("past", "2026-06-01") }
            }
            try files.write(to: lintel.folder)
            let run = try await lintel.sync(property).record
            #expect(run.ended == 2)
            _ = try await lintel.operations.archive("resident.r1@example.com")
            let undo = try await lintel.sync(property, job: .undo(run.id, isPreview: false))
            #expect(undo.plan?.changes.count == 1)
            #expect(undo.refusals.count == 1)
            #expect(undo.refusals.first?.contains("has been archived since") == true)
            let standings = try await lintel.standings()
            #expect(standings.contains("FirstR1 101 ended 2026-01-01 2026-06-01"))
            #expect(standings.contains("FirstR2 102 current 2026-01-01"))
        }
    }

    @Test("why names the rule, the run and what the PMS says", arguments: TestEngine.allCases)
    func why(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, files in
            var files = files
            for (id, status) in [("R71", "past"), ("R72", "current"), ("R73", "current")] {
                files.residents.append(.init(id, in: "U1"))
                files.change(id) { $0.status = status }
            }
            files.change("R72") { $0.role = "guarantor" }
            files.change("R73") { $0.email = "" }
            try files.write(to: lintel.folder)
            let run = try await lintel.sync(property).record
            let person = try await lintel.operations.why("R1")
            let standing = try #require(person.first { $0.what.hasPrefix("current in") })
            #expect(standing.rule == "move-in")
            #expect(standing.pms?.contains("status “current”") == true)
            #expect(standing.run != nil)
            let past = try await lintel.operations.why("R71")
            #expect(past.first?.reason.contains("means past") == true)
            #expect(past.first?.run == run.id.text)
            try await #expect(
                lintel.operations.why("R72").first?.reason.contains("guarantor") == true
            )
            try await #expect(lintel.operations.why("R73").first?.rule == "missing-email")
            await #expect(throws: OperationError.self) { try await lintel.operations.why("R99") }
        }
    }

    @Test(
        "upcoming lists who comes and goes, and what they wait on",
        arguments: TestEngine.allCases
    )
    func upcoming(engine: TestEngine) async throws {
        try await settled(6, on: engine) { lintel, property, files in
            var files = files
            files.change("R1") { ($0.status, $0.moveOut) = ("notice", "2026-06-20") }
            files.units.append(.init("U99", name: "199"))
            files.residents.append(.init("R77", in: "U99"))
            files.change("R77") { ($0.status, $0.moveIn) = ("future", "2026-06-18") }
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let moves = try await lintel.operations.upcoming(days: 14, of: property)
            #expect(moves.map(\.date) == ["2026-06-18", "2026-06-20"])
            #expect(moves.map(\.kind) == [.moveIn, .moveOut])
            #expect(moves.map(\.waitsOn) == ["Unmapped Unit", nil])
            #expect(moves.map(\.unit) == ["PMS unit 199", "101"])
            #expect(moves.allSatisfy { !$0.name.isEmpty })
            try await #expect(lintel.operations.upcoming(days: 2, of: property).isEmpty)
        }
    }

    @Test(
        "a PMS property whose code changed keeps residents, units and mapping",
        arguments: TestEngine.allCases
    )
    func renamed(engine: TestEngine) async throws {
        try await settled(6, on: engine) { lintel, property, files in
            var files = files
            let before = try await lintel.standings()
            for index in files.units.indices { files.units[index].property = "NEW" }
            for index in files.residents.indices { files.residents[index].property = "NEW" }
            try files.write(to: lintel.folder)
            try await lintel.operations.attach(
                property,
                to: "folder",
                pmsProperties: ["NEW"],
                replacing: "P1"
            )
            let report = try await lintel.sync(property)
            #expect(report.record.outcome == .unchanged)
            #expect(report.record.alertsOpen == 0)
            try await #expect(lintel.standings() == before)
        }
    }

    @Test(
        "the people of a detached PMS property freeze until keep or end is chosen",
        arguments: TestEngine.allCases,
        [Operations.DetachedResidents.keep, .end]
    )
    func detach(engine: TestEngine, choice: Operations.DetachedResidents) async throws {
        try await settled(3, on: engine) { lintel, property, _ in
            let before = try await lintel.standings()
            _ = try await lintel.operations.detach(property, pmsProperty: "P1")
            try await #expect(lintel.standings() == before)
            let count = try await lintel.operations.detach(
                property,
                pmsProperty: "P1",
                residents: choice
            )
            #expect(count == 3)
            let open = try await lintel.operations.people(of: property).compactMap(\.assignment)
                .filter(\.isOpen)
            #expect(open.map(\.source) == (choice == .keep ? [.manual, .manual, .manual] : []))
        }
    }

    @Test("a PMS that fails is told in its words, and after three days that facts are old")
    func failing() async throws {
        try await settled(3, on: .sqlite) { lintel, property, files in
            let residents = lintel.folder.appending(path: "residents.csv")
            try FileManager.default.removeItem(at: residents)
            try await #expect(lintel.sync(property).record.outcome == .failed)
            try await #expect(
                lintel.alerts(of: property).map { $0.prefix(18) } == ["connection-failing"]
            )
            lintel.clock.advance(minutes: 73 * 60)
            _ = try await lintel.sync(property)
            let kinds = try await lintel.operations.alerts(of: property).map(\.alert.draft.kind)
            #expect(kinds == [.connectionFailing, .dataIsOld])
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.alertsOpen == 0)
        }
    }
}
