import Foundation
import LintelTesting
import PMSSimulator
import SQLEngineTesting
import Testing

@Suite("Secrets")
struct SecretTests {
    private static let key = "k3y-0f-the-gateway-9f8e7d6c5b4a"

    @Test(
        "a key is sealed in the database and appears in no output",
        arguments: TestEngine.allCases
    )
    func sealed(engine: TestEngine) async throws {
        let portfolio = try portfolio(properties: 1, units: 4, residents: 4)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { simulator in
            try await LintelSite.with(engine) { site in
                let file = try site.write(Self.key + "\n", to: "api-key")
                var said = ""
                func run(_ arguments: [String]) async throws {
                    for format in ["table", "json", "csv"] {
                        let result = try await site.start(arguments + ["--format", format]).result()
                        said += result.text + result.errors
                    }
                }
                let added = try await site.done(
                    "connection",
                    "add",
                    "entrata",
                    "pms",
                    "--url",
                    simulator.baseURL,
                    "--organization",
                    "demo",
                    "--api-key-file",
                    file
                )
                said += added.text + added.errors
                for command in [
                    ["connection", "list"], ["connection", "check", "pms"],
                    ["connection", "properties", "pms"], ["doctor"],
                    ["property", "import", "--connection", "pms", "--time-zone", "UTC"],
                    ["sync", "--all"], ["runs", "list"],
                ] { try await run(command) }
                simulator.simulator.setFault(FaultPlan(.inBandError))
                try await run(["sync", "--all"])
                #expect(!said.contains(Self.key))
                let dump = try await site.dump()
                #expect(!dump.rows.values.joined().contains { $0.contains(Self.key) })
                for name in try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
                where name.hasPrefix("lintel.db") {
                    let bytes = try Data(contentsOf: site.folder.appending(path: name))
                    #expect(bytes.range(of: Data(Self.key.utf8)) == nil, "\(name)")
                }
            }
        }
    }

    @Test("the last line break of a key file is no part of the key", arguments: ["", "\n", "\r\n"])
    func lineBreak(ending: String) async throws {
        try await LintelSite.with(.sqlite) { site in
            let file = try site.write(Self.key + ending, to: "api-key")
            // A key that still held a line break could not be sent in a header, and is refused.
            let added = try await site.lintel(
                "connection",
                "add",
                "entrata",
                "pms",
                "--url",
                "https://example.invalid",
                "--organization",
                "demo",
                "--api-key-file",
                file
            )
            #expect(added.status == 0, "\(added.errors)")
        }
    }

    @Test("an empty key file and a missing one are refused by name")
    func noKey() async throws {
        try await LintelSite.with(.sqlite) { site in
            let empty = try site.write("\n", to: "empty-key")
            for file in [empty, "missing-key"] {
                let result = try await site.lintel(
                    "connection",
                    "add",
                    "entrata",
                    "pms",
                    "--organization",
                    "demo",
                    "--api-key-file",
                    file
                )
                #expect(result.status == 1)
                #expect(result.errors.contains(file))
            }
        }
    }

    @Test("the key of stored credentials is its owner's alone; one that others may read is refused")
    func keyFile() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.done("migrate")
            let path = (site.sqliteFile ?? "") + ".key"
            func mode(_ path: String) throws -> Int? {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return (attributes[.posixPermissions] as? NSNumber)?.intValue
            }
            try #expect(mode(path) == 0o600)
            try #expect(mode(site.sqliteFile ?? "") == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let refused = try await site.lintel("property", "list")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("chmod 600"))
        }
    }

    @Test("another key file does not open what was sealed, and says so without a secret")
    func otherKey() async throws {
        try await LintelSite.with(.sqlite) { site in
            let file = try site.write(Self.key, to: "api-key")
            try await site.done(
                "connection",
                "add",
                "entrata",
                "pms",
                "--url",
                "http://127.0.0.1:1",
                "--organization",
                "demo",
                "--api-key-file",
                file
            )
            try FileManager.default.removeItem(atPath: (site.sqliteFile ?? "") + ".key")
            let result = try await site.lintel("connection", "check", "pms")
            #expect(result.status == 1)
            #expect(result.errors.contains("key file"))
            #expect(!result.errors.contains(Self.key))
        }
    }

    @Test(
        "plain http is refused except to this machine",
        arguments: [
            ("http://pms.example.com", 1), ("http://10.0.0.7:8080", 1),
            ("https://pms.example.com", 0),
            ("http://127.0.0.1:9", 0), ("http://localhost:9", 0), ("http://[::1]:9", 0),
            ("http://localhost.example.com", 1),
        ] as [(String, Int32)]
    )
    func plainHTTP(url: String, status: Int32) async throws {
        try await LintelSite.with(.sqlite) { site in
            let file = try site.write(Self.key, to: "api-key")
            let result = try await site.lintel(
                "connection",
                "add",
                "entrata",
                "pms",
                "--url",
                url,
                "--organization",
                "demo",
                "--api-key-file",
                file
            )
            #expect(result.status == status, "\(result.errors)")
            if status == 1 { #expect(result.errors.contains("https")) }
        }
    }
}
