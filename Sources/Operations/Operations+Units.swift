import DelimitedText
package import LintelModel
import SQLEngine
import Storage

package import struct Foundation.Data

extension Operations {
    package func units(of property: Property) async throws -> [Unit] {
        try await database.read { try Units.all(of: property.id, on: $0) }
    }

    /// The one unit of that id or name (`12B`, or `Bldg A — 12B` where several are called `12B`).
    package func unit(_ reference: String, of property: Property) async throws -> Unit {
        let all = try await units(of: property)
        if let exact = all.first(where: { $0.id.text == reference }) { return exact }
        let named = all.filter { $0.name == reference || $0.label == reference }
        guard let found = named.first else {
            throw OperationError(
                .notFound,
                "\(property.name) has no unit “\(reference)”",
                see: "lintel units list"
            )
        }
        guard named.count == 1 else {
            throw OperationError(
                "“\(reference)” names \(named.count) units of \(property.name): "
                    + named.map { "\($0.label) (\($0.id))" }.joined(separator: ", ")
            )
        }
        return found
    }

    package func addUnit(
        _ name: String,
        building: String,
        floor: String,
        externalID: String?,
        to property: Property
    ) async throws -> Unit {
        let name = try Self.nonEmpty(name, "a unit's name")
        var ids = IDGenerator()
        let now = now
        let unit = Unit(
            id: ids.next(at: now),
            property: property.id,
            building: building.trimmed,
            name: name,
            floor: floor.trimmed,
            externalID: externalID?.trimmed
        )
        do {
            try await database.write { connection in
                try Units.add([unit], at: now, on: connection)
                try Properties.touch(property.id, on: connection)
                try note(
                    AuditLog.Draft(
                        "unit added",
                        of: property.id,
                        unit.label,
                        after: Self.words(unit)
                    ),
                    on: connection
                )
            }
        } catch let error as SQLError where error.code == .alreadyExists {
            throw OperationError(
                .conflict,
                "\(property.name) has a unit \(unit.label), or one of that external id, already"
            )
        }
        return unit
    }

    /// Gives a unit other details; an empty external id is none.
    package func editUnit(
        _ id: UnitID,
        name: String,
        building: String,
        floor: String,
        externalID: String,
        of property: Property
    ) async throws -> Unit {
        let before = try await unit(id.text, of: property)
        var unit = before
        unit.name = try Self.nonEmpty(name, "a unit's name")
        unit.building = building.trimmed
        unit.floor = floor.trimmed
        unit.externalID = externalID.trimmed.isEmpty ? nil : externalID.trimmed
        guard unit != before else { return unit }
        let after = unit
        do {
            try await database.write { connection in
                try Units.update(after, on: connection)
                try Properties.touch(property.id, on: connection)
                try note(
                    AuditLog.Draft(
                        "unit edited",
                        of: property.id,
                        after.label,
                        before: Self.words(before),
                        after: Self.words(after)
                    ),
                    on: connection
                )
            }
        } catch let error as SQLError where error.code == .alreadyExists {
            throw OperationError(
                .conflict,
                "\(property.name) has a unit \(unit.label), or one of that external id, already"
            )
        }
        return unit
    }

    /// A unit in words, for the audit log.
    private static func words(_ unit: Unit) -> String {
        let floor = unit.floor.isEmpty ? "" : ", floor \(unit.floor)"
        let external = unit.externalID.map { ", external id \($0)" } ?? ""
        return "\(unit.label)\(floor)\(external)"
    }

    package func deleteUnit(_ reference: String, of property: Property) async throws {
        let unit = try await unit(reference, of: property)
        try await database.write { connection in
            // From here on nobody else changes the property.
            try Properties.touch(property.id, on: connection)
            let hindrances = try Units.hindrances(to: unit.id, on: connection)
            guard hindrances.isEmpty else {
                throw OperationError(
                    .conflict,
                    "unit \(unit.label) cannot be deleted: \(hindrances.joined(separator: "; "))"
                )
            }
            try Units.delete(unit.id, on: connection)
            try note(
                AuditLog.Draft(
                    "unit deleted",
                    of: property.id,
                    unit.label,
                    before: Self.words(unit)
                ),
                on: connection
            )
        }
    }

    /// The fate of one row of a file of units.
    package struct UnitRow: Sendable {
        package enum Fate: Sendable, Equatable {
            case new
            case changed
            case unchanged
            case refused(String)
        }

        package let line: Int
        package let value: String
        package let fate: Fate
        /// What the row has in ``unitColumnNames``, in their order.
        package let fields: [String]
    }

    /// The columns of a file of units.
    package static var unitColumnNames: [String] { unitColumns.map(\.name) }

    /// A file of units with some rows as somebody put them right, in the columns of ``unitColumnNames``.
    ///
    /// - Parameters:
    ///   - data: the file.
    ///   - repairs: the fields of a row by its line; a row whose fields are all empty is left out.
    /// - Returns: the file anew.
    /// - Throws: ``OperationError`` where the file cannot be read.
    package static func repairUnits(
        _ data: Data,
        _ repairs: [Int: [String]]
    ) throws -> Data {
        var writer = DelimitedWriter()
        writer.append(unitColumnNames)
        do {
            var reader = try DelimitedReader(data, columns: unitColumns)
            while let row = try reader.next() {
                if row.isBlank { continue }
                let fields = repairs[row.line] ?? fields(of: row)
                if fields.allSatisfy(\.isEmpty) { continue }
                writer.append(fields)
            }
        } catch {
            throw OperationError("the file cannot be read: \(error)")
        }
        return Data(writer.bytes)
    }

    private static func fields(of row: DelimitedRow) -> [String] {
        unitColumns.map { (row[$0.name] ?? "").trimmed }
    }

    /// Reads a file of units (`name`, `building`, `floor`, `external_id`) into a property.
    ///
    /// All rows or none, unless `skipsBadRows`; the same file again changes nothing. A unit is found again
    /// by its external id, else by building and name.
    ///
    /// - Returns: the fate of every row; with a refused one and not `skipsBadRows`, nothing was written.
    /// - Throws: ``OperationError`` where the file as a whole cannot be read.
    package func importUnits(
        _ data: Data,
        into property: Property,
        isDryRun: Bool,
        skipsBadRows: Bool
    ) async throws -> [UnitRow] {
        var rows: [(line: Int, unit: Unit)] = []
        var fates: [UnitRow] = []
        do {
            var reader = try DelimitedReader(data, columns: Self.unitColumns)
            while let row = try reader.next() {
                if row.isBlank { continue }
                let name = (row["name"] ?? "").trimmed
                if let defect = row.defect {
                    fates.append(
                        UnitRow(
                            line: row.line,
                            value: name,
                            fate: .refused(defect.message),
                            fields: Self.fields(of: row)
                        )
                    )
                    continue
                }
                let external = (row["external_id"] ?? "").trimmed
                rows.append(
                    (
                        row.line,
                        Unit(
                            id: UnitID(""),
                            property: property.id,
                            building: (row["building"] ?? "").trimmed,
                            name: name,
                            floor: (row["floor"] ?? "").trimmed,
                            externalID: external.isEmpty ? nil : external
                        )
                    )
                )
            }
        } catch {
            throw OperationError("the file cannot be read: \(error)")
        }
        let (read, refused, now) = (rows, fates, now)
        return try await database.write { connection in
            var ids = IDGenerator()
            var merge = UnitMerge(try Units.all(of: property.id, on: connection))
            var fates = refused
            for (line, unit) in read {
                let fate = merge.take(unit, line: line) { ids.next(at: now) }
                fates.append(
                    UnitRow(
                        line: line,
                        value: unit.label,
                        fate: fate,
                        fields: [unit.name, unit.building, unit.floor, unit.externalID ?? ""]
                    )
                )
            }
            fates.sort { $0.line < $1.line }
            let isBad = fates.contains { if case .refused = $0.fate { true } else { false } }
            if isDryRun || (isBad && !skipsBadRows) { return fates }
            for unit in merge.changed { try Units.update(unit, on: connection) }
            try Units.add(merge.new, at: now, on: connection)
            if !merge.new.isEmpty || !merge.changed.isEmpty {
                try Properties.touch(property.id, on: connection)
                try note(
                    AuditLog.Draft(
                        "units imported",
                        of: property.id,
                        "file",
                        after: "\(merge.new.count) new, \(merge.changed.count) changed"
                    ),
                    on: connection
                )
            }
            return fates
        }
    }

    private static let unitColumns = [
        DelimitedColumn(
            "name",
            aliases: ["unit", "unit name", "unit number", "apt", "apartment"],
            isRequired: true
        ),
        DelimitedColumn("building", aliases: ["building name", "bldg"]),
        DelimitedColumn("floor", aliases: ["level"]),
        DelimitedColumn("external_id", aliases: ["external", "external unit id", "unit id"]),
    ]
}

/// Decides what each row of a file of units is, against the units there and the rows before it.
private struct UnitMerge {
    private struct Name: Hashable {
        let building: String
        let name: String
    }

    private var byName: [Name: Unit] = [:]
    private var byExternal: [String: Unit] = [:]
    private var lines: [UnitID: Int] = [:]
    private(set) var new: [Unit] = []
    private(set) var changed: [Unit] = []

    init(_ units: [Unit]) {
        for unit in units { remember(unit) }
    }

    mutating func take(
        _ row: Unit,
        line: Int,
        id: () -> UnitID
    ) -> Operations.UnitRow.Fate {
        guard !row.name.isEmpty else { return .refused("name is empty; expected the unit's name") }
        guard ![row.name, row.building, row.floor].contains(where: { $0.utf8.contains(0) }) else {
            return .refused("a value holds U+0000")
        }
        let named = byName[Name(building: row.building, name: row.name)]
        let external = row.externalID.flatMap { byExternal[$0] }
        guard let before = external ?? named else {
            var unit = row
            unit.id = id()
            remember(unit)
            lines[unit.id] = line
            new.append(unit)
            return .new
        }
        if let earlier = lines[before.id] {
            return .refused("\(before.label) stands in line \(earlier) already")
        }
        if let named, named.id != before.id {
            return .refused(
                "external id \(row.externalID ?? "") is \(before.label)'s, "
                    + "and \(row.label) is another unit already"
            )
        }
        lines[before.id] = line
        var after = row
        after.id = before.id
        // A file without a column of external ids does not take them away.
        after.externalID = row.externalID ?? before.externalID
        guard after != before else { return .unchanged }
        byName[Name(building: before.building, name: before.name)] = nil
        remember(after)
        changed.append(after)
        return .changed
    }

    private mutating func remember(_ unit: Unit) {
        byName[Name(building: unit.building, name: unit.name)] = unit
        if let external = unit.externalID { byExternal[external] = unit }
    }
}
