import Foundation
import HTTPTypes
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import SyncEngine
import Testing

@testable import WebConsole

@Suite("What pages count and list")
struct CountTests {
    /// A portfolio manager at the property of some files, which is synced.
    private static func with(
        _ files: ResidentExport,
        _ engine: TestEngine = .sqlite,
        _ use: @Sendable @escaping (ConsoleDriver, Property, [String: String]) async throws -> Void
    ) async throws {
        try await ConsoleDriver.with(engine) { driver in
            let property = try #require(try await driver.lintel.onboard(files).first)
            _ = try await driver.lintel.sync(property)
            try await driver.add("manager@example.com", Grant(.portfolioManager, .everything))
            try await use(driver, property, try await driver.signIn("manager@example.com"))
        }
    }

    @Test(
        "a resident waits on an unmapped PMS unit only while they stand in no unit",
        arguments: TestEngine.allCases
    )
    func waiting(engine: TestEngine) async throws {
        try await Self.with(ResidentExport(households: 3), engine) { driver, property, cookies in
            let operations = driver.lintel.operations
            func page(_ path: String) async throws -> String {
                try await driver.send(.get, "/properties/\(property.id)\(path)", cookies: cookies)
                    .body
            }
            _ = try await operations.unmap("U1", of: property, residents: .keep)
            for path in ["", "/integrations/unit-mapping"] {
                #expect(try await page(path).contains("No resident waits on a unit"))
            }
            #expect(try await !page("/integrations/unit-mapping").contains("1 waiting"))
            _ = try await operations.unmap("U2", of: property, residents: .unassign)
            for path in ["", "/integrations/unit-mapping"] {
                #expect(try await page(path).contains("1 resident waits on 1 unit"))
            }
            #expect(try await page("/integrations/unit-mapping").contains("1 waiting"))
        }
    }

    @Test("previews are among the runs only where they are asked for")
    func previews() async throws {
        try await Self.with(ResidentExport(households: 3)) { driver, property, cookies in
            _ = try await driver.lintel.sync(property, job: .preview)
            let path = "/properties/\(property.id)/sync-history"
            let all = try await driver.send(.get, path, cookies: cookies).body
            #expect(all.contains("1 run; "))
            #expect(all.contains("All 1<"))
            #expect(all.contains("Previews 1<"))
            #expect(all.contains(">Applied<"))
            #expect(!all.contains(">Preview<"))
            let shown = try await driver.send(.get, "\(path)?show=previewed", cookies: cookies)
            #expect(shown.body.contains(">Preview<"))
            #expect(!shown.body.contains(">Applied<"))
        }
    }

    @Test("everybody whom a search counts is shown, also by a name that only the PMS has")
    func findsAll() async throws {
        let before = ResidentExport(households: 25)
        try await Self.with(before) { driver, property, cookies in
            var files = before
            // Both names changed under the same address: the people here keep theirs until somebody decides.
            for number in 1...25 {
                files.change("R\(number)") {
                    ($0.first, $0.last) = ("Zoë", "Quill\(number)")
                }
            }
            try files.write(to: driver.lintel.folder)
            driver.lintel.clock.advance(minutes: 60)
            _ = try await driver.lintel.sync(property)
            let path = "/properties/\(property.id)/find"
            let first = try await driver.send(.get, "\(path)?q=Quill", cookies: cookies).body
            #expect(first.contains("“Quill”: 25 people"))
            #expect(first.contains(#"href="\#(path)?q=Quill&amp;show=people">5 more people"#))
            let whole = try await driver.send(
                .get,
                "\(path)?q=Quill&show=people",
                cookies: cookies
            ).body
            for number in 1...25 { #expect(whole.contains("FirstR\(number) LastR\(number)<")) }
            #expect(whole.contains("1–25 of 25"))
            let past = try await driver.send(
                .get,
                "\(path)?q=Quill&show=people&page=9",
                cookies: cookies
            ).body
            #expect(past.contains("1–25 of 25"))
        }
    }

    @Test("upcoming has the days of the window alone", arguments: TestEngine.allCases)
    func upcoming(engine: TestEngine) async throws {
        // The clock of tests stands on 15 June 2026.
        var files = ResidentExport(households: 7)
        files.change("R1") { $0.moveOut = "2026-06-20" }
        files.change("R2") { ($0.status, $0.moveIn) = ("future", "2026-06-29") }
        files.change("R3") { ($0.status, $0.moveIn) = ("future", "2026-06-30") }
        files.change("R4") { ($0.status, $0.moveIn) = ("future", "2026-06-10") }
        files.change("R5") { ($0.status, $0.moveIn, $0.leaseStart) = ("future", "", "2026-06-16") }
        files.change("R6") { ($0.status, $0.moveOut) = ("past", "2026-06-17") }
        try await Self.with(files, engine) { driver, property, _ in
            _ = try await driver.lintel.operations.unmap("U5", of: property, residents: .unassign)
            let moves = try await driver.lintel.operations.upcoming(days: 14, of: property)
            let words = moves.map { "\($0.date) \($0.kind.rawValue) \($0.name) \($0.unit)" }
            #expect(
                words == [
                    // Whoever should have moved in is still awaited.
                    "2026-06-15 move-in FirstR4 LastR4 104",
                    "2026-06-16 move-in FirstR5 LastR5 PMS unit 105",
                    "2026-06-20 move-out FirstR1 LastR1 101",
                    "2026-06-29 move-in FirstR2 LastR2 102",
                ]
            )
        }
    }

    @Test("a unit that somebody is to move into says so where it is to be deleted")
    func hindrances() async throws {
        var files = ResidentExport(households: 2)
        files.change("R2") { ($0.status, $0.moveIn) = ("future", "2026-06-29") }
        try await Self.with(files) { driver, property, cookies in
            let units = try await driver.lintel.operations.units(of: property)
            for (name, words) in [
                ("101", "1 resident stands in it; PMS unit U1 is mapped to it."),
                ("102", "it awaits a move-in; PMS unit U2 is mapped to it."),
            ] {
                let unit = try #require(units.first { $0.name == name })
                let page = try await driver.send(
                    .get,
                    "/properties/\(property.id)/units/\(unit.id)",
                    cookies: cookies
                )
                #expect(page.body.contains(words))
                await #expect(throws: OperationError.self) {
                    try await driver.lintel.operations.deleteUnit(name, of: property)
                }
            }
        }
    }
}
