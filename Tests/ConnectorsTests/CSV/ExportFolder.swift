import ConnectorKit
import Foundation
import LintelModel
import Testing

@testable import Connectors

/// A folder of exports in the temporary folder, removed when the test lets go of it.
final class ExportFolder: Sendable {
    static let unitsHeader = "property_id,unit_id,building,unit,floor,status"
    static let residentsHeader =
        "property_id,resident_id,lease_id,unit_id,first_name,last_name,email,phone,status,"
        + "lease_start,lease_end,move_in,move_out,role"
    /// A row whose every field is right.
    static let resident =
        "P1,R1,L1,U1,Ann,Oak,ann@example.com,555-0100,Current,"
        + "2026-01-01,2026-12-31,2026-01-02,,"

    let path: String

    /// Makes the folder with both files under their usual headers.
    init(units: [String] = ["P1,U1,A,101,1,"], residents: [String] = [ExportFolder.resident]) throws
    {
        path = NSTemporaryDirectory() + "lintel-csv-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write("units.csv", lines: [Self.unitsHeader] + units)
        try write("residents.csv", lines: [Self.residentsHeader] + residents)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, lines: [String]) throws {
        try write(name, lines.map { $0 + "\n" }.joined())
    }

    /// Writes a file whole, as another file of that name.
    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)), options: .atomic)
    }

    /// Appends to a file, which stays the same file.
    func append(_ text: String, to name: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: file(name)))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: file(name))
    }

    func pages(of property: String = "P1") async throws -> [SnapshotPage] {
        try await CSVConnector(directory: path).pages(of: property)
    }

    func snapshot(of property: String = "P1") async throws -> SnapshotPart {
        try await CSVConnector(directory: path).snapshot(of: property)
    }
}

extension CSVConnector {
    func pages(of property: String) async throws -> [SnapshotPage] {
        var pages: [SnapshotPage] = []
        try await fetch(PMSPropertyID(property)) { pages.append($0) }
        return pages
    }

    func snapshot(of property: String) async throws -> SnapshotPart {
        var decoder = decoder(for: PMSPropertyID(property))
        var whole = SnapshotPart()
        for page in try await pages(of: property) {
            let part = try decoder.decode(page)
            whole.units += part.units
            whole.residencies += part.residencies
            whole.unreadable += part.unreadable
            whole.problems += part.problems
        }
        let last = try decoder.finish()
        whole.problems += last.problems
        return whole
    }
}

extension SnapshotPart {
    var isComplete: Bool { problems.allSatisfy { $0.effect != .incomplete } }
}
