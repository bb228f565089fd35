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
