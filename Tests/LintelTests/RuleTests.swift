import Foundation
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("The sync rules, through storage")
struct RuleTests {
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
            #expect(report.record.assigned == count)
            lintel.clock.advance(minutes: 60)
            try await body(lintel, property, files)
        }
    }

    @Test(
        "an absence counts after two complete snapshots 45 minutes apart",
        arguments: TestEngine.allCases
    )
    func absence(engine: TestEngine) async throws {
        try await settled(20, on: engine) { lintel, property, files in
            var files = files
            let before = try await lintel.standings()
            files.remove("R1")
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 0)
            lintel.clock.advance(minutes: 44)
            try await #expect(lintel.sync(property).record.ended == 0)
            try await #expect(lintel.standings() == before)
            lintel.clock.advance(minutes: 2)
            try await #expect(lintel.sync(property).record.ended == 1)
            let after = try await lintel.standings()
            #expect(after.contains("FirstR1 101 ended 2026-01-01 2026-06-15"))
            #expect(after.count == 20)
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test(
        "a resident of whom one row cannot be read is planned whole once all of them can",
        arguments: TestEngine.allCases
    )
    func halfRead(engine: TestEngine) async throws {
        try await settled(6, on: engine) { lintel, property, files in
            var files = files
            files.residents.append(.init("R1", in: "U2"))
            files.residents[files.residents.count - 1].lease = "second"
            try files.write(to: lintel.folder)
            _ = try await lintel.sync(property)
            let before = try await lintel.standings()
            try #require(before.count { $0.hasPrefix("FirstR1 ") } == 2)
            // The second lease ends while the first cannot be read.
            files.residents[files.residents.count - 1].status = "past"
            files.residents[files.residents.count - 1].moveOut = "2026-06-10"
            let whole = files
            files.residents[0].moveIn = "2026-02-30"
            try files.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 0)
            try await #expect(lintel.standings() == before)
            try whole.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 1)
            try await #expect(
                lintel.standings().contains("FirstR1 102 ended 2026-01-01 2026-06-10")
            )
        }
    }

    @Test(
        "somebody seen again between two snapshots was never absent",
        arguments: TestEngine.allCases
    )
    func back(engine: TestEngine) async throws {
        try await settled(20, on: engine) { lintel, property, files in
            var missing = files
            missing.remove("R1")
            for export in [missing, files, missing] {
                try export.write(to: lintel.folder)
                lintel.clock.advance(minutes: 60)
                try await #expect(lintel.sync(property).record.ended == 0)
            }
        }
    }

    @Test(
        "an incomplete snapshot ends nobody, however often it comes",
        arguments: TestEngine.allCases
    )
    func incomplete(engine: TestEngine) async throws {
        try await settled(6, on: engine) { lintel, property, files in
            let before = try await lintel.standings()
            var files = files
            files.remove("R1")
            try files.write(to: lintel.folder)
            let whole = files.residentsFile
            try whole.prefix(whole.count - 40).write(
                to: lintel.folder.appending(path: "residents.csv")
            )
            for _ in 1...3 {
                let report = try await lintel.sync(property)
                #expect(report.record.ended == 0)
                #expect(!report.notes.isEmpty)
                lintel.clock.advance(minutes: 60)
            }
            try await #expect(lintel.standings() == before)
        }
    }

    @Test(
        "a transfer begins the new assignment and ends the old in one run",
        arguments: TestEngine.allCases
    )
    func transfer(engine: TestEngine) async throws {
        try await settled(20, on: engine) { lintel, property, files in
            var files = files
            files.units.append(.init("U99", name: "199"))
            try files.write(to: lintel.folder)
            _ = try await lintel.operations.importPMSUnits(of: property)
            files.change("R1") { $0.unit = "U99" }
            try files.write(to: lintel.folder)
            let report = try await lintel.sync(property)
            #expect(report.record.outcome == .applied)
            let after = try await lintel.standings().filter { $0.hasPrefix("FirstR1 ") }
            #expect(after.count == 2)
            #expect(after.contains { $0.hasPrefix("FirstR1 199 current") })
            #expect(after.contains { $0.hasPrefix("FirstR1 101 ended") })
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test("a changed mapping moves its residents in the next run", arguments: TestEngine.allCases)
    func remapping(engine: TestEngine) async throws {
        try await settled(20, on: engine) { lintel, property, _ in
            _ = try await lintel.operations.addUnit(
                "Loft",
                building: "",
                floor: "",
                externalID: nil,
                to: property
            )
            try await lintel.operations.map("U3", to: "Loft", of: property)
            let before = try await lintel.standings()
            #expect(before.contains("FirstR3 103 current 2026-01-01"))
            try await #expect(lintel.sync(property).record.outcome == .applied)
            let after = try await lintel.standings().filter { $0.hasPrefix("FirstR3 ") }
            #expect(after.contains { $0.hasPrefix("FirstR3 Loft current") })
            #expect(after.filter { $0.contains("current") }.count == 1)
            try await #expect(lintel.sync(property).record.outcome == .unchanged)
        }
    }

    @Test(
        "an unmapped unit is listed with how many wait, until it is mapped",
        arguments: TestEngine.allCases
    )
    func unmapped(engine: TestEngine) async throws {
        try await settled(5, on: engine) { lintel, property, files in
            var files = files
            files.units.append(.init("U99", name: "199"))
            files.residents.append(.init("R98", in: "U99"))
            files.residents.append(.init("R99", in: "U99"))
            try files.write(to: lintel.folder)
            let report = try await lintel.sync(property)
            #expect(report.record.created == 2)
            #expect(report.record.alertsOpen == 1)
            let alerts = try await lintel.alerts(of: property)
            #expect(alerts.count == 1)
            #expect(alerts[0].hasPrefix("unmapped-unit:"))
            #expect(alerts[0].contains("2 residents"))
            try await #expect(lintel.standings().contains("FirstR98"))
            _ = try await lintel.operations.importPMSUnits(of: property)
            let mended = try await lintel.sync(property)
            #expect(mended.record.assigned == 2)
            #expect(mended.record.alertsOpen == 0)
            try await #expect(lintel.standings().contains("FirstR98 199 current 2026-01-01"))
        }
    }

    @Test(
        "an empty list is held and changes nobody; the next good one closes the alert",
        arguments: TestEngine.allCases
    )
    func emptyList(engine: TestEngine) async throws {
        try await settled(8, on: engine) { lintel, property, files in
            let before = try await lintel.standings()
            var nobody = files
            nobody.residents = []
            try nobody.write(to: lintel.folder)
            for _ in 1...3 {
                let report = try await lintel.sync(property)
                #expect(report.record.outcome == .held)
                #expect(report.record.message.contains("lists no residents"))
                try await #expect(lintel.alerts(of: property).count == 1)
                lintel.clock.advance(minutes: 60)
            }
            try await #expect(lintel.standings() == before)
            try files.write(to: lintel.folder)
            let good = try await lintel.sync(property)
            #expect(good.record.outcome == .unchanged)
            #expect(good.record.alertsOpen == 0)
            try await #expect(lintel.alerts(of: property) == [])
            try await #expect(lintel.standings() == before)
        }
    }

    @Test(
        "12 of 20 vanishing is held, and a list that has them again is applied",
        arguments: TestEngine.allCases
    )
    func manyVanish(engine: TestEngine) async throws {
        try await settled(20, on: engine) { lintel, property, files in
            let before = try await lintel.standings()
            var few = files
            few.residents.removeFirst(12)
            try few.write(to: lintel.folder)
            try await #expect(lintel.sync(property).record.ended == 0)
            lintel.clock.advance(minutes: 60)
            let held = try await lintel.sync(property)
            #expect(held.record.outcome == .held)
            #expect(held.record.message.contains("12 of 20"))
            try await #expect(lintel.standings() == before)
            var good = files
            good.change("R20") { $0.status = "past" }
            try good.write(to: lintel.folder)
            let applied = try await lintel.sync(property)
            #expect(applied.record.outcome == .applied)
            #expect(applied.record.ended == 1)
            try await #expect(lintel.alerts(of: property) == [])
            try await #expect(
                lintel.standings().filter { $0.contains("ended") }.map { $0.prefix(8) } == [
                    "FirstR20"
                ]
            )
        }
    }

    @Test(
        "one person of two properties is one person, brought in side by side",
        arguments: TestEngine.allCases
    )
    func shared(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            var files = ResidentExport(households: 20, of: "P1", prefix: "A")
            let second = ResidentExport(households: 20, of: "P2", prefix: "B")
            files.units += second.units
            for number in 1...20 {
                var resident = ResidentExport.Resident("BR\(number)", in: "BU\(number)", of: "P2")
                resident.first = "FirstAR\(number)"
                resident.last = "LastAR\(number)"
                resident.email = "resident.ar\(number)@example.com"
                files.residents.append(resident)
            }
            let properties = try await lintel.onboard(files)
            let reports = await lintel.engine.sync(properties, observer: EventLog())
            #expect(reports.map(\.record.outcome) == [.applied, .applied])
            #expect(reports.reduce(0) { $0 + $1.record.created } == 20)
            #expect(reports.reduce(0) { $0 + $1.record.linked } >= 20)
            let entries = try await lintel.operations.people(of: nil)
            #expect(Set(entries.map(\.person.id)).count == 20)
            #expect(entries.count == 40)
            #expect(entries.allSatisfy { $0.assignment?.state == .current })
            let again = await lintel.engine.sync(properties, observer: EventLog())
            #expect(again.map(\.record.outcome) == [.unchanged, .unchanged])

            for index in files.residents.indices { files.residents[index].phone = "+1 2025550143" }
            try files.write(to: lintel.folder)
            let changed = await lintel.engine.sync(properties, observer: EventLog())
            #expect(!changed.map(\.record.outcome).contains(.failed))
            let people = try await lintel.operations.people(of: nil)
            #expect(Set(people.map(\.person.phone)) == ["+1 2025550143"])
            #expect(people.count == 40)
        }
    }

    @Test(
        "User Sync off skips a property, Unit Sync off leaves every assignment",
        arguments: TestEngine.allCases
    )
    func switches(engine: TestEngine) async throws {
        try await settled(4, on: engine) { lintel, property, files in
            var files = files
            try await lintel.operations.set("unit-sync", of: property, to: "off")
            files.change("R1") {
                $0.status = "past"
                $0.phone = "+1 2025550143"
            }
            try files.write(to: lintel.folder)
            let before = try await lintel.standings()
            try await #expect(lintel.sync(property).record.ended == 0)
            try await #expect(lintel.standings() == before)
            let current = try await lintel.operations.property(property.id.text)
            try await lintel.operations.set("user-sync", of: current, to: "off")
            try await #expect(lintel.sync(property).record.outcome == .skipped)
        }
    }
}
