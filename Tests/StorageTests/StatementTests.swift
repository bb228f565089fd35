import Foundation
import LintelModel
import LintelTesting
import Operations
import SQLEngine
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

@Suite("The statements of the directory")
struct StatementTests {
    /// Lists and exports of everything, which read whole tables because that is what is asked for.
    private static let wholeLists = [
        "select l.person_id, r.resident_id, coalesce(w.status, r.status),",
        "select a.id, a.person_id, a.unit_id, a.state, a.source, a.from_on, a.until_on, a.ended_at,",
        "select id, first_name, last_name, email, phone, is_archived, version from people order by id",
        "select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,",
    ]

    private static let growing: Set = [
        "people", "residencies", "assignments", "changes", "runs", "resident_links", "audit_log",
        "sessions", "pins",
    ]

    /// Indexes of the few rows that something is still to be done with, however long their table grows.
    private static let partialIndexes = ["runs_running"]

    @Test(
        "are accepted by the engine, and none that a sync needs reads a growing table to its end",
        arguments: TestEngine.allCases
    )
    func plans(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let recording = RecordingDatabase(database)
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "lintel-statements-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await LintelInProcess.with(recording, in: folder) { try await useEverything($0) }

            let statements = recording.statements
            #expect(statements.count > 60)
            try await database.read { connection in
                for statement in statements {
                    guard let plan = try connection.queryPlan(statement) else { continue }
                    let isWhole = Self.wholeLists.contains { list in
                        statement.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                            .hasPrefix(list)
                    }
                    if isWhole { continue }
                    for step in plan where Self.scans(step, in: statement) {
                        Issue.record("\(step), in: \(statement.text)")
                    }
                }
            }
        }
    }

    /// Whether a step reads a growing table, or an alias of one, from beginning to end.
    private static func scans(_ step: String, in statement: SQLStatement) -> Bool {
        let words = step.split(separator: " ").map(String.init)
        guard words.first == "SCAN", words.count > 1 else { return false }
        if let index = words.last, partialIndexes.contains(index) { return false }
        if growing.contains(words[1]) { return true }
        let text = statement.text.split(whereSeparator: \.isWhitespace).map(String.init)
        return text.indices.contains { index in
            index > 0 && text[index].trimmingCharacters(in: .punctuationCharacters) == words[1]
                && growing.contains(text[index - 1])
        }
    }

    /// Does everything a person or a schedule can have done to a directory.
    private func useEverything(_ lintel: LintelInProcess) async throws {
        var files = ResidentExport(households: 12)
        let other = ResidentExport(households: 4, of: "P2", prefix: "B")
        files.units += other.units
        files.residents += other.residents
        let properties = try await lintel.onboard(files)
        let property = try #require(properties.first)
        let operations = lintel.operations
        func sync(preview: Bool = false) async throws {
            lintel.clock.advance(minutes: 60)
            let report = try await lintel.sync(property, job: preview ? .preview : .sync)
            #expect(report.record.outcome != .failed, "\(report.record.message)")
        }
        try await sync(preview: true)
        try await sync()
        try await sync()
        // Changed, moved, gone, unmapped, without an address, shared with another property.
        files.change("R1") { $0.phone = "+1 2025550143" }
        files.change("R2") { $0.unit = "U1" }
        files.change("R3") { $0.status = "past" }
        files.change("R4") { $0.email = "another@example.com" }
        files.change("BR1") {
            $0.first = "FirstR5"
            $0.last = "LastR5"
            $0.email = "resident.r5@example.com"
        }
        files.residents.append(.init("R90", in: "U90"))
        files.units.append(.init("U90", name: "190"))
        files.remove("R12")
        try files.write(to: lintel.folder)
        try await sync()
        try await sync()
        _ = await lintel.engine.sync(properties, observer: EventLog())
        try await lintel.database.write { connection in
            for attachment in try Attachments.all(of: property.id, on: connection) {
                _ = try Residencies.isAbsenceCounted(in: attachment.id, on: connection)
                let read = Attachments.Read(
                    of: attachment.id,
                    at: Timestamp(milliseconds: 0),
                    fullyReadAt: nil
                )
                try Attachments.note(read, on: connection)
            }
        }
        // By hand.
        let added = try await operations.addUnit(
            "Loft",
            building: "A",
            floor: "1",
            externalID: "x",
            to: property
        )
        try await operations.map("U90", to: added.id.text, of: property)
        try await sync()
        try await operations.ignore("U11", of: property)
        _ = try await operations.unmap("U10", of: property, residents: .unassign)
        _ = try await operations.unmap("U9", of: property, residents: .keep)
        try await sync()
        _ = try await operations.acceptCertain(of: property)
        _ = try await operations.importPMSUnits(of: property)
        _ = try await operations.importUnits(
            Data("name,floor,building\nAttic,9,\nLoft,2,A\n".utf8),
            into: property,
            isDryRun: false,
            skipsBadRows: false
        )
        let exported = try await operations.exportMapping(of: property)
        #expect(!exported.isEmpty)
        try await operations.deleteUnit("Attic", of: property)
        // Held by the brake, and let go.
        let kept = files.residents
        files.residents = []
        try files.write(to: lintel.folder)
        try await sync()
        files.residents = kept
        try files.write(to: lintel.folder)
        try await sync()
        try await operations.set("join-days", of: property, to: "3")
        // Read.
        let people = try await operations.people(of: property)
        let person = try #require(people.first)
        _ = try await operations.person(person.person.id.text)
        let runs = try await operations.runs(of: property, limit: 10)
        _ = try await operations.run(try #require(runs.first).id.text)
        let entries = try await operations.peopleIndex(of: property).entries
        _ = try await operations.rows(of: entries, at: property)
        _ = try await operations.record(of: person.person.id, at: property)
        _ = try await operations.find("first", of: property)
        _ = try await operations.latestRun(of: property)
        _ = try await operations.archive(person.person.id.text)
        _ = try await operations.connections()
        _ = try await operations.pmsProperties(through: "folder")
        _ = try await lintel.database.read { connection in
            try PastRuns.of(property.id, on: connection)
        }
        // Pages.
        let view = try await operations.view(of: property)
        _ = try await operations.record(of: try #require(view.units.first).unit.id)
        _ = try await operations.trend(of: property, days: 30)
        _ = try await operations.closedAlerts(of: property, limit: 10)
        _ = try await operations.activity(of: property, limit: 10)
        _ = try await operations.activity(of: nil, before: 3, limit: 10)
        _ = try await operations.openAlertCount(of: property)
        _ = try await operations.upcoming(days: 14, of: property)
        for outcome in [nil, RunRecord.Outcome.previewed] {
            _ = try await operations.runs(of: property, outcome: outcome, from: 0, limit: 10)
        }
        _ = try await operations.propertyNames(within: .properties([property.id]), limit: 3)
        // Staff.
        let password = "four words of nobody's own"
        let grant = try await operations.grant("viewer", properties: [property.name])
        _ = try await operations.addStaff("viewer@example.com", grant, password: password)
        let (session, _) = (
            try await operations.signIn("viewer@example.com", password: password, from: "a")
                .session,
            try await operations.invite("new@example.com", grant)
        )
        await #expect(throws: SignInError.wrong) {
            _ = try await operations.signIn("new@example.com", password: "wrong", from: "a")
        }
        lintel.clock.advance(minutes: 5)
        _ = try await operations.signedIn(session)
        try await operations.signOut(session)
        // What a sync of some seconds does beside itself.
        try await lintel.database.write { connection in
            try Runs.renew(
                holder: "nobody",
                now: Timestamp(milliseconds: lintel.clock.now()),
                leaseMilliseconds: 1,
                on: connection
            )
        }
        _ = try await operations.detach(property, pmsProperty: "P1")
        await #expect(throws: OperationError.self) {
            try await operations.removeConnection("folder")
        }
    }
}
