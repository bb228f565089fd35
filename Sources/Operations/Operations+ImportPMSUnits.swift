package import LintelModel
import Reconciliation
import SQLEngine
import Storage
import UnitMatching

/// Mapping many PMS units at once: those a rule proves, and those that become units.
extension Operations {
    /// Maps every unmapped PMS unit whose counterpart a rule proves.
    ///
    /// - Returns: the PMS units mapped, each with the reason.
    package func acceptCertain(
        of property: Property
    ) async throws -> [(pmsUnit: PMSUnit, unit: Unit, reason: String)] {
        try await refreshPMSUnits(of: property)
        let rows = try await mapping(of: property)
        let units = try await units(of: property)
        var accepted: [(pmsUnit: PMSUnit, unit: Unit, reason: String)] = []
        var changes: [(row: MappedUnit, mapping: UnitMapping)] = []
        for suggestion in Self.suggestions(rows, units) where suggestion.verdict == .certain {
            guard let proven = suggestion.candidates.first else { continue }
            changes.append((suggestion.row, .unit(proven.unit.id)))
            accepted.append((suggestion.row.known.unit, proven.unit, proven.reason))
        }
        try await write(changes, of: property)
        return accepted
    }

    /// What an import of PMS units did.
    package struct UnitImport: Sendable {
        /// Units made.
        package var made = 0
        /// PMS units mapped, to units made or found.
        package var mapped = 0
        /// Why the others were not, a sentence each.
        package var refused: [String] = []
        /// Each PMS unit mapped, with its unit, and whether the unit is a new one.
        package var rows: [(pmsUnit: PMSUnit, unit: Unit, isNew: Bool)] = []
    }

    /// Makes units out of unmapped PMS units, one a unit and not a bed, and maps them.
    ///
    /// - Returns: what was done, or, as a preview, what would be.
    package func importPMSUnits(
        of property: Property,
        isPreview: Bool = false
    ) async throws -> UnitImport {
        try await refreshPMSUnits(of: property)
        let now = now
        if isPreview {
            return try await database.read { connection in
                var ids = IDGenerator()
                return try Self.importUnits(
                    of: property.id,
                    isPreview: true,
                    ids: &ids,
                    at: now,
                    on: connection
                )
            }
        }
        return try await database.write { connection in
            var ids = IDGenerator()
            let outcome = try Self.importUnits(
                of: property.id,
                ids: &ids,
                at: now,
                on: connection
            )
            if outcome.mapped > 0 {
                try Properties.touch(property.id, on: connection)
                try note(
                    AuditLog.Draft(
                        "PMS units imported",
                        of: property.id,
                        "\(outcome.mapped) PMS units",
                        after: "\(outcome.made) new units, \(outcome.mapped) mapped"
                    ),
                    on: connection
                )
            }
            return outcome
        }
    }

    static func importUnits(
        of property: PropertyID,
        only wanted: (attachment: AttachmentID, unit: PMSUnitID)? = nil,
        isPreview: Bool = false,
        ids: inout IDGenerator,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> UnitImport {
        struct Name: Hashable {
            let building: String
            let name: String
        }
        let rows = try mapping(of: property, on: connection)
        let units = try Units.all(of: property, on: connection)
        let byExternal = Dictionary(
            units.compactMap { unit in unit.externalID.map { ($0, unit) } },
            uniquingKeysWith: { $1 }
        )
        var byName = Dictionary(
            units.map { (Name(building: $0.building, name: $0.name), $0) },
            uniquingKeysWith: { $1 }
        )
        var externals = Set(byExternal.keys)
        var taken = Set(rows.compactMap { $0.unit?.id })
        var outcome = UnitImport()
        var new: [Unit] = []
        var mapped: [(MappedUnit, UnitID)] = []
        for row in rows
        where row.known.mapping == nil && row.known.unit.parent == nil && row.known.isListed {
            if let wanted,
                wanted.unit != row.known.unit.id || wanted.attachment != row.attachment
            {
                continue
            }
            let pmsUnit = row.known.unit
            let name = Name(building: pmsUnit.building, name: pmsUnit.name)
            if let unit = byExternal[pmsUnit.id.text] ?? byName[name] {
                guard taken.insert(unit.id).inserted else {
                    outcome.refused.append(
                        "PMS unit \(pmsUnit.label) (\(pmsUnit.id)): unit \(unit.label) is mapped to "
                            + "another PMS unit already; map it by hand if they are one apartment"
                    )
                    continue
                }
                mapped.append((row, unit.id))
                outcome.rows.append((pmsUnit, unit, false))
                continue
            }
            guard !pmsUnit.name.isEmpty else {
                outcome.refused.append("PMS unit \(pmsUnit.id) has no name in the PMS")
                continue
            }
            let isFree = externals.insert(pmsUnit.id.text).inserted
            let unit = Unit(
                id: ids.next(at: now),
                property: property,
                building: pmsUnit.building,
                name: pmsUnit.name,
                floor: pmsUnit.floor,
                externalID: isFree ? pmsUnit.id.text : nil
            )
            byName[name] = unit
            taken.insert(unit.id)
            new.append(unit)
            mapped.append((row, unit.id))
            outcome.rows.append((pmsUnit, unit, true))
        }
        outcome.made = new.count
        outcome.mapped = mapped.count
        if isPreview { return outcome }
        try Units.add(new, at: now, on: connection)
        try PMSUnits.map(
            mapped.map { row, unit in
                PMSUnits.NewMapping(row.known.unit.id, of: row.attachment, to: .unit(unit))
            },
            on: connection
        )
        return outcome
    }
}
