import Foundation
import LintelTesting
import SQLEngineTesting
import Testing

@Suite("mapping commands")
struct MappingCommandTests {
    /// A property that is attached but has no units yet.
    private func attached(
        _ engine: TestEngine,
        units: [ResidentExport.Unit],
        _ body: (LintelSite) async throws -> Void
    ) async throws {
        try await LintelSite.with(engine) { site in
            var files = ResidentExport(units: units)
            for (number, unit) in units.enumerated() {
                files.residents.append(.init("R\(number + 1)", in: unit.id))
            }
            try FileManager.default.createDirectory(
                at: site.export,
                withIntermediateDirectories: true
            )
            try files.write(to: site.export)
            try await site.done(
                "connection",
                "add",
                "csv",
                "folder",
                "--directory",
                site.export.path
            )
            try await site.done("property", "add", "Elm", "--time-zone", "UTC")
            try await site.done(
                "property",
                "attach",
                "Elm",
                "--connection",
                "folder",
                "--pms-property",
                "P1"
            )
            try await site.done("settings", "set", "user-sync", "on", "--property", "Elm")
            try await body(site)
        }
    }

    private struct Suggestions: Decodable {
        struct Candidate: Decodable {
            let unit: String
            let reason: String
            let takenBy: [String]
        }
        struct Row: Decodable {
            let pmsUnit: String
            let verdict: String
            let candidates: [Candidate]
        }
        let suggestions: [Row]
    }

    private func suggestions(_ site: LintelSite) async throws -> [String: Suggestions.Row] {
        let result = try await site.done(
            "mapping",
            "suggest",
            "--property",
            "Elm",
            "--format",
            "json"
        )
        let rows = try result.decode(Suggestions.self).suggestions
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.pmsUnit, $0) })
    }

    private func states(_ site: LintelSite) async throws -> [String] {
        try await site.done("mapping", "list", "--property", "Elm", "--format", "csv").csv().map {
            "\($0["pms_unit"] ?? "") \($0["state"] ?? "") \($0["unit"] ?? "")"
        }.sorted()
    }

    private func places(_ site: LintelSite) async throws -> [String] {
        try await site.standings().map { "\($0.resident) \($0.unit)" }
    }

    @Test("set, ignore and remove take effect in the next run", arguments: TestEngine.allCases)
    func oneByOne(engine: TestEngine) async throws {
        let units = ["U1", "U2", "U3", "U4", "U5", "U6"].map { ResidentExport.Unit($0) }
        try await attached(engine, units: units) { site in
            for name in ["101", "102", "103"] {
                try await site.done("units", "add", name, "--property", "Elm")
            }
            let ids = try await site.done("units", "list", "--property", "Elm", "--format", "csv")
                .csv()
            try await site.done("mapping", "set", "U1", "101", "--property", "Elm")
            let second = ids.first { $0["name"] == "102" }?["id"] ?? ""
            try await site.done("mapping", "set", "U2", second, "--property", "Elm")
            try await site.done("mapping", "set", "U3", "102", "--property", "Elm")
            try await site.done("mapping", "ignore", "U4", "--property", "Elm")
            try await #expect(
                states(site) == [
                    "U1 mapped 101", "U2 mapped 102", "U3 mapped 102", "U4 ignored ",
                    "U5 unmapped ", "U6 unmapped ",
                ]
            )
            try await #expect(places(site) == [])
            let sync = try await site.done("sync", "--all", "--format", "json").decode(
                RunsOutput.self
            )
            #expect(sync.runs[0].alertsOpen == 2)
            try await #expect(places(site) == ["R1 101", "R2 102", "R3 102", "R4 ", "R5 ", "R6 "])

            try await site.done("mapping", "remove", "U1", "--property", "Elm")
            try await site.done("sync", "--all")
            try await #expect(places(site).first == "R1 101")
            try await site.done("mapping", "set", "U5", "103", "--property", "Elm")
            try await site.done("sync", "--all")
            try await #expect(places(site).contains("R5 103"))
            try await site.done(
                "mapping",
                "remove",
                "U5",
                "--residents",
                "unassign",
                "--property",
                "Elm"
            )
            try await #expect(!places(site).contains("R5 103"))
            try await #expect(
                site.lintel("mapping", "remove", "U5", "--property", "Elm").status == 1
            )
        }
    }

    @Test("accept-certain maps what is proven and leaves equal claims to a person")
    func certain() async throws {
        let units = [
            ResidentExport.Unit("U1", name: "Apt 101"), .init("U2", name: "102"),
            .init("U3", name: "B-7"), .init("U4", name: "nowhere"),
        ]
        try await attached(.sqlite, units: units) { site in
            for name in ["101", "102", "b7", "B-7"] {
                try await site.done("units", "add", name, "--property", "Elm")
            }
            try await site.done("mapping", "accept-certain", "--property", "Elm")
            let states = try await states(site)
            #expect(states.contains("U2 mapped 102"))
            #expect(states.contains("U4 unmapped "))
            let again = try await site.done(
                "mapping",
                "accept-certain",
                "--property",
                "Elm",
                "--format",
                "json"
            )
            #expect(try again.rows("mapped").isEmpty)
        }
    }

    @Test(
        "suggest says what each unmapped PMS unit may be, why, and is never older than the units",
        arguments: TestEngine.allCases
    )
    func suggest(engine: TestEngine) async throws {
        let units = [
            ResidentExport.Unit("U1", name: "Apt 0101"), .init("U2", name: "102"),
            .init("U3", name: "1O3"), .init("U4", name: "104"), .init("U5", name: "model"),
        ]
        try await attached(engine, units: units) { site in
            for name in ["101", "102", "103", "104"] {
                try await site.done("units", "add", name, "--property", "Elm")
            }
            try await site.done("mapping", "set", "U4", "102", "--property", "Elm")
            let first = try await suggestions(site)
            #expect(first.keys.sorted() == ["U1", "U2", "U3", "U5"])
            #expect(first["U1"]?.verdict == "certain")
            #expect(
                first["U1"]?.candidates.first?.reason
                    == "Apt 0101 = 101, leading zeros; no other unit fits"
            )
            // Somebody mapped another PMS unit there.
            #expect(first["U2"]?.verdict == "unclear")
            #expect(first["U2"]?.candidates.first?.takenBy == ["104"])
            #expect(first["U3"]?.verdict == "likely")
            #expect(first["U3"]?.candidates.first?.unit == "103")
            #expect(first["U5"]?.verdict == "no counterpart")

            try await site.done("mapping", "accept-certain", "--property", "Elm")
            try await #expect(
                states(site) == [
                    "U1 mapped 101", "U2 unmapped ", "U3 unmapped ", "U4 mapped 102",
                    "U5 unmapped ",
                ]
            )
            let id =
                try await site.done("units", "list", "--property", "Elm", "--format", "csv")
                .csv().first { $0["name"] == "103" }?["id"] ?? ""
            try await site.done("units", "delete", id, "--property", "Elm")
            let last = try await suggestions(site)
            #expect(last["U3"]?.verdict == "no counterpart")
            let table = try await site.done("mapping", "suggest", "--property", "Elm")
            #expect(table.text.contains("no counterpart"))
        }
    }

    @Test(
        "match writes a row a candidate, the best first, and refuses a damaged file with its line"
    )
    func match() async throws {
        try await LintelSite.with(.sqlite) { site in
            let header = "case_id,side,property,building,unit,floor,external_id"
            let lists = try site.write(
                """
                \(header)
                elm,pms,Elm,Bldg 2,Apt 004-B,,P1
                elm,pms,Elm,Bldg 2,5,,P2
                elm,pms,Elm,Bldg 3,4B,,P3
                elm,pms,Elm,Bldg 3,attic,,P4
                elm,access,Elm,2,4B,,U1
                elm,access,Elm,3,4B,,U3
                elm,access,Elm,2,05,,U2
                oak,pms,Oak,,1,,P1
                oak,access,Oak,,1,,U1

                """,
                to: "units.csv"
            )
            let output = site.folder.appending(path: "proposals.csv")
            let done = try await site.done("match", "--input", lists, "--output", output.path)
            #expect(done.errors.contains("5 PMS units of 2 cases: 4 certain"))
            let text = try String(contentsOf: output, encoding: .utf8)
            let lines = text.split(separator: "\n").map(String.init)
            #expect(
                lines == [
                    "case_id,pms_external_id,unit_external_id,confidence,auto,reason",
                    "elm,P1,U1,0.999,1,\"building 2 on both sides; Apt 004-B = 4B, leading zeros; "
                        + "no other unit fits\"",
                    "elm,P2,U2,0.999,1,\"building 2 on both sides; 5 = 05, leading zeros; "
                        + "no other unit fits\"",
                    "elm,P3,U3,0.999,1,\"building 3 on both sides; 4B on both sides; no other unit fits\"",
                    "elm,P4,,,0,nothing resembles it",
                    "oak,P1,U1,0.999,1,\"1 on both sides; no other unit fits\"",
                ]
            )
            for (row, words) in [
                (
                    "elm,tenant,Elm,,1,,P1",
                    "line 2, column side: found \"tenant\"; expected pms or access"
                ),
                ("elm,pms,Elm,,1,,", "line 2, column external_id: found nothing"),
                ("elm,pms,Elm,1", "line 2"),
                (
                    "elm,pms,Elm,,1,,P1\nelm,pms,Elm,,2,,P1",
                    "line 3, column external_id: found \"P1\""
                ),
            ] {
                let damaged = try site.write("\(header)\n\(row)\n", to: "damaged.csv")
                let refused = try await site.lintel(
                    "match",
                    "--input",
                    damaged,
                    "--output",
                    output.path
                )
                #expect(refused.status == 1)
                #expect(refused.errors.contains(words), "\(refused.errors)")
            }
            #expect(try String(contentsOf: output, encoding: .utf8) == text)
        }
    }

    @Test("import-units makes a unit for every unmapped PMS unit and maps it")
    func importUnits() async throws {
        try await attached(
            .sqlite,
            units: [.init("U1", building: "A", name: "1"), .init("U2", name: "2")]
        ) {
            site in
            let result = try await site.done(
                "mapping",
                "import-units",
                "--property",
                "Elm",
                "--format",
                "json"
            ).object()
            #expect(result["made"] as? Int == 2)
            #expect(result["mapped"] as? Int == 2)
            try await #expect(states(site) == ["U1 mapped 1", "U2 mapped 2"])
            let again = try await site.done(
                "mapping",
                "import-units",
                "--property",
                "Elm",
                "--format",
                "json"
            ).object()
            #expect(again["made"] as? Int == 0)
        }
    }

    @Test(
        "what export prints, import reads back; a bad file changes nothing and says where",
        arguments: TestEngine.allCases
    )
    func roundTrip(engine: TestEngine) async throws {
        let units = ["U1", "U2", "U3"].map { ResidentExport.Unit($0) }
        try await attached(engine, units: units) { site in
            for name in ["101", "102", "103"] {
                try await site.done("units", "add", name, "--property", "Elm")
            }
            try await site.done("mapping", "set", "U1", "101", "--property", "Elm")
            try await site.done("mapping", "ignore", "U3", "--property", "Elm")
            let exported = try await site.done("mapping", "export", "--property", "Elm")
            let file = try site.write(exported.text, to: "mapping.csv")
            let before = try await site.dump()
            try await site.done("mapping", "import", file, "--property", "Elm")
            try await #expect(site.dump().difference(from: before) == [])
            let states = try await states(site)
            try await site.done("mapping", "set", "U1", "102", "--property", "Elm")
            try await site.done("mapping", "ignore", "U2", "--property", "Elm")
            try await site.done("mapping", "import", file, "--property", "Elm")
            try await #expect(
                self.states(site).filter { !$0.hasPrefix("U2") }
                    == states.filter { !$0.hasPrefix("U2") }
            )

            let kept = try await site.dump()
            let bad = try site.write(
                "pms_unit_id,mapping,unit\nU1,unit,103\nU9,unit,101\nU2,unit,999\nU3,perhaps,\n",
                to: "bad.csv"
            )
            let refused = try await site.lintel("mapping", "import", bad, "--property", "Elm")
            #expect(refused.status == 1)
            for line in [3, 4, 5] { #expect(refused.errors.contains("line \(line)")) }
            try await #expect(site.dump().difference(from: kept) == [])
        }
    }
}
