import DelimitedText
import Foundation
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

/// The real unit lists of Cambridge, Massachusetts, of two consecutive years.
enum CambridgeData {
    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["LINTEL_REFERENCE"] ?? "../shared"
    ).appending(path: "real-units")

    static func file(_ year: Int) -> URL {
        folder.appending(path: "cambridge_ma_units_fy\(year).csv")
    }

    static var isHere: Bool {
        let isHere = FileManager.default.fileExists(atPath: file(13).path)
        if !isHere { print("skipped: no real unit lists in \(folder.path); set LINTEL_REFERENCE") }
        return isHere
    }

    /// The doors of every condominium with at least five units: parcel → (address, unit).
    static func condominiums(_ year: Int) throws -> [String: [Door]] {
        var reader = try DelimitedReader(
            Data(contentsOf: file(year)),
            columns: [
                DelimitedColumn("parcel"), DelimitedColumn("address"), DelimitedColumn("unit"),
            ]
        )
        var doors: [String: [Door]] = [:]
        while let row = try reader.next() {
            let door = Door(address: row["address"] ?? "", unit: row["unit"] ?? "")
            let parcel = row["parcel"] ?? ""
            if !door.unit.isEmpty, doors[parcel]?.contains(door) != true {
                doors[parcel, default: []].append(door)
            }
        }
        return doors.filter { $0.value.count >= 5 }
    }

    struct Door: Hashable {
        let address: String
        let unit: String

        var id: String { "\(address)/\(unit)" }
    }

    /// Every door with one invented resident.
    static func export(_ condominiums: [String: [Door]]) -> ResidentExport {
        var files = ResidentExport()
        for (parcel, doors) in condominiums.sorted(by: { $0.key < $1.key }) {
            for door in doors {
                files.units.append(
                    .init(door.id, building: door.address, name: door.unit, in: parcel)
                )
                var resident = ResidentExport.Resident(
                    "\(parcel):\(door.id)",
                    in: door.id,
                    of: parcel
                )
                resident.first = "Resident"
                resident.last = "of \(parcel) \(door.id)"
                let number = ContentHash(of: [resident.id]).text.prefix(20)
                resident.email = "resident.\(number)@example.com"
                files.residents.append(resident)
            }
        }
        return files
    }
}

@Suite("The real buildings of Cambridge")
struct CambridgeTests {
    /// Who stands where, by property: resident → doors.
    private func places(_ lintel: LintelInProcess) async throws -> [String: [String]] {
        var places: [String: [String]] = [:]
        for entry in try await lintel.operations.people(of: nil)
        where entry.assignment?.state == .current {
            places[entry.resident?.text ?? "", default: []].append(
                "\(entry.building ?? "")/\(entry.unit ?? "")"
            )
        }
        return places
    }

    @Test(
        "no resident is lost, doubled or misplaced over two years",
        .enabled(
            if: CambridgeData.isHere,
            "needs the unit lists of LINTEL_REFERENCE, default ../shared"
        )
    )
    func twoYears() async throws {
        let first = try CambridgeData.condominiums(13)
        let second = try CambridgeData.condominiums(14).filter { first[$0.key] != nil }
        let continued = first.filter { second[$0.key] != nil }
        #expect(continued.count > 450)
        try await LintelInProcess.with(.sqlite) { lintel in
            let properties = try await lintel.onboard(CambridgeData.export(continued))
            #expect(properties.count == continued.count)
            let cold = await lintel.engine.sync(properties, observer: EventLog())
            #expect(Set(cold.map(\.record.outcome)) == [.applied])
            var expected: [String: [String]] = [:]
            for (parcel, doors) in continued {
                for door in doors { expected["\(parcel):\(door.id)"] = [door.id] }
            }
            try await #expect(places(lintel) == expected)

            // The next year's list on top: new doors are imported as units before their residents come.
            try CambridgeData.export(second).write(to: lintel.folder)
            for property in properties {
                _ = try await lintel.operations.importPMSUnits(of: property)
            }
            var held: Set<String> = []
            for _ in 1...2 {
                lintel.clock.advance(minutes: 60)
                let reports = await lintel.engine.sync(properties, observer: EventLog())
                #expect(!reports.contains { $0.record.outcome == .failed })
                for report in reports where report.record.outcome == .held {
                    held.insert(report.property.name)
                }
            }
            print("Cambridge: \(held.count) of \(properties.count) condominiums held by the brake")
            #expect(held.count < properties.count / 10)
            var next: [String: [String]] = [:]
            for (parcel, doors) in second {
                // What is held stays as it was, all of it.
                for door in held.contains(parcel) ? continued[parcel] ?? [] : doors {
                    next["\(parcel):\(door.id)"] = [door.id]
                }
            }
            try await #expect(places(lintel) == next)

            lintel.clock.advance(minutes: 60)
            let before = try await DirectoryDump(of: lintel.database)
            let third = await lintel.engine.sync(
                properties.filter { !held.contains($0.name) },
                observer: EventLog()
            )
            #expect(Set(third.map(\.record.outcome)) == [.unchanged])
            try await #expect(DirectoryDump(of: lintel.database).difference(from: before) == [])
        }
    }
}
