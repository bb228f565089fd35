import Foundation
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("The people of a property, through storage")
struct PeoplePageTests {
    /// Two properties in which a good deal has gone on: moves, endings, archiving, people of both, and PMS records
    /// that are nobody.
    private func messy(
        on engine: TestEngine,
        _ body: (LintelInProcess, Property, Property) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            var files = ResidentExport(households: 8)
            let other = ResidentExport(households: 3, of: "P2", prefix: "B")
            files.units += other.units
            files.residents += other.residents
            // At both properties, by name and address.
            files.change("BR1") {
                ($0.first, $0.last, $0.email) = ("FirstR1", "LastR1", "R1".emailOfTests)
            }
            files.change("R2") { ($0.status, $0.moveIn) = ("future", "2030-01-01") }
            files.change("R3") { ($0.first, $0.last) = ("Núñez", "O'Brien-Łukasz") }
            files.change("R4") { $0.email = "" }
            files.change("R5") { $0.status = "applicant" }
            files.residents.append(.init("R9", in: "U90"))
            files.units.append(.init("U90", name: "190"))
            let properties = try await lintel.onboard(files)
            let (property, second) = (properties[0], properties[1])
            _ = try await lintel.operations.unmap("U90", of: property, residents: .unassign)
            for property in properties { _ = try await lintel.sync(property) }
            files.change("R6") { ($0.status, $0.moveOut) = ("past", "2026-02-01") }
            files.change("R7") { $0.unit = "U8" }
            try files.write(to: lintel.folder)
            lintel.clock.advance(minutes: 60)
            _ = try await lintel.sync(property)
            _ = try await lintel.operations.archive("R8".emailOfTests)
            _ = try await lintel.operations.assign(
                "R7".emailOfTests,
                to: "101",
                of: property,
                from: "2030-05-01",
                until: nil
            )
            try await body(lintel, property, second)
        }
    }

    @Test("are those of the list of everything, standing alike", arguments: TestEngine.allCases)
    func agrees(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, second in
            for property in [property, second] {
                let listed = Dictionary(
                    grouping: try await lintel.operations.people(of: property),
                    by: \.person.id
                )
                let entries = try await lintel.operations.peopleIndex(of: property).entries
                #expect(entries.count == listed.count)
                for entry in entries {
                    let rows = try #require(listed[entry.person])
                    let states = Set(rows.compactMap(\.assignment?.state))
                    #expect(entry.isCurrent == states.contains(.current))
                    #expect(entry.isUpcoming == states.contains(.upcoming))
                    #expect(entry.isArchived == rows.first?.person.isArchived)
                }
                let rows = try await lintel.operations.rows(of: entries, at: property)
                #expect(
                    Set(rows.flatMap(\.stays).map(\.assignment.id))
                        == Set(listed.values.joined().compactMap(\.assignment?.id))
                )
            }
        }
    }

    @Test("are filtered by how they stand", arguments: TestEngine.allCases)
    func filters(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, _ in
            let index = try await lintel.operations.peopleIndex(of: property)
            func names(_ show: PeopleIndex.Show) async throws -> Set<String> {
                let entries = index.entries.filter { $0.isShown(in: show) }
                return Set(
                    try await lintel.operations.rows(of: entries, at: property)
                        .map(\.person.firstName)
                )
            }
            // Who moves within the property is current and upcoming at once.
            try await #expect(names(.current) == ["FirstR1", "Núñez", "FirstR7"])
            try await #expect(names(.upcoming) == ["FirstR2", "FirstR7"])
            try await #expect(names(.past) == ["FirstR6"])
            try await #expect(names(.archived) == ["FirstR8"])
            try await #expect(names(.unplaced) == ["FirstR9"])
        }
    }

    @Test(
        "are found by words of the name in any order and spelling, or by a part of the address",
        arguments: TestEngine.allCases
    )
    func searches(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, _ in
            let index = try await lintel.operations.peopleIndex(of: property)
            for text in ["nunez", "obrien", "O’BRIEN Núñez", "lukasz, nun", "Resident.R3@"] {
                #expect(index.found(SoughtText(text)).count == 1, "\(text)")
            }
            for text in ["nunez smith", "%", "_", "!"] {
                #expect(index.found(SoughtText(text)).isEmpty, "\(text)")
                try await #expect(lintel.operations.find(text, of: property).isEmpty, "\(text)")
            }
            #expect(index.found(SoughtText(" ")).count == index.entries.count)
        }
    }

    @Test(
        "are found with the PMS records that are nobody here, which say why",
        arguments: TestEngine.allCases,
        [
            ("LastR4", "Missing Email"), ("r5", "applicant"), ("firstr5 lastr5", "applicant"),
            ("resident.r5@example", "applicant"),
        ]
    )
    func whyNot(engine: TestEngine, sought: (text: String, reason: String)) async throws {
        try await messy(on: engine) { lintel, property, second in
            let found = try await lintel.operations.find(sought.text, of: property)
            #expect((found.peopleCount, found.recordCount) == (0, 1))
            let why = try #require(found.records.first?.why.first)
            #expect("\(why.what) \(why.reason)".contains(sought.reason))
            // They are nobody's business at another property.
            try await #expect(lintel.operations.find(sought.text, of: second).isEmpty)
        }
    }

    @Test(
        "are found by their PMS id and by the name the PMS has",
        arguments: TestEngine.allCases
    )
    func byStated(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, second in
            let operations = lintel.operations
            let found = try await operations.find("r7", of: property)
            #expect(found.people.map(\.person.firstName).contains("FirstR7"))
            try await #expect(operations.find("BR1", of: second).peopleCount == 1)
            try await #expect(operations.find("BR1", of: property).peopleCount == 0)
            let units = try await operations.find("10", of: property)
            #expect(units.unitCount > 0 && units.unitCount == units.units.count)
        }
    }

    @Test(
        "tell nothing of other properties, and are nobody where they never were",
        arguments: TestEngine.allCases
    )
    func scope(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, second in
            let operations = lintel.operations
            let both = try await operations.person("R1".emailOfTests).entries
            let id = try #require(both.first).person.id
            #expect(both.count == 2)
            for (place, resident) in [(property, "R1"), (second, "BR1")] {
                let record = try #require(try await operations.record(of: id, at: place))
                #expect(record.residencies.map(\.resident.text) == [resident])
                #expect(record.stays.count == 1 && record.otherProperties == 1)
                let told = record.why.map { "\($0.what) \($0.reason) \($0.pms ?? "")" }
                #expect(!told.isEmpty)
                #expect(!told.joined().contains(resident == "R1" ? "BR1" : " R1 "))
            }
            let alone = try await operations.person("R7".emailOfTests).entries
            let only = try #require(alone.first).person.id
            try await #expect(operations.record(of: only, at: second) == nil)
            try await #expect(operations.record(of: PersonID("nobody"), at: second) == nil)
        }
    }

    @Test(
        "are archived only by whoever reaches every property they belong to",
        arguments: TestEngine.allCases
    )
    func archiving(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, second in
            let operations = lintel.operations
            let email = "R1".emailOfTests
            let before = try await lintel.standings()
            await #expect(throws: OperationError.self) {
                try await operations.archive(email, within: .properties([property.id]))
            }
            try await #expect(lintel.standings() == before)
            let act = try await operations.archive(
                email,
                within: .properties([property.id, second.id])
            )
            // The person, and an assignment at each property.
            #expect(act.changes == 3)
        }
    }

    @Test("have what was done to them written down", arguments: TestEngine.allCases)
    func audit(engine: TestEngine) async throws {
        try await messy(on: engine) { lintel, property, _ in
            let operations = lintel.operations
            _ = try await operations.unassign("R3".emailOfTests, from: "103", of: property)
            let entries = try await operations.activity(of: property, limit: 50)
                .filter { $0.act.hasPrefix("person ") }
            #expect(
                entries.map(\.act) == [
                    "person unassigned", "person assigned", "person archived",
                ]
            )
            let person = try #require(try await operations.person("R3".emailOfTests).entries.first)
            #expect(entries.first?.subject == person.person.id.text)
            #expect(entries.first?.after?.contains("103") == true)
            // By id alone: names can be erased.
            #expect(!entries.contains { ($0.after ?? "").contains("Núñez") })
            try await #expect(operations.faultOfAuditLog() == nil)
        }
    }

    @Test(
        "show what a sync of one resident would do, and leave it undone",
        arguments: TestEngine.allCases
    )
    func preview(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            var files = ResidentExport(households: 4)
            let property = try #require(try await lintel.onboard(files).first)
            _ = try await lintel.sync(property)
            files.change("R1") { ($0.status, $0.moveOut) = ("past", "2026-02-01") }
            files.change("R2") { $0.phone = "+1 2025550143" }
            try files.write(to: lintel.folder)
            lintel.clock.advance(minutes: 60)
            let before = try await lintel.standings()
            let preview = try await lintel.operations.previewSync(
                of: PMSResidentID("R1"),
                of: nil,
                at: property
            )
            #expect(preview.changes.map(\.kind) == [.ends])
            #expect(preview.changes.first?.what.hasPrefix("FirstR1 LastR1 in 101") == true)
            #expect(preview.changes.first?.why.isEmpty == false)
            try await #expect(lintel.standings() == before)
        }
    }
}

extension String {
    /// The address that an export of tests invents for a resident's id.
    fileprivate var emailOfTests: String { "resident.\(lowercased())@example.com" }
}
