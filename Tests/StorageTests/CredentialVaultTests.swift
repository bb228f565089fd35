import ConnectorKit
import Foundation
import LintelModel
import SQLEngine
import SQLEngineTesting
import Storage
import Testing

@Suite("Stored credentials")
struct CredentialVaultTests {
    private let now = Timestamp(milliseconds: 1_781_524_800_000)
    private let settings = ConnectionSettings(
        vendor: "entrata",
        values: ["url": "https://pms.example.com"],
        secrets: ["api-key": Secret("the key of the gateway")]
    )

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lintel-vault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test(
        "open again with the key they were sealed with, and with no other",
        arguments: TestEngine.allCases
    )
    func roundTrip(engine: TestEngine) async throws {
        try await withFolder { folder in
            try await engine.withDatabase { database in
                _ = try await Migrator.migrate(database, at: now)
                let key = folder.appending(path: "key").path
                let vault = try CredentialVault(keyFile: key)
                let (one, two) = (ConnectionID("one"), ConnectionID("two"))
                try await database.write { [settings, now] connection in
                    for (id, name) in [(one, "first"), (two, "second")] {
                        try Connections.add(
                            id,
                            name: name,
                            settings: settings,
                            vault: vault,
                            at: now,
                            on: connection
                        )
                    }
                }
                let again = try CredentialVault(keyFile: key)
                let read = try await database.read { connection in
                    try Connections.settings(of: one, vault: again, on: connection)
                }
                #expect(read == settings)

                let sealed = try await database.read { connection in
                    try connection.all("select sealed_secrets from connections order by id") {
                        try $0.text(0)
                    }
                }
                #expect(sealed.count == 2)
                #expect(sealed[0] != sealed[1])
                #expect(!sealed.contains { $0.contains("gateway") })

                let other = try CredentialVault(keyFile: folder.appending(path: "other").path)
                await #expect(throws: CredentialVault.Failure.self) {
                    _ = try await database.read { connection in
                        try Connections.settings(of: one, vault: other, on: connection)
                    }
                }
                // A sealed text that was put beside another connection does not open there.
                _ = try await database.write { connection in
                    try connection.execute(
                        "update connections set sealed_secrets = $1 where id = $2",
                        [.text(sealed[0]), .text(two.text)]
                    )
                }
                await #expect(throws: CredentialVault.Failure.self) {
                    _ = try await database.read { connection in
                        try Connections.settings(of: two, vault: again, on: connection)
                    }
                }
            }
        }
    }

    @Test("need a key file that is whole and their owner's alone")
    func keyFile() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "key").path
            _ = try CredentialVault(keyFile: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            for mode in [0o640, 0o604, 0o666] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                #expect {
                    try CredentialVault(keyFile: path)
                } throws: { "\($0)".contains("chmod 600 \(path)") }
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            _ = try CredentialVault(keyFile: path)
            let short = folder.appending(path: "short").path
            _ = FileManager.default.createFile(
                atPath: short,
                contents: Data([1, 2, 3]),
                attributes: [.posixPermissions: 0o600]
            )
            #expect { try CredentialVault(keyFile: short) } throws: { "\($0)".contains("3 bytes") }
            #expect {
                try CredentialVault(keyFile: folder.appending(path: "no/such/folder/key").path)
            } throws: { "\($0)".contains("no/such/folder") }
        }
    }

    @Test("show nothing of themselves where settings are printed")
    func printing() {
        #expect(!"\(settings)".contains("gateway"))
        #expect(!String(reflecting: settings).contains("gateway"))
    }
}
