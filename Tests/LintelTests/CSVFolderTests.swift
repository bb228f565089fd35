import Foundation
import LintelTesting
import SQLEngineTesting
import Testing

@Suite("From a folder of CSV files to the right units")
struct CSVFolderTests {
    /// Who stands where, as `resident unit assignment`.
    private func places(_ site: LintelSite) async throws -> [String] {
        try await site.standings(ended: true).map { "\($0.resident) \($0.unit) \($0.assignment)" }
    }

    private func sync(_ site: LintelSite) async throws -> RunsOutput {
        try await site.lintel("sync", "--all", "--format", "json").decode(RunsOutput.self)
    }

    @Test(
        "the plain files are brought in, and a second run changes nothing",
        arguments: TestEngine.allCases
    )
    func plain(engine: TestEngine) async throws {
        try await LintelSite.with(engine) { site in
            var files = ResidentExport(households: 4)
            files.change("R2") { $0.status = "future" }
            files.change("R3") { $0.status = "notice" }
            files.change("R4") { $0.status = "past" }
            try await site.onboardFolder(files)
            try await #expect(sync(site).outcomes == ["applied"])
            try await #expect(
                places(site) == ["R1 101 current", "R2 102 upcoming", "R3 103 current"]
            )
            let before = try await site.dump()
            try await #expect(sync(site).outcomes == ["unchanged"])
            try await #expect(site.dump().difference(from: before) == [])
        }
    }

    @Test(
        "headers of real exports, semicolons, a byte order mark and any column order are understood"
    )
    func aliases() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 2))
            _ = try site.write(
                "\u{FEFF}Unit Number;Bldg;Unit Code;Property Code\n12;North;U1;P1\n14;North;U2;P1\n",
                to: "export/units.csv"
            )
            _ = try site.write(
                "\u{FEFF}Resident Status;Tenant Code;Unit Code;Last;First;Email Address;"
                    + "Property Code;Move In Date\n"
                    + "Current;R1;U1;Lastname;\"First; \"\"quoted\"\"\";r1@example.com;P1;03/15/2026\n"
                    + "Future;R2;U2;Lastname;Second;r2@example.com;P1;01/02/2030\n",
                to: "export/residents.csv"
            )
            try await #expect(sync(site).outcomes == ["applied"])
            let people = try await site.done("people", "list", "--format", "csv").csv()
            #expect(people.map { $0["first_name"] } == ["First; \"quoted\"", "Second"])
            #expect(people.map { $0["assignment"] } == ["current", "upcoming"])
            #expect(people.map { $0["from"] } == ["2026-03-15", "2030-01-02"])
        }
    }

    @Test("a row that cannot be read is named by its line and removes nobody")
    func badRow() async throws {
        try await LintelSite.with(.sqlite) { site in
            var files = ResidentExport(households: 3)
            try await site.onboardFolder(files)
            _ = try await sync(site)
            let before = try await places(site)
            files.change("R2") { $0.moveIn = "the day before" }
            try files.write(to: site.export)
            let result = try await site.lintel("sync", "--all", "--format", "json")
            #expect(result.status == 0)
            #expect(result.errors.contains("line 3"))
            try await #expect(places(site) == before)

            files.change("R2") { $0.moveIn = "2026-01-01" }
            try files.write(to: site.export)
            _ = try await sync(site)
            try await #expect(places(site) == before)
        }
    }

    @Test(
        "a last row cut short ends nobody, and a good file puts everything right",
        arguments: TestEngine.allCases
    )
    func truncated(engine: TestEngine) async throws {
        try await LintelSite.with(engine) { site in
            var files = ResidentExport(households: 5)
            try await site.onboardFolder(files)
            try await site.done("settings", "set", "absence-minutes", "0", "--property", "P1")
            _ = try await sync(site)
            let before = try await places(site)
            let whole = files.residentsFile
            let lines = whole.split(separator: UInt8(ascii: "\n"))
            let cut = lines.prefix(3).joined(separator: [UInt8(ascii: "\n")])
            try Data(cut + [10] + lines[3].prefix(12)).write(
                to: site.export.appending(path: "residents.csv")
            )
            for _ in 1...3 {
                let result = try await site.lintel("sync", "--all", "--format", "json")
                #expect(result.errors.contains("residents.csv"))
                try await #expect(places(site) == before)
            }
            files.change("R5") { $0.status = "past" }
            try files.write(to: site.export)
            try await #expect(sync(site).outcomes == ["applied"])
            try await #expect(
                places(site)
                    == before.map { $0.hasPrefix("R5") ? "R5 105 ended" : $0 }
            )
        }
    }

    @Test("a file shorter than its manifest says ends nobody, nor does one export read twice")
    func manifest() async throws {
        try await LintelSite.with(.sqlite) { site in
            var files = ResidentExport(households: 5)
            try await site.onboardFolder(files)
            try await site.done("settings", "set", "absence-minutes", "0", "--property", "P1")
            _ = try await sync(site)
            let before = try await places(site)
            files.remove("R1")
            try files.write(to: site.export)
            _ = try site.write("file,rows\nresidents.csv,5\n", to: "export/manifest.csv")
            for _ in 1...3 { _ = try await sync(site) }
            try await #expect(places(site) == before)
            _ = try site.write("file,rows\nresidents.csv,4\n", to: "export/manifest.csv")
            for _ in 1...2 { _ = try await sync(site) }
            try await #expect(places(site) == before)
            // The next export confirms it.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: 60)],
                ofItemAtPath: site.export.appending(path: "residents.csv").path
            )
            _ = try await sync(site)
            try await #expect(
                places(site) == before.map { $0.hasPrefix("R1") ? "R1 101 ended" : $0 }
            )
        }
    }
}
