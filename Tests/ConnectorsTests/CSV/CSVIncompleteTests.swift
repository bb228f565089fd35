import ConnectorKit
import Foundation
import LintelModel
import Synchronization
import Testing

@testable import Connectors

@Suite struct CSVIncompleteTests {
    static let resident = ExportFolder.resident

    struct Cut: Sendable, CustomTestStringConvertible {
        let what: String
        let residents: String
        let place: String
        /// Whether the snapshot of another property of the file is incomplete too.
        var concernsEverybody = true

        var testDescription: String { what }
    }

    @Test(
        "What may hide a resident makes the snapshot incomplete and says where",
        arguments: [
            Cut(
                what: "resident id empty",
                residents: "P1,,L1,U1,Ann,Oak,,,Current,,,,,\n\(resident)\n",
                place: "residents.csv line 3, column \"resident_id\"",
                concernsEverybody: false
            ),
            Cut(
                what: "resident id with a line break",
                residents: "P1,\"R\n1\",L1,U1,Ann,Oak,,,Current,,,,,\n\(resident)\n",
                place: "residents.csv line 3, column \"resident_id\"",
                concernsEverybody: false
            ),
            Cut(
                what: "property id empty",
                residents: ",R9,L1,U1,Ann,Oak,,,Current,,,,,\n\(resident)\n",
                place: "residents.csv line 3"
            ),
            Cut(
                what: "property id in no good row",
                residents: "P9,R9,L1\n\(resident)\n",
                place: "residents.csv line 3"
            ),
            Cut(
                what: "last row too short",
                residents: "\(resident)\nP1,R9,L1,U1,Ann\n",
                place: "residents.csv line 4"
            ),
            Cut(
                what: "last row too short, without line end",
                residents: "\(resident)\nP1,R9,L1,U1,Ann",
                place: "residents.csv line 4"
            ),
            Cut(
                what: "last row ends inside the ids",
                residents: "\(resident)\nP1",
                place: "residents.csv line 4"
            ),
            Cut(
                what: "quote open at the end",
                residents: "\(resident)\nP1,R9,L1,U1,\"Ann",
                place: "residents.csv line 4"
            ),
            Cut(
                what: "quote that swallowed a row",
                residents:
                    "P1,R8,L1,U1,\"Ann,Oak,,,Current,,,,,\nP1,R9,L1,U1,\"Ben\",Ash,,,Past,,,,,\n"
                    + "\(resident)\n",
                place: "residents.csv line 3"
            ),
            Cut(
                what: "two rows on one line",
                residents:
                    "P1,R8,,,Ann,Oak,,,Current,,,,,P1,R9,,,Ben,Ash,,,Past,,,,,\n\(resident)\n",
                place: "residents.csv line 3"
            ),
        ]
    )
    func incomplete(cut: Cut) async throws {
        let folder = try ExportFolder()
        try folder.write(
            "residents.csv",
            "\(ExportFolder.residentsHeader)\nP2,R2,,,Eve,Elm,,,Current,,,,,\n\(cut.residents)"
        )
        let connector = CSVConnector(directory: folder.path)
        let part = try await connector.snapshot(of: "P1")
        #expect(!part.isComplete)
        #expect(
            part.problems.filter { $0.effect == .incomplete }.map(\.place).contains(cut.place),
            "\(part.problems)"
        )
        #expect(part.residencies.map(\.key.resident.text) == ["R1"])

        let other = try await connector.snapshot(of: "P2")
        #expect(other.isComplete != cut.concernsEverybody)
        #expect(other.residencies.map(\.key.resident.text) == ["R2"])
    }

    @Test("A damaged row is not believed where a column of free text stands before its ids")
    func shiftedIDs() async throws {
        let folder = try ExportFolder()
        let header = "property_id,first_name,last_name,resident_id,unit_id,status"
        try folder.write(
            "residents.csv",
            lines: [header, "P1,Ann,Oak, Jr.,R1,U1,Current", "P1,Ben,Ash,R2,U1,Current"]
        )
        let part = try await folder.snapshot()
        #expect(!part.isComplete)
        #expect(part.unreadable.isEmpty)
        #expect(part.residencies.map(\.key.resident.text) == ["R2"])
    }

    @Test("A last row without line end is fine when it has all its fields")
    func noLastLineEnd() async throws {
        let folder = try ExportFolder()
        try folder.write("residents.csv", "\(ExportFolder.residentsHeader)\n\(Self.resident)")
        let part = try await folder.snapshot()
        #expect(part.residencies.count == 1)
        #expect(part.problems.isEmpty)
    }

    @Test("A bad row is neither absence nor incompleteness")
    func badRowIsComplete() async throws {
        let folder = try ExportFolder(residents: ["P1,R1,,,Ann,Oak,,,Current,x,,,,", Self.resident])
        #expect(try await folder.snapshot().isComplete)
    }

    @Test("Many damaged rows are counted after the first twenty")
    func manyNotes() async throws {
        let folder = try ExportFolder(
            residents: [Self.resident]
                + (0..<50).map { ",R\($0),,,Ann,Oak,,,Current,,,,," }
        )
        let part = try await folder.snapshot()
        #expect(part.problems.count == 21)
        #expect(part.problems.last?.message == "30 more rows cannot be told whose they are")
    }

    enum Interference: String, CaseIterable, Sendable {
        case replaceUnits
        case replaceResidents
        case appendToUnits
        case appendToResidents
    }

    @Test(
        "A file that is replaced or changed while it is read makes the snapshot incomplete",
        arguments: Interference.allCases,
        [true, false]
    )
    func changedWhileRead(interference: Interference, whileIndexing: Bool) async throws {
        let folder = try ExportFolder()
        let isDone = Mutex(false)
        let connector = CSVConnector(
            folder: CSVFolder(directory: folder.path) { moment in
                switch moment {
                case .indexed(.residents): guard whileIndexing else { return }
                case .indexed(.units): return
                case .rowsRead: guard !whileIndexing else { return }
                }
                guard
                    isDone.withLock({ done in
                        defer { done = true }
                        return !done
                    })
                else { return }
                do {
                    switch interference {
                    case .replaceUnits:
                        try folder.write("units.csv", lines: [ExportFolder.unitsHeader])
                    case .replaceResidents:
                        try folder.write("residents.csv", lines: [ExportFolder.residentsHeader])
                    case .appendToUnits: try folder.append("P1,U2,,2,,\n", to: "units.csv")
                    case .appendToResidents:
                        try folder.append("P1,R2,,,Ben,Ash,,,Past,,,,,\n", to: "residents.csv")
                    }
                } catch {
                    Issue.record(error)
                }
            }
        )
        let part = try await connector.snapshot(of: "P1")
        #expect(!part.isComplete)
        #expect(isDone.withLock { $0 })
        if !whileIndexing {
            // Rows of the file as it was are whole; rows of a file that changed in place may not be.
            let isReplaced = interference == .replaceUnits || interference == .replaceResidents
            let word = isReplaced ? "replaced" : "changed"
            #expect(part.problems.map(\.message) == ["the file was \(word) while it was read"])
            #expect(part.units.count == (interference == .appendToUnits ? 0 : 1))
            #expect(part.residencies.count == (interference == .appendToResidents ? 0 : 1))
        }

        let after = try await connector.snapshot(of: "P1")
        #expect(after.isComplete)
        #expect(
            after.units.count
                == (interference == .replaceUnits ? 0 : interference == .appendToUnits ? 2 : 1)
        )
        #expect(
            after.residencies.count
                == (interference == .replaceResidents
                    ? 0 : interference == .appendToResidents ? 2 : 1)
        )
    }

    @Test("A list of properties is refused from a file that changed while it was read")
    func propertiesOfChangingFile() async throws {
        let folder = try ExportFolder()
        let connector = CSVConnector(
            folder: CSVFolder(directory: folder.path) { moment in
                if case .indexed(.residents) = moment {
                    try? folder.append("P2,R2,,,Ben,Ash,,,Past,,,,,\n", to: "residents.csv")
                }
            }
        )
        let error = await #expect(throws: ConnectorError.self) { try await connector.properties() }
        #expect(error?.code == .unavailable)
        #expect(error?.isTransient == true)
    }
}
