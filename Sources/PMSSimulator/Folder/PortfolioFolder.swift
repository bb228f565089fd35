import DelimitedText
package import Foundation
import LintelModel

/// A portfolio as a PMS exports it into a folder: `units.csv`, `residents.csv` and `manifest.csv`.
package struct PortfolioFolder: Sendable {
    /// What the files can say.
    package static let extras: Set<PortfolioExtra> =
        PortfolioExtra.common.union([.guarantors, .renewals])

    private let portfolio: SyntheticPortfolio

    package init(_ portfolio: SyntheticPortfolio) {
        self.portfolio = portfolio
    }

    /// Writes the three files, each in place of the one that was there, as a fault leaves them.
    package func write(to folder: URL, fault: FolderFault? = nil) throws {
        let units = Self.table(Self.unitColumns, unitRows)
        var columns = Self.residentColumns
        var rows = residentRows
        let total = rows.count
        switch fault {
        case .emptyList: rows = []
        case .shortPage: rows.removeLast(total - total / 2)
        case .duplicateRows:
            let kept = rows.prefix((total + 1) / 2)
            rows = Array(kept + kept.prefix(total - kept.count))
        case .missingColumn:
            columns.removeFirst(2)
            rows = rows.map { Array($0.dropFirst(2)) }
        case .missingFile, .emptyFile, .truncatedBody, nil: break
        }
        let stated = fault == .shortPage ? total : rows.count
        let manifest = Self.table(
            ["file", "rows"],
            [["units.csv", "\(unitRows.count)"], ["residents.csv", "\(stated)"]]
        )
        let residents = Self.table(columns, rows)
        let file = folder.appending(path: "residents.csv")
        switch fault {
        case .missingFile: try? FileManager.default.removeItem(at: file)
        case .emptyFile: try Data().write(to: file, options: .atomic)
        case .truncatedBody:
            try residents.prefix(residents.count / 2).write(to: file, options: .atomic)
        default: try residents.write(to: file, options: .atomic)
        }
        try units.write(to: folder.appending(path: "units.csv"), options: .atomic)
        try manifest.write(to: folder.appending(path: "manifest.csv"), options: .atomic)
    }

    private static let unitColumns = [
        "property_id", "unit_id", "building", "unit", "floor", "rent",
    ]
    private static let residentColumns = [
        "property_id", "resident_id", "lease_id", "unit_id", "first_name", "last_name", "email",
        "phone", "status", "lease_start", "lease_end", "move_in", "move_out", "role", "ssn",
        "date_of_birth", "rent",
    ]

    private static func table(_ columns: [String], _ rows: [[String]]) -> Data {
        var writer = DelimitedWriter()
        writer.append(columns)
        for row in rows { writer.append(row) }
        return Data(writer.bytes)
    }

    private var unitRows: [[String]] {
        properties.flatMap { property in
            property.units.map { unit in
                [
                    "\(property.id)", "\(unit.id)", property.buildings[unit.building].name,
                    unit.number, "\(unit.floor)", "\(PlantedFacts.rent)",
                ]
            }
        }
    }

    private var residentRows: [[String]] {
        properties.flatMap { property in
            property.leases.flatMap { lease in
                lease.people.map { Self.row($0, on: lease, of: property) }
            }
        }
    }

    private var properties: [SyntheticProperty] {
        (0..<portfolio.shape.properties).map { portfolio.property(at: $0) }
    }

    private static func row(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        of property: SyntheticProperty
    ) -> [String] {
        [
            "\(property.id)", "\(person.id)", "\(lease.id)", "\(property.units[lease.unit].id)",
            person.firstName, person.lastName, person.email, person.phone, lease.status.rawValue,
            "\(lease.start)", "\(lease.end)", "\(lease.moveIn)",
            lease.moveOut.map { "\($0)" } ?? "", role(person.role), PlantedFacts.taxID,
            "\(PlantedFacts.birthDate)", "\(PlantedFacts.rent)",
        ]
    }

    private static func role(_ role: SyntheticPerson.Role) -> String {
        switch role {
        case .primary: "primary"
        case .coResident: "co-resident"
        case .guarantor: "guarantor"
        }
    }
}
