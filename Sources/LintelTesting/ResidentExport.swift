import DelimitedText
package import Foundation

/// A folder of CSV files as a PMS exports it.
package struct ResidentExport: Sendable, Equatable {
    package struct Unit: Sendable, Equatable {
        package var property = "P1"
        package var id: String
        package var building = ""
        package var name: String
        package var floor = ""

        package init(
            _ id: String,
            building: String = "",
            name: String? = nil,
            in property: String = "P1"
        ) {
            self.id = id
            self.building = building
            self.name = name ?? id
            self.property = property
        }
    }

    package struct Resident: Sendable, Equatable {
        package var property = "P1"
        package var id: String
        package var lease = ""
        package var unit: String
        package var first: String
        package var last: String
        package var email: String
        package var phone = ""
        package var status = "current"
        package var leaseStart = "2026-01-01"
        package var leaseEnd = "2026-12-31"
        package var moveIn = "2026-01-01"
        package var moveOut = ""
        package var role = ""

        /// A current resident with invented details made from the id.
        package init(_ id: String, in unit: String, of property: String = "P1") {
            self.property = property
            self.id = id
            self.unit = unit
            first = "First\(id)"
            last = "Last\(id)"
            email = "resident.\(id.lowercased())@example.com"
        }
    }

    package static let unitColumns = [
        "property_id", "unit_id", "building", "unit", "floor", "status",
    ]
    package static let residentColumns = [
        "property_id", "resident_id", "lease_id", "unit_id", "first_name", "last_name", "email",
        "phone", "status", "lease_start", "lease_end", "move_in", "move_out", "role",
    ]

    package var units: [Unit] = []
    package var residents: [Resident] = []

    package init(units: [Unit] = [], residents: [Resident] = []) {
        self.units = units
        self.residents = residents
    }

    /// So many units of one property with one resident each, `R1` in `U1` and so on.
    package init(households count: Int, of property: String = "P1", prefix: String = "") {
        for number in 1...count {
            units.append(Unit("\(prefix)U\(number)", name: "\(100 + number)", in: property))
            residents.append(
                Resident("\(prefix)R\(number)", in: "\(prefix)U\(number)", of: property)
            )
        }
    }

    package var unitsFile: Data {
        var writer = DelimitedWriter()
        writer.append(Self.unitColumns)
        for unit in units {
            writer.append([unit.property, unit.id, unit.building, unit.name, unit.floor, ""])
        }
        return Data(writer.bytes)
    }

    package var residentsFile: Data {
        var writer = DelimitedWriter()
        writer.append(Self.residentColumns)
        for resident in residents {
            writer.append([
                resident.property, resident.id, resident.lease, resident.unit, resident.first,
                resident.last, resident.email, resident.phone, resident.status,
                resident.leaseStart, resident.leaseEnd, resident.moveIn, resident.moveOut,
                resident.role,
            ])
        }
        return Data(writer.bytes)
    }

    /// Writes both files into a folder, each in one step as a careful exporter does.
    package func write(to folder: URL) throws {
        try unitsFile.write(to: folder.appending(path: "units.csv"), options: .atomic)
        try residentsFile.write(to: folder.appending(path: "residents.csv"), options: .atomic)
    }

    /// Changes one resident.
    package mutating func change(_ id: String, _ change: (inout Resident) -> Void) {
        for index in residents.indices where residents[index].id == id {
            change(&residents[index])
        }
    }

    package mutating func remove(_ ids: String...) {
        residents.removeAll { ids.contains($0.id) }
    }
}
