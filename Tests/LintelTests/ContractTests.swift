import Foundation
import LintelTesting
import SQLEngineTesting
import Testing

@Suite("What scripts rely on")
struct ContractTests {
    private static let run: Set = [
        "run", "property", "outcome", "pms_units", "residents", "created", "linked", "updated",
        "assigned", "ended", "alerts_open", "seconds",
    ]

    @Test("sync and runs print the promised keys and columns")
    func runs() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 3))
            let sync = try await site.done("sync", "--all", "--format", "json")
            #expect(
                try Set(sync.object().keys) == [
                    "runs", "residents", "seconds", "residents_per_second",
                ]
            )
            #expect(try sync.object()["residents"] as? Int == 3)
            let row = try #require(try sync.rows("runs").first)
            #expect(Self.run.isSubset(of: row.keys))
            let list = try await site.done("runs", "list", "--format", "json")
            let listed = try #require(try list.rows("runs").first)
            #expect(Self.run.isSubset(of: listed.keys))
            #expect(listed["run"] as? String == row["run"] as? String)
            for command in [
                ["sync", "--all"], ["runs", "list"], ["runs", "list", "--property", "P1"],
            ] {
                let csv = try await site.start(command + ["--format", "csv"]).result()
                #expect(Set(csv.csvHeader) == Self.run)
            }
            let shown = try await site.done(
                "runs",
                "show",
                row["run"] as? String ?? "",
                "--format",
                "json"
            )
            #expect(try Set(shown.object().keys).isSuperset(of: ["run", "changes"]))
            #expect(try shown.rows("changes").count >= 3)
        }
    }

    @Test("who stops reading, as head does, stops the printing and never the sync")
    func closedPipe() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 3))
            for format in ["table", "json", "csv"] {
                let pipe = Pipe()
                try pipe.fileHandleForReading.close()
                let closed = pipe.fileHandleForWriting
                let list = try site.start(["property", "list", "--format", format], output: closed)
                let result = await list.result()
                // What a shell says of a program that SIGPIPE ended.
                #expect(result.status == 141)
                #expect(result.errors == "")
            }
            let pipe = Pipe()
            try pipe.fileHandleForReading.close()
            let closed = pipe.fileHandleForWriting
            let sync = try site.start(["sync", "--all"], output: closed, errors: closed)
            #expect(await sync.result().status == 141)
            let people = try await site.done("people", "list", "--format", "csv")
            #expect(try people.csv().count == 3)
        }
    }

    @Test("a result that finds no room ends the command as failed and says why")
    func fullOutput() async throws {
        try await LintelSite.with(.sqlite) { site in
            let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
            let list = try site.start(["property", "list"], output: full)
            let result = await list.result()
            #expect(result.status == 1)
            #expect(result.errors.contains("standard output: No space left on device"))
        }
    }

    @Test(
        "people list prints the promised columns, ended assignments and people without one included"
    )
    func people() async throws {
        try await LintelSite.with(.sqlite) { site in
            var files = ResidentExport(households: 3)
            files.units.append(.init("U9", name: "109"))
            try await site.onboardFolder(files)
            try await site.done("mapping", "ignore", "U9", "--property", "P1")
            files.residents.append(.init("R9", in: "U9"))
            files.change("R2") { $0.phone = "+1 2025550143" }
            try files.write(to: site.export)
            try await site.done("sync", "--all")
            files.change("R3") {
                $0.status = "past"
                $0.moveOut = "2026-03-31"
            }
            try files.write(to: site.export)
            try await site.done("sync", "--property", "P1")
            let list = try await site.done("people", "list", "--property", "P1", "--format", "csv")
            let columns = [
                "person_id", "first_name", "last_name", "email", "phone", "status", "unit",
                "building", "assignment", "from", "until", "pms_resident_id",
            ]
            #expect(list.csvHeader == columns)
            let rows = try list.csv().sorted {
                $0["pms_resident_id"] ?? "" < $1["pms_resident_id"] ?? ""
            }
            #expect(rows.map { $0["assignment"] } == ["current", "current", "ended", ""])
            #expect(rows.map { $0["unit"] } == ["101", "102", "103", ""])
            #expect(rows.map { $0["until"] } == ["", "", "2026-03-31", ""])
            #expect(rows[1]["phone"]?.filter(\.isNumber) == "12025550143")
            #expect(rows[3]["from"] == "")
            let json = try await site.done("people", "list", "--format", "json").rows("people")
            #expect(json.count == 4)
            #expect(Set(columns).isSubset(of: Set(json[0].keys)))
            let person = rows[2]["person_id"] ?? ""
            let shown = try await site.done("people", "show", person, "--format", "json")
            #expect(try Set(shown.object().keys) == ["assignments", "history"])
            #expect(try !shown.rows("history").isEmpty)
            let byAddress = try await site.done(
                "people",
                "show",
                "resident.r3@example.com",
                "--format",
                "csv"
            )
            #expect(try byAddress.csv().map { $0["person_id"] } == [person])
        }
    }

    @Test("every other list prints its keys, in JSON and in CSV")
    func lists() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 2))
            let cases: [(command: [String], array: String, keys: Set<String>)] = [
                (["property", "list"], "properties", ["id", "name", "time_zone", "last_sync"]),
                (
                    ["units", "list", "--property", "P1"], "units",
                    ["id", "building", "name", "floor"]
                ),
                (["connection", "list"], "connections", ["id", "name", "vendor"]),
                (["connection", "check", "folder"], "operations", ["operation", "allowed"]),
                (["connection", "properties", "folder"], "properties", ["pms_property", "name"]),
                (
                    ["mapping", "list", "--property", "P1"], "mapping",
                    ["pms_unit", "state", "unit"]
                ),
                (["doctor"], "checks", ["check", "ok", "found"]),
            ]
            for (command, array, keys) in cases {
                let json = try await site.start(command + ["--format", "json"]).result()
                #expect(json.status == 0, "\(command)")
                let row = try #require(try json.rows(array).first, "\(command)")
                #expect(keys.isSubset(of: row.keys), "\(command)")
                let csv = try await site.start(command + ["--format", "csv"]).result()
                #expect(keys.isSubset(of: csv.csvHeader), "\(command)")
                let table = try await site.start(command).result()
                #expect(!table.output.isEmpty, "\(command)")
            }
            let settings = try await site.done(
                "settings",
                "show",
                "--property",
                "P1",
                "--format",
                "json"
            )
            let keys = [
                "user-sync", "unit-sync", "absence-minutes", "brake-removals",
                "brake-removals-percent", "brake-units-percent",
            ]
            #expect(try Set(keys).isSubset(of: settings.object().keys))
            #expect(try settings.object()["user-sync"] as? String == "on")
            let property = try await site.done("property", "list", "--format", "json").rows(
                "properties"
            )[0]
            #expect(property["last_sync"] is NSNull)
            try await site.done("sync", "--all")
            let synced = try await site.done("property", "list", "--format", "json").rows(
                "properties"
            )[0]
            #expect((synced["last_sync"] as? String)?.hasSuffix("Z") == true)
        }
    }

    @Test("the database is chosen by option, by variable, or lies in the data folder")
    func databases() async throws {
        try await LintelSite.with(.sqlite) { site in
            let home = site.folder.appending(path: "home")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
            func list(
                _ arguments: [String],
                _ environment: [String: String]
            ) async throws -> ProgramResult {
                try await LintelProgram(
                    ["property", "list"] + arguments,
                    environment: environment,
                    in: site.folder
                ).result()
            }
            try await #expect(list([], ["HOME": home.path]).status == 0)
            let standard = home.appending(path: ".local/share/lintel/lintel.db")
            #expect(FileManager.default.fileExists(atPath: standard.path))
            let data = site.folder.appending(path: "data")
            try await #expect(
                list([], ["HOME": home.path, "XDG_DATA_HOME": data.path]).status == 0
            )
            #expect(FileManager.default.fileExists(atPath: data.path + "/lintel/lintel.db"))
            let chosen = site.folder.appending(path: "chosen.db").path
            let other = site.folder.appending(path: "other.db").path
            let environment = ["HOME": home.path, "LINTEL_DATABASE": "sqlite:\(other)"]
            try await #expect(list(["--database", "sqlite:\(chosen)"], environment).status == 0)
            #expect(FileManager.default.fileExists(atPath: chosen))
            #expect(!FileManager.default.fileExists(atPath: other))
            let wrong = try await list(
                ["--database", "mysql://root@localhost/lintel"],
                environment
            )
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("sqlite:PATH"))
            #expect(wrong.errors.contains("postgres://USER@HOST:PORT/NAME"))
        }
    }

    @Test(
        "a property is named by name or id, and an ambiguous name is refused with the ids",
        arguments: TestEngine.allCases
    )
    func names(engine: TestEngine) async throws {
        try await LintelSite.with(engine) { site in
            for zone in ["America/New_York", "Europe/Paris"] {
                try await site.done("property", "add", "Maple Court", "--time-zone", zone)
            }
            let rows = try await site.done("property", "list", "--format", "json").rows(
                "properties"
            )
            let ids = rows.compactMap { $0["id"] as? String }
            #expect(ids.count == 2)
            let refused = try await site.lintel("units", "list", "--property", "Maple Court")
            #expect(refused.status == 1)
            for id in ids { #expect(refused.errors.contains(id)) }
            try await site.done("units", "add", "12B", "--property", ids[0])
            let units = try await site.done(
                "units",
                "list",
                "--property",
                ids[0],
                "--format",
                "csv"
            ).csv()
            #expect(units.map { $0["name"] } == ["12B"])
            let nobody = try await site.lintel("units", "list", "--property", "Oak Court")
            #expect(nobody.status == 1)
            #expect(nobody.errors.contains("Oak Court"))
        }
    }

    @Test(
        "a wrong call ends with 64 and says what is expected",
        arguments: [
            ["sync"], ["sync", "--all", "--property", "P1"], ["sync", "--all", "--format", "xml"],
            ["property", "add"],
            ["mapping", "remove", "U1", "--property", "P1", "--residents", "evict"],
            ["nonsense"], ["units", "import"], ["runs", "list", "--limit", "many"],
        ]
    )
    func usage(arguments: [String]) async throws {
        try await LintelSite.with(.sqlite) { site in
            let result = try await site.start(arguments).result()
            #expect(result.status == 64)
            #expect(!result.errors.isEmpty)
            #expect(result.output.isEmpty)
        }
    }

    @Test("a wrong value ends with 1, says what is expected, and changes nothing")
    func values() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 2))
            let before = try await site.dump()
            let cases: [(command: [String], words: [String])] = [
                (["property", "add", "X", "--time-zone", "Mars/Olympus"], ["IANA"]),
                (
                    ["settings", "set", "brake-removals", "few", "--property", "P1"],
                    ["whole number"]
                ),
                (["settings", "set", "colour", "red", "--property", "P1"], ["user-sync"]),
                (["mapping", "set", "U7", "101", "--property", "P1"], ["U7"]),
                (["mapping", "set", "U1", "999", "--property", "P1"], ["999"]),
                (["units", "delete", "101", "--property", "P1"], ["mapped"]),
                (["units", "add", "101", "--property", "P1"], ["already"]),
                (["connection", "remove", "folder"], ["attached", "P1"]),
                (["connection", "check", "nobody"], ["nobody"]),
                (["runs", "show", "nothing"], ["nothing"]),
                (["people", "show", "nobody@example.com"], ["people list"]),
                (
                    ["property", "attach", "P1", "--connection", "folder", "--pms-property", "P7"],
                    ["P7"]
                ),
                (["property", "detach", "P1", "--pms-property", "P7"], ["P7"]),
            ]
            for (command, words) in cases {
                let result = try await site.start(command).result()
                #expect(result.status == 1, "\(command)")
                for word in words {
                    #expect(result.errors.contains(word), "\(command): \(result.errors)")
                }
                #expect(result.output.isEmpty, "\(command)")
            }
            try await #expect(site.dump().difference(from: before) == [])
        }
    }

    @Test("a held property ends sync with 3, a failed one with 1, both with 1")
    func exitCodes() async throws {
        try await LintelSite.with(.sqlite) { site in
            var files = ResidentExport(households: 6, of: "P1", prefix: "A")
            let other = ResidentExport(households: 6, of: "P2", prefix: "B")
            files.units += other.units
            files.residents += other.residents
            try await site.onboardFolder(files)
            try await site.done("sync", "--all")
            files.residents.removeAll { $0.property == "P1" }
            try files.write(to: site.export)
            let held = try await site.lintel("sync", "--all", "--format", "json")
            #expect(held.status == 3)
            #expect(try held.decode(RunsOutput.self).outcomes == ["held", "unchanged"])
            #expect(held.errors.contains("lists no residents"))
            try await site.done("property", "add", "Nowhere", "--time-zone", "UTC")
            try await site.done("settings", "set", "user-sync", "on", "--property", "Nowhere")
            let failed = try await site.lintel("sync", "--all", "--format", "json")
            #expect(failed.status == 1)
            #expect(try failed.decode(RunsOutput.self).outcomes == ["held", "unchanged", "failed"])
            try await #expect(site.lintel("sync", "--property", "P1").status == 3)
            try await #expect(site.lintel("sync", "--property", "P2").status == 0)
            let run = try #require(
                try held.decode(RunsOutput.self).runs.first { $0.outcome == "held" }
            )
            let shown = try await site.done("runs", "show", run.run, "--format", "json")
            #expect(try shown.object()["held_plan"] is String)
            try await site.done("settings", "set", "user-sync", "off", "--property", "Nowhere")
            let skipped = try await site.lintel("sync", "--all", "--format", "json")
            #expect(try skipped.decode(RunsOutput.self).outcomes.contains("skipped"))
            #expect(skipped.status == 3)
        }
    }

    @Test("a connection stays while attached, and goes once nothing ever came in through it")
    func removal() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 1))
            try await #expect(site.lintel("connection", "remove", "folder").status == 1)
            try await site.done("property", "detach", "P1", "--pms-property", "P1")
            try await site.done("connection", "remove", "folder")
            let left = try await site.done("connection", "list", "--format", "json")
            #expect(try left.rows("connections").isEmpty)
        }
    }

    @Test("migrate says what it did, and nothing the second time", arguments: TestEngine.allCases)
    func migrate(engine: TestEngine) async throws {
        try await LintelSite.with(engine) { site in
            let first = try await site.done("migrate", "--format", "json").object()
            #expect((first["applied"] as? [String])?.isEmpty == false)
            let second = try await site.done("migrate", "--format", "json").object()
            #expect((second["applied"] as? [String])?.isEmpty == true)
        }
    }

    @Test(
        "a connection to each PMS is added with the options of its page",
        arguments: [
            ("entrata", ["url", "organization", "api-key-file"]),
            (
                "yardi",
                [
                    "url", "username", "password-file", "server-name", "database-name",
                    "interface-entity", "interface-license-file",
                ]
            ),
            ("realpage", ["url", "pmc-id", "license-key-file"]),
            (
                "mri",
                [
                    "url", "client-id", "database-name", "user", "partner-key-file",
                    "password-file",
                ]
            ),
            ("appfolio", ["client-id", "client-secret-file", "developer-id"]),
            ("resman", ["integration-partner-id", "account-id", "api-key-file"]),
            ("buildium", ["client-id", "client-secret-file"]),
            ("rentmanager", ["url", "username", "password-file"]),
        ]
    )
    func connectionOptions(vendor: String, options: [String]) async throws {
        try await LintelSite.with(.sqlite) { site in
            let secret = try site.write("s3cret", to: "secret")
            let values = ["url": "https://pms.example.invalid", "organization": "demo"]
            let given = options.flatMap { option in
                ["--\(option)", option.hasSuffix("-file") ? secret : values[option] ?? "12"]
            }
            let added = try await site.start(["connection", "add", vendor, "PMS"] + given).result()
            #expect(added.status == 0, "\(added.errors)")
            let listed = try await site.done("connection", "list", "--format", "json")
            #expect(listed.text.contains(vendor))
        }
    }

    @Test("change-pms shows what would be, and changes nothing before --apply")
    func changePMS() async throws {
        try await LintelSite.with(.sqlite) { site in
            var files = ResidentExport(households: 3)
            try await site.onboardFolder(files)
            try await site.done("sync", "--all")
            let before = try await site.standings().map(\.unit)
            let next = site.folder.appending(path: "next")
            try FileManager.default.createDirectory(at: next, withIntermediateDirectories: false)
            for index in files.units.indices { files.units[index].property = "N1" }
            for index in files.residents.indices {
                files.residents[index].property = "N1"
                files.residents[index].id = "N\(index)"
            }
            try files.write(to: next)
            try await site.done("connection", "add", "csv", "next", "--directory", next.path)
            let command = [
                "property", "change-pms", "P1", "--from", "P1", "--connection", "next",
                "--pms-property", "N1", "--format", "json",
            ]
            let shown = try await site.start(command).result()
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(try shown.object()["recognised"] as? Int == 3)
            #expect(try shown.object()["created"] as? Int == 0)
            #expect(shown.errors.contains("nothing is changed yet"))
            let made = try await site.start(command + ["--apply"]).result()
            #expect(made.status == 0, "\(made.errors)")
            try await site.done("sync", "--all")
            #expect(try await site.standings().map(\.unit) == before)
            let again = try await site.start(command).result()
            #expect(again.status == 1)
            #expect(again.errors.contains("P1 is not attached"))
        }
    }
}
