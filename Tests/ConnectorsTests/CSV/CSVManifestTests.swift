import ConnectorKit
import Crypto
import Foundation
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVManifestTests {
    private static func hash(of folder: ExportFolder, _ name: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
        return SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }

    @Test("Files that are as the manifest says are complete")
    func agrees() async throws {
        let folder = try ExportFolder()
        try folder.write(
            "manifest.csv",
            lines: [
                "file,rows,sha256", "units.csv,1,\(try Self.hash(of: folder, "units.csv"))",
                "residents.csv,1,\(try Self.hash(of: folder, "residents.csv").uppercased())",
                "ledger.csv,90,",
            ]
        )
        #expect(try await folder.snapshot().problems.isEmpty)
    }

    @Test("Blank rows do not count, rows over several lines count once")
    func counting() async throws {
        let folder = try ExportFolder(residents: [
            "P1,R1,,,\"Ann\nMarie\",Oak,,,Current,,,,,", "", ",,,,,,,,,,,,,",
        ])
        try folder.write("manifest.csv", lines: ["file,rows", "residents.csv,1"])
        #expect(try await folder.snapshot().problems.isEmpty)
    }

    @Test(
        "A file with fewer or more rows than its manifest says makes the snapshot incomplete",
        arguments: [
            (
                "units.csv,2", "units.csv",
                "found 1 rows, manifest.csv says 2: the file may be cut short"
            ),
            (
                "residents.csv,7", "residents.csv",
                "found 1 rows, manifest.csv says 7: the file may be cut short"
            ),
            (
                "residents.csv,0", "residents.csv",
                "found 1 rows, manifest.csv says 0: one of them is old"
            ),
        ]
    )
    func otherCount(line: String, place: String, message: String) async throws {
        let folder = try ExportFolder()
        try folder.write("manifest.csv", lines: ["file,rows", line])
        let part = try await folder.snapshot()
        #expect(part.problems == [SnapshotProblem(.incomplete, at: place, message)])
        #expect(part.residencies.count == 1)
    }

    @Test("A file with another hash than its manifest says makes the snapshot incomplete")
    func otherHash() async throws {
        let folder = try ExportFolder()
        let hash = try Self.hash(of: folder, "units.csv")
        try folder.write("manifest.csv", lines: ["file,rows,sha256", "residents.csv,1,\(hash)"])
        let part = try await folder.snapshot()
        #expect(part.problems.map(\.effect) == [.incomplete])
        #expect(part.problems.first?.message.contains("sha256") == true)
    }

    @Test("A manifest that comes later is heeded at the next fetch")
    func laterManifest() async throws {
        let folder = try ExportFolder()
        let connector = CSVConnector(directory: folder.path)
        #expect(try await connector.snapshot(of: "P1").isComplete)
        try folder.write("manifest.csv", lines: ["file,rows", "residents.csv,9"])
        #expect(try await connector.snapshot(of: "P1").isComplete == false)
        try folder.remove("manifest.csv")
        #expect(try await connector.snapshot(of: "P1").isComplete)
    }

    @Test("A manifest that is replaced while rows are read makes the snapshot incomplete")
    func replacedManifest() async throws {
        let folder = try ExportFolder()
        let connector = CSVConnector(
            folder: CSVFolder(directory: folder.path) { moment in
                if case .rowsRead = moment {
                    try? folder.write("manifest.csv", lines: ["file,rows"])
                }
            }
        )
        #expect(try await connector.snapshot(of: "P1").isComplete == false)
    }

    @Test(
        "A manifest that cannot be read is an error that names it, its line and what was expected",
        arguments: [
            ("", "line 1: expected a header line"),
            ("file\nunits.csv\n", "line 1: expected the column rows"),
            ("file,rows\nunits.csv,many\n", "line 2 (rows): expected the number of rows"),
            ("file,rows\nunits.csv,-1\n", "line 2 (rows): expected the number of rows"),
            ("file,rows\nunits.csv\n", "line 2: found 1 fields, expected 2"),
            ("file,rows\nunits.csv,1\nunits.csv,2\n", "line 3 (file): the file is listed twice"),
            ("file,rows,sha256\nunits.csv,1,abc\n", "line 2 (sha256): expected 64 hexadecimal"),
        ]
    )
    func unreadable(text: String, message: String) async throws {
        let folder = try ExportFolder()
        try folder.write("manifest.csv", text)
        let error = await #expect(throws: ConnectorError.self) { try await folder.snapshot() }
        #expect(error?.code == .malformed)
        #expect(error?.attempt == "reading \(folder.file("manifest.csv"))")
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }
}
