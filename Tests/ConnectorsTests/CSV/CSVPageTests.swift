import ConnectorKit
import Foundation
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVPageTests {
    private static func rows(_ property: String, _ count: Int) -> [String] {
        (0..<count).map { "\(property),\(property)-R\($0),,,Ann,Oak,,,Current,3/4/2026,,,," }
    }

    struct Move: Sendable, CustomTestStringConvertible {
        let what: String
        let residents: [String]

        var testDescription: String { what }
    }

    @Test(
        "A property's pages hash the same when only rows of others came, went or moved",
        arguments: [
            Move(what: "rows before", residents: rows("P2", 5) + rows("P1", 4)),
            Move(what: "rows after", residents: rows("P1", 4) + rows("P2", 9)),
            Move(
                what: "rows between",
                residents: zip(rows("P1", 4), rows("P2", 4)).flatMap { [$0, $1] }
            ),
            Move(what: "blank lines", residents: ["", ""] + rows("P1", 4) + ["", ""]),
        ]
    )
    func hashIgnoresLines(move: Move) async throws {
        let before = try ExportFolder(residents: Self.rows("P1", 4))
        let after = try ExportFolder(residents: move.residents)
        #expect(try await before.pages().map(\.hash) == after.pages().map(\.hash))
        #expect(try await before.snapshot().residencies == after.snapshot().residencies)
    }

    @Test("A property's pages hash the same when its last row gets a line end")
    func hashIgnoresLastLineEnd() async throws {
        let folder = try ExportFolder()
        let before = try await folder.pages().map(\.hash)
        try folder.write(
            "residents.csv",
            "\(ExportFolder.residentsHeader)\n\(ExportFolder.resident)"
        )
        #expect(try await folder.pages().map(\.hash) == before)
    }

    @Test(
        "A page hashes otherwise when its rows, its header or what holds for the file change",
        arguments: [
            Move(
                what: "a row changed",
                residents: rows("P1", 3) + ["P1,P1-R3,,,Ann,Elm,,,Current,,,,,"]
            ),
            Move(what: "a row gone", residents: rows("P1", 3)),
            Move(what: "a row new", residents: rows("P1", 5)),
            Move(what: "file cut", residents: rows("P1", 4) + ["P2,R"]),
            Move(
                what: "day-first date elsewhere",
                residents: rows("P1", 4) + ["P2,R,,,Ann,Oak,,,Current,31/1/2026,,,,"]
            ),
        ]
    )
    func hashHeedsContent(move: Move) async throws {
        let before = try await ExportFolder(residents: Self.rows("P1", 4)).pages()
        let after = try await ExportFolder(residents: move.residents).pages()
        #expect(before[0].hash == after[0].hash)
        #expect(before[1].hash != after[1].hash)
    }

    @Test("A page hashes otherwise when the header's columns change places")
    func hashHeedsHeader() async throws {
        let folder = try ExportFolder()
        let before = try await folder.pages()
        let header = ExportFolder.residentsHeader
            .replacingOccurrences(of: "first_name,last_name", with: "last_name,first_name")
        try folder.write("residents.csv", lines: [header, ExportFolder.resident])
        let after = try await folder.pages()
        #expect(before[1].hash != after[1].hash)
        #expect(try await folder.snapshot().residencies.first?.firstName == "Oak")
    }

    @Test("Lines are named as in the file, wherever a property's rows lie")
    func linesOfScatteredRows() async throws {
        let folder = try ExportFolder(residents: [
            "P2,R1,,,Eve,Elm,,,Current,,,,,", "P1,R2,,,Ann,Oak,,,Current,x,,,,",
            "P2,R3,,,\"Eve\nMay\",Elm,,,Current,,,,,", "", "P1,R4,,,Ann,Oak,,,Current,x,,,,",
            "P1,R5,,,\"Ann\nMay\",Oak,,,Current,,,,,", "P1,R6,,,Ann,Oak,,,Current,x,,,,",
        ])
        let part = try await folder.snapshot()
        #expect(
            part.problems.map(\.place)
                == [3, 7, 10].map { "residents.csv line \($0), column \"lease_start\"" }
        )
    }

    @Test("A property of many megabytes comes in pages of about one, every row once")
    func manyPages() async throws {
        let count = 6_000
        let filler = String(repeating: "x", count: 400)
        func long(_ property: String) -> [String] {
            (0..<count).map { "\(property),R\($0),,,\(filler),Oak,,,Current,,,,," }
        }
        let folder = try ExportFolder(residents: zip(long("P1"), long("P2")).flatMap { [$0, $1] })
        let connector = CSVConnector(directory: folder.path)
        let pages = try await connector.pages(of: "P1")
        #expect(pages.dropFirst().count == 3)
        let part = try await connector.snapshot(of: "P1")
        #expect(part.residencies.map(\.key.resident.text) == (0..<count).map { "R\($0)" })

        let alone = try ExportFolder(residents: long("P1"))
        #expect(try await alone.pages().map(\.hash) == pages.map(\.hash))
    }

    @Test(
        "Bytes that are no page of ours are refused",
        arguments: ["", "\n", "{}\n", "P1,R1\n", "{\"file\":\"units.csv\",\"header\":\"a\"}\n"]
    )
    func foreignPage(text: String) {
        var decoder = CSVConnector(directory: "/").decoder(for: PMSPropertyID("P1"))
        let error = #expect(throws: ConnectorError.self) {
            try decoder.decode(SnapshotPage(kind: .residents, bytes: Data(text.utf8)))
        }
        #expect(error?.code == .malformed)
    }
}
