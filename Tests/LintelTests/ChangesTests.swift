import ConnectorKit
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

@Suite("A PMS that tells what changed")
struct ChangesTests {
    /// Something that happens in the PMS between two runs.
    struct Happening: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Whether it must be met by reading everything, in the same run.
        var needsAll = false
        /// How many assignments end by it.
        var ends = 0
        let happen: @Sendable (inout MemoryPMS.State, Timestamp) -> Void

        static let all = [
            Happening(testDescription: "nothing") { _, _ in },
            Happening(testDescription: "an e-mail address alone changes") { pms, now in
                pms.change("R1", at: now) { $0.email = "another@example.com" }
            },
            Happening(testDescription: "a lease alone changes") { pms, now in
                pms.change("R2", at: now) { $0.leaseEnd = CivilDate(iso: "2027-12-31") }
            },
            Happening(testDescription: "notice is given") { pms, now in
                pms.change("R2", at: now) {
                    $0.status = .notice
                    $0.moveOut = CivilDate(iso: "2026-07-31")
                }
            },
            Happening(testDescription: "somebody comes") { pms, now in
                pms.residencies.append(resident("R9", in: "U4"))
                pms.updated[PMSResidentID("R9")] = now
            },
            Happening(testDescription: "somebody comes to a unit that is new") { pms, now in
                pms.units.append(PMSUnit(id: PMSUnitID("U9"), name: "109"))
                pms.unitsUpdated = now
                pms.residencies.append(resident("R9", in: "U9"))
                pms.updated[PMSResidentID("R9")] = now
            },
            Happening(testDescription: "somebody is updated without a change") { pms, now in
                pms.change("R3", at: now) { _ in }
            },
            Happening(testDescription: "a move-out is stated", needsAll: true, ends: 1) {
                pms,
                now in
                pms.change("R1", at: now) {
                    $0.status = .past
                    $0.moveOut = CivilDate(iso: "2026-06-14")
                }
            },
            Happening(testDescription: "somebody turns into a guarantor", needsAll: true, ends: 1) {
                pms,
                now in
                pms.change("R1", at: now) { $0.role = .guarantor }
            },
            Happening(testDescription: "a stay that began is to come again", needsAll: true) {
                pms,
                now in
                pms.change("R1", at: now) {
                    $0.status = .future
                    $0.statusWord = "Future"
                    $0.moveIn = CivilDate(iso: "2026-07-01")
                }
            },
            Happening(testDescription: "a transfer", needsAll: true, ends: 1) { pms, now in
                pms.change("R1", at: now) { $0.key.unit = PMSUnitID("U4") }
            },
            Happening(testDescription: "one of two leases of a resident goes", needsAll: true) {
                pms,
                now in
                pms.residencies.removeAll { $0.key.lease == "second" }
                pms.updated[PMSResidentID("R3")] = now
            },
            Happening(testDescription: "a unit goes", needsAll: true) { pms, now in
                pms.units.removeAll { $0.id.text == "U4" }
                pms.unitsUpdated = now
            },
            Happening(testDescription: "a record that cannot be read", needsAll: true) {
                pms,
                now in
                pms.change("R1", at: now) { $0.phone = "+1 2025550143" }
                pms.problems = [SnapshotProblem(.recordSkipped, at: "here", "no name")]
            },
        ]
    }

    @Test(
        "comes to the same directory as reading everything, and ends nothing by changes alone",
        arguments: Happening.all,
        TestEngine.allCases
    )
    func differential(happening: Happening, engine: TestEngine) async throws {
        var directories: [[String]] = []
        for job in [SyncJob.scheduled, .sync] {
            try await Self.with(engine) { site in
                try await site.expect(.scheduled, asks: ["everything"], .applied)
                site.pms.with { happening.happen(&$0, site.now) }
                site.lintel.clock.advance(minutes: 60)
                let report = try await site.sync(job)
                #expect(report.record.outcome != .failed, "\(report.record.message)")
                #expect(report.record.ended == happening.ends)
                if case .scheduled = job {
                    let changes = "2026-06-15T11:50:00Z"
                    let asked = site.pms.asked
                    #expect(asked == (happening.needsAll ? [changes, "everything"] : [changes]))
                    let words = "PMS property P1: only what changed since 11:50 was read"
                    #expect(report.record.message.contains(words) == !happening.needsAll)
                } else {
                    #expect(site.pms.asked == ["everything"])
                }
                directories.append(try await site.directory)
                // A whole snapshot afterwards finds nothing that was missed.
                site.lintel.clock.advance(minutes: 60)
                let whole = try await site.sync(.sync).record
                #expect([.unchanged, .applied].contains(whole.outcome))
                try await #expect(site.directory == directories.last)
            }
        }
        #expect(directories[0] == directories[1])
    }

    @Test("A lease that is deleted, of which no change tells, is seen by the next whole snapshot")
    func deleted() async throws {
        try await Self.with(.sqlite) { site in
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            let before = try await site.directory
            site.pms.with { pms in pms.residencies.removeAll { $0.key.resident.text == "R1" } }
            for hour in 13...23 {
                site.lintel.clock.advance(minutes: 60)
                try await #expect(site.sync(.scheduled).record.outcome == .unchanged)
                #expect(site.pms.asked.count == 1, "hour \(hour)")
            }
            try await #expect(site.directory == before)
            // A day is over; the absence is confirmed by another whole snapshot before it counts.
            for ended in [0, 1] {
                site.lintel.clock.advance(minutes: 60)
                try await #expect(site.sync(.scheduled).record.ended == ended)
                #expect(site.pms.asked == ["everything"])
            }
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-16T00:50:00Z"], .unchanged)
        }
    }

    @Test("Nobody is let in on the word of an earlier snapshot")
    func movesInByTheHour() async throws {
        try await Self.with(.sqlite) { site in
            try await site.lintel.operations.set("move-in-time", of: site.property, to: "14:30")
            site.pms.with { pms in
                pms.change("R1", at: site.now) { $0.moveIn = CivilDate(iso: "2026-06-15") }
            }
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            let before = try await site.directory
            #expect(before.contains { $0.contains("upcoming 2026-06-15") })
            // No change tells that the lease was deleted.
            site.pms.with { pms in pms.residencies.removeAll { $0.key.resident.text == "R1" } }
            site.lintel.clock.advance(minutes: 180)
            _ = try await site.sync(.scheduled)
            #expect(site.pms.asked == ["2026-06-15T11:50:00Z", "everything"])
            try await #expect(site.directory == before)
        }
    }

    @Test("A status that turns with the calendar counts on its day, though no change tells it")
    func turns() async throws {
        try await Self.with(.sqlite) { site in
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            site.pms.with { pms in
                pms.change("R1", at: site.now) {
                    $0.status = .past
                    $0.moveOut = CivilDate(iso: "2026-06-15")
                }
                pms.updated = [:]
            }
            site.lintel.clock.advance(minutes: 12 * 60)
            let report = try await site.sync(.scheduled)
            #expect(report.record.ended == 1)
            #expect(site.pms.asked == ["everything"])
        }
    }

    @Test("A change that is taken back is seen, though all pages are as they once were")
    func takenBack() async throws {
        try await Self.with(.sqlite) { site in
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            let before = try await site.directory
            site.pms.with { $0.change("R1", at: site.now) { $0.phone = "+1 2025550143" } }
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-15T11:50:00Z"], .applied)
            try await #expect(site.directory != before)
            site.pms.with { pms in
                pms.change("R1", at: site.now) { $0.phone = "+1 2025550100" }
                pms.updated = [:]
            }
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.sync, asks: ["everything"], .applied)
            try await #expect(site.directory == before)
        }
    }

    @Test("Changes are asked for from the start of the last read that was applied")
    func since() async throws {
        try await Self.with(.sqlite) { site in
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-15T11:50:00Z"], .unchanged)
            let trouble = ConnectorError(.unavailable, attempting: "reading", "no answer")
            site.pms.with { $0.failure = trouble }
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-15T12:50:00Z"], .failed)
            site.pms.with { $0.failure = nil }
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-15T12:50:00Z"], .unchanged)
            site.lintel.clock.advance(minutes: 60)
            try await site.expect(.scheduled, asks: ["2026-06-15T14:50:00Z"], .unchanged)
        }
    }

    /// Why everything is read though a whole snapshot was, an hour ago.
    struct Occasion: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var job = SyncJob.scheduled
        var arrange: @Sendable (ChangesSite) async throws -> Void = { _ in }

        static let all = [
            Occasion(testDescription: "a person asks for a sync", job: .sync),
            Occasion(testDescription: "a person asks for a preview", job: .preview),
            Occasion(
                testDescription: "a person asks for one resident",
                job: .part(.resident(PMSResidentID("R1")), isPreview: false)
            ),
            Occasion(testDescription: "a setting was changed by hand") { site in
                try await site.lintel.operations.set("join-days", of: site.property, to: "3")
            },
            Occasion(testDescription: "the last whole snapshot is of the day before") { site in
                site.lintel.clock.advance(minutes: 11 * 60)
            },
            Occasion(testDescription: "the pages of the last snapshot were forgotten") { site in
                let property = site.property.id
                try await site.lintel.database.write { connection in
                    for attachment in try Attachments.all(of: property, on: connection) {
                        try Attachments.forgetPages(of: attachment.id, on: connection)
                    }
                }
            },
            Occasion(testDescription: "a plan is held") { site in
                site.pms.with { $0.units = [] }
                let held = try await site.sync(.sync).record
                #expect(held.outcome == .held)
                site.pms.with { pms in
                    pms.units = (1...4).map { PMSUnit(id: PMSUnitID("U\($0)"), name: "10\($0)") }
                }
            },
            Occasion(testDescription: "the clock was set back") { site in
                site.lintel.clock.advance(minutes: -120)
            },
            Occasion(testDescription: "somebody is being counted as missing") { site in
                site.pms.with { pms in
                    pms.residencies.removeAll { $0.key.resident.text == "R1" }
                }
                _ = try await site.sync(.sync)
            },
            Occasion(testDescription: "the last snapshot was incomplete") { site in
                site.pms.with { pms in
                    pms.change("R2", at: site.now) { $0.phone = "+1 2025550143" }
                    pms.problems = [SnapshotProblem(.incomplete, at: "here", "cut")]
                }
                _ = try await site.sync(.sync)
                site.pms.with { $0.problems = [] }
            },
            Occasion(testDescription: "the PMS property has another code now") { site in
                let property = site.property.id
                try await site.lintel.database.write { connection in
                    for attachment in try Attachments.all(of: property, on: connection) {
                        try Attachments.rename(
                            attachment,
                            to: PMSPropertyID("P2"),
                            on: connection
                        )
                    }
                }
            },
        ]
    }

    @Test("is asked for everything again where changes would not do", arguments: Occasion.all)
    func everything(occasion: Occasion) async throws {
        try await Self.with(.sqlite) { site in
            try await site.expect(.scheduled, asks: ["everything"], .applied)
            try await occasion.arrange(site)
            _ = site.pms.asked
            site.lintel.clock.advance(minutes: 60)
            _ = try await site.sync(occasion.job)
            #expect(site.pms.asked == ["everything"])
        }
    }

    // MARK: One property

    private static func resident(_ id: String, in unit: String) -> PMSResidency {
        PMSResidency(
            key: ResidencyKey(
                resident: PMSResidentID(id),
                lease: "lease of \(id)",
                unit: PMSUnitID(unit)
            ),
            firstName: "First\(id)",
            lastName: "Last\(id)",
            email: "resident.\(id.lowercased())@example.com",
            phone: "+1 2025550100",
            statusWord: "Current",
            status: .current,
            leaseStart: CivilDate(iso: "2026-01-01"),
            leaseEnd: CivilDate(iso: "2026-12-31"),
            moveIn: CivilDate(iso: "2026-01-01")
        )
    }

    /// A property of four units, in three of which somebody lives; one of them has a second lease to come.
    static func with(
        _ engine: TestEngine,
        _ use: (ChangesSite) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let export = ResidentExport(
                units: (1...4).map { ResidentExport.Unit("U\($0)", name: "10\($0)") }
            )
            let property = try #require(try await lintel.onboard(export).first)
            var second = resident("R3", in: "U3")
            second.key.lease = "second"
            second.status = .future
            second.statusWord = "Future"
            second.leaseStart = CivilDate(iso: "2027-01-01")
            second.moveIn = CivilDate(iso: "2027-01-01")
            let pms = MemoryPMS(
                units: (1...4).map { PMSUnit(id: PMSUnitID("U\($0)"), name: "10\($0)") },
                residencies: (1...3).map { resident("R\($0)", in: "U\($0)") } + [second]
            )
            let real = lintel.engine.environment
            let engine = SyncEngine(
                SyncEnvironment(
                    database: real.database,
                    sleeper: lintel.clock,
                    holder: real.holder
                ) { _ in pms }
            )
            try await use(
                ChangesSite(lintel: lintel, engine: engine, pms: pms, property: property)
            )
        }
    }
}

/// A property that is read from a ``MemoryPMS``.
struct ChangesSite: Sendable {
    let lintel: LintelInProcess
    let engine: SyncEngine
    let pms: MemoryPMS
    let property: Property

    var now: Timestamp { Timestamp(milliseconds: lintel.clock.now()) }

    func sync(_ job: SyncJob) async throws -> RunReport {
        let current = try await lintel.operations.property(property.id.text)
        let reports = await engine.sync([current], job: job, observer: EventLog())
        return try #require(reports.first)
    }

    /// A run that asks the PMS for that and ends so.
    func expect(
        _ job: SyncJob,
        asks asked: [String],
        _ outcome: RunRecord.Outcome,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let record = try await sync(job).record
        #expect(record.outcome == outcome, "\(record.message)", sourceLocation: sourceLocation)
        #expect(pms.asked == asked, sourceLocation: sourceLocation)
    }

    /// Everybody with their facts and assignments.
    var directory: [String] {
        get async throws {
            try await lintel.operations.people(of: nil).map { entry in
                let person = entry.person
                let assignment = entry.assignment.map {
                    "\($0.state.rawValue) \($0.from) \(($0.expectedUntil ?? $0.until)?.description ?? "")"
                }
                return "\(person.firstName) \(person.email ?? "") \(person.phone ?? "") "
                    + "\(entry.unit ?? "") \(assignment ?? "")"
            }
            .sorted()
        }
    }
}
