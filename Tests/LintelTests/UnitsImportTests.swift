import Foundation
import LintelTesting
import SQLEngineTesting
import Testing

@Suite("units import")
struct UnitsImportTests {
    private func units(_ site: LintelSite) async throws -> [String] {
        try await site.done("units", "list", "--property", "Elm", "--format", "csv").csv().map {
            [$0["building"], $0["name"], $0["floor"], $0["external_id"]].compactMap(\.self)
                .joined(separator: "|")
        }.sorted()
    }

    private func counts(_ result: ProgramResult) throws -> [Int?] {
        let object = try result.object()
        return ["new", "changed", "unchanged", "refused"].map { object[$0] as? Int }
    }

    @Test("writes a file, and the same file again changes nothing", arguments: TestEngine.allCases)
    func twice(engine: TestEngine) async throws {
        try await LintelSite.with(engine) { site in
            try await site.done("property", "add", "Elm", "--time-zone", "UTC")
            let file = try site.write(
                "name,building,floor,external_id\n101,A,1,x1\n101,B,1,x2\n102,A,1,\n",
                to: "list.csv"
            )
            let dry = try await site.done(
                "units",
                "import",
                file,
                "--property",
                "Elm",
                "--dry-run",
                "--format",
                "json"
            )
            #expect(try counts(dry) == [3, 0, 0, 0])
            try await #expect(units(site) == [])
            let first = try await site.done(
                "units",
                "import",
                file,
                "--property",
                "Elm",
                "--format",
                "json"
            )
            #expect(try counts(first) == [3, 0, 0, 0])
            try await #expect(units(site) == ["A|101|1|x1", "A|102|1|", "B|101|1|x2"])
            let before = try await site.dump()
            let again = try await site.done(
                "units",
                "import",
                file,
                "--property",
                "Elm",
                "--format",
                "json"
            )
            #expect(try counts(again) == [0, 0, 3, 0])
            try await #expect(site.dump().difference(from: before) == [])

            let renamed = try site.write(
                "name,building,floor,external_id\n101X,A,1,x1\n",
                to: "new.csv"
            )
            let changed = try await site.done(
                "units",
                "import",
                renamed,
                "--property",
                "Elm",
                "--format",
                "json"
            )
            #expect(try counts(changed) == [0, 1, 0, 0])
            try await #expect(units(site) == ["A|101X|1|x1", "A|102|1|", "B|101|1|x2"])
        }
    }

    @Test("names every refused row by line and writes all or nothing, unless bad rows are skipped")
    func refusals() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.done("property", "add", "Elm", "--time-zone", "UTC")
            let file = try site.write(
                "name,building\n101,A\n,A\n102,A\n101,A\n",
                to: "list.csv"
            )
            let refused = try await site.lintel(
                "units",
                "import",
                file,
                "--property",
                "Elm",
                "--format",
                "json"
            )
            #expect(refused.status == 1)
            #expect(try counts(refused) == [2, 0, 0, 2])
            #expect(refused.errors.contains("line 3"))
            #expect(refused.errors.contains("line 5"))
            #expect(refused.errors.contains("line 2 already"))
            try await #expect(units(site) == [])
            let skipped = try await site.lintel(
                "units",
                "import",
                file,
                "--property",
                "Elm",
                "--skip-bad-rows",
                "--format",
                "json"
            )
            #expect(skipped.status == 0)
            try await #expect(units(site) == ["A|101||", "A|102||"])
        }
    }

    @Test("refuses a file without the column name, and one that is not there")
    func unreadable() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.done("property", "add", "Elm", "--time-zone", "UTC")
            let file = try site.write("colour,size\nred,1\n", to: "list.csv")
            let wrong = try await site.lintel("units", "import", file, "--property", "Elm")
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("name"))
            let missing = try await site.lintel(
                "units",
                "import",
                "nothing.csv",
                "--property",
                "Elm"
            )
            #expect(missing.status == 1)
            #expect(missing.errors.contains("nothing.csv"))
        }
    }

    @Test("a unit can be added and deleted while nobody stands in it")
    func single() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.done("property", "add", "Elm", "--time-zone", "UTC")
            try await site.done("units", "add", "7", "--building", "A", "--property", "Elm")
            try await #expect(units(site) == ["A|7||"])
            try await #expect(
                site.lintel("units", "add", "7", "--building", "A", "--property", "Elm").status == 1
            )
            try await site.done("units", "delete", "7", "--property", "Elm")
            try await #expect(units(site) == [])
        }
    }
}
