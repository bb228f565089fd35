import Foundation
import LintelModel
import LintelTesting
import PMSSimulator
import PostgreSQLEngine
import SQLEngine
import SQLEngineTesting
import SQLiteEngine
import Storage
import SyncEngine
import Testing

@Suite("Trouble with the database, and company")
struct TroubleTests {
    @Test(
        "two syncs of one property both succeed, the second waits and says so",
        arguments: TestEngine.allCases
    )
    func two(engine: TestEngine) async throws {
        let portfolio = try portfolio(properties: 1, units: 30, residents: 50)
        let options = SimulatedPMS.Options(retryAfterSeconds: 25)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { simulator in
            try await LintelSite.with(engine) { site in
                try await site.onboard(simulator)
                // The first is sent away by the PMS, twice at most: 50 s for the second to start and meet it.
                let asked = simulator.simulator.requestCount(service: "leases")
                simulator.simulator.setFault(FaultPlan(.tooManyRequests))
                let first = try site.start(["sync", "--all", "--format", "json"])
                while simulator.simulator.requestCount(service: "leases") == asked {
                    try await Task.sleep(for: .milliseconds(10))
                }
                let second = try site.start(["sync", "--all", "--format", "json"])
                let deadline = ContinuousClock.now + .seconds(45)
                while !second.errorsSoFar.contains("waiting"), ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(10))
                }
                simulator.simulator.setFault(nil)
                let results = await [first.result(), second.result()]
                #expect(results[1].errors.contains("waiting for another sync"))
                #expect(results.map(\.status) == [0, 0], "\(results.map(\.errors))")
                try await #expect(site.standings(ended: true) == expectedStandings(of: portfolio))
            }
        }
    }

    @Test(
        "a clock that steps back blocks no lease and forgets no absence",
        arguments: TestEngine.allCases
    )
    func clock(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            var files = ResidentExport(households: 20)
            let property = try #require(try await lintel.onboard(files).first)
            _ = try await lintel.sync(property)
            files.remove("R1")
            try files.write(to: lintel.folder)
            lintel.clock.advance(minutes: 60)
            _ = try await lintel.sync(property)
            // Somebody's lease from a time that has not come yet.
            var ids = IDGenerator()
            let now = lintel.engine.environment.now
            let run = RunRecord(
                id: ids.next(at: now),
                property: property.id,
                outcome: .running,
                startedAt: now
            )
            _ = try await lintel.database.write { connection in
                try Runs.start(
                    run,
                    holder: "elsewhere",
                    now: now,
                    leaseMilliseconds: 12_000,
                    on: connection
                )
            }
            lintel.clock.advance(minutes: -240)
            try await #expect(lintel.sync(property).record.outcome != .failed)
            for _ in 1...3 {
                lintel.clock.advance(minutes: 120)
                _ = try await lintel.sync(property)
            }
            let ended = try await lintel.standings().filter { $0.contains("ended") }
            #expect(ended.map { $0.prefix(8) } == ["FirstR1 "])
        }
    }

    @Test("a full disk fails the run clearly, halves nothing, and is over when there is room again")
    func fullDisk() async throws {
        try await TestEngine.withSQLiteFile { path in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let files = ResidentExport(households: 400)
            var property: Property?
            let setUp = try await SQLiteDatabase(path: path)
            try await LintelInProcess.with(setUp, in: folder) { lintel in
                property = try await lintel.onboard(files).first
            }
            try await setUp.close()
            let size = try #require(
                FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
            )
            let small = try await SQLiteDatabase(
                path: path,
                maximumPages: size.intValue / 4096 + 40
            )
            let found = try #require(property)
            try await LintelInProcess.with(small, in: folder) { lintel in
                let report = try await lintel.sync(found)
                #expect(report.record.outcome == .failed)
                #expect(report.record.message.contains("full"), "\(report.record.message)")
                try await #expect(lintel.standings() == [])
            }
            try await small.close()
            let roomy = try await SQLiteDatabase(path: path)
            try await LintelInProcess.with(roomy, in: folder) { lintel in
                lintel.clock.advance(minutes: 1)
                let report = try await lintel.sync(found)
                #expect(report.record.outcome == .applied)
                try await #expect(lintel.standings().count == 400)
            }
            try await roomy.close()
        }
    }

    @Test("a database file that cannot be written is a clear error")
    func readOnly() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 2))
            // A folder in the file's place can be opened by nobody, not even by root.
            let path = site.folder.appending(path: "folder.db")
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            let result = try await site.lintel("sync", "--all", "--database", "sqlite:\(path.path)")
            #expect(result.status == 1)
            #expect(result.errors.contains(path.path))
            guard geteuid() != 0 else { return }
            let file = try #require(site.sqliteFile)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: file)
            let refused = try await site.lintel("sync", "--all")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("read"))
        }
    }

    @Test(
        "a database that goes away in the middle of a run halves nothing, and the next run converges"
    )
    func gone() async throws {
        let portfolio = try portfolio(properties: 2, units: 30, residents: 50)
        let options = SimulatedPMS.Options(retryAfterSeconds: 25)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { simulator in
            try await LintelSite.with(.postgreSQL) { site in
                try await site.onboard(simulator)
                let name = site.database.split(separator: "/").last.map(String.init) ?? ""
                let server = try PostgreSQLServer(
                    url: ProcessInfo.processInfo.environment["LINTEL_TEST_POSTGRES"] ?? ""
                )
                // Held up by the PMS while its database is closed under it.
                let asked = simulator.simulator.requestCount(service: "leases")
                simulator.simulator.setFault(FaultPlan(.tooManyRequests))
                let sync = try site.start(["sync", "--all", "--format", "json"])
                while simulator.simulator.requestCount(service: "leases") == asked {
                    try await Task.sleep(for: .milliseconds(10))
                }
                try await server.run("alter database \(name) allow_connections false")
                try await server.run(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '\(name)'"
                )
                simulator.simulator.setFault(nil)
                let result = await sync.result()
                #expect(result.status == 1)
                #expect(result.errors.contains("failed"))
                #expect(result.errors.contains(name))
                try await server.run("alter database \(name) allow_connections true")
                try await #expect(site.standings(ended: true) == [])
                try await site.done("sync", "--all")
                try await #expect(site.standings(ended: true) == expectedStandings(of: portfolio))
            }
        }
    }

    @Test(
        "a lease is taken over at once when its process is dead on this machine, and not otherwise"
    )
    func holders() throws {
        let mine = LeaseHolder.current(id: UUID())
        #expect(!mine.isGone)
        let parts = mine.text.split(separator: " ").map(String.init)
        try #require(parts.count == 5)
        func changed(_ index: Int, _ text: String) -> LeaseHolder {
            var other = parts
            other[index] = text
            return LeaseHolder(text: other.joined(separator: " "))
        }
        // Another process that has the id now, or none: both prove that the holder is gone.
        #expect(changed(4, "1").isGone)
        #expect(changed(3, "4194303").isGone)
        // Another boot, another container, or a text from elsewhere prove nothing.
        #expect(!changed(1, UUID().uuidString.lowercased()).isGone)
        #expect(!changed(2, "pid:[1]").isGone)
        #expect(!LeaseHolder(text: "elsewhere").isGone)
    }
}
