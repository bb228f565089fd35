import ConnectorKit
import DelimitedText
package import LintelModel
package import Reconciliation
import SQLEngine
import Storage
import SyncEngine
import UnitMatching

extension Operations {
    /// A PMS unit with what it is mapped to, as a list shows it.
    package struct MappedUnit: Sendable {
        package let attachment: AttachmentID
        package let pmsProperty: PMSPropertyID
        package let known: KnownPMSUnit
        /// The unit it is mapped to.
        package let unit: Unit?
        /// Whether another PMS unit is mapped to the same unit: joined apartments.
        package let isShared: Bool

        /// `mapped`, `ignored`, `unmapped`, or `through UNIT` for a space that maps through its unit.
        package var state: String {
            switch known.mapping {
            case .unit: "mapped"
            case .ignored: "ignored"
            case nil: known.unit.parent == nil ? "unmapped" : "through unit"
            }
        }
    }

    /// Every PMS unit of a property with its mapping, in the order of building and name.
    package func mapping(of property: Property) async throws -> [MappedUnit] {
        try await database.read { try Self.mapping(of: property.id, on: $0) }
    }

    static func mapping(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [MappedUnit] {
        let units = Dictionary(
            uniqueKeysWithValues: try Units.all(of: property, on: connection).map { ($0.id, $0) }
        )
        var found: [MappedUnit] = []
        var uses: [UnitID: Int] = [:]
        for attachment in try Attachments.all(of: property, on: connection)
        where !attachment.isDetached {
            for known in try PMSUnits.all(of: attachment.id, on: connection).values {
                var unit: Unit?
                if case .unit(let id) = known.mapping {
                    unit = units[id]
                    uses[id, default: 0] += 1
                }
                found.append(
                    MappedUnit(
                        attachment: attachment.id,
                        pmsProperty: attachment.pmsProperty,
                        known: known,
                        unit: unit,
                        isShared: false
                    )
                )
            }
        }
        return found.map { row in
            MappedUnit(
                attachment: row.attachment,
                pmsProperty: row.pmsProperty,
                known: row.known,
                unit: row.unit,
                isShared: row.unit.map { uses[$0.id] ?? 0 > 1 } ?? false
            )
        }.sorted {
            (
                $0.pmsProperty.text, $0.known.unit.building, $0.known.unit.name,
                $0.known.unit.id.text
            ) < (
                $1.pmsProperty.text, $1.known.unit.building, $1.known.unit.name,
                $1.known.unit.id.text
            )
        }
    }

    // MARK: One PMS unit

    /// Maps a PMS unit, named by its PMS id, to a unit; takes effect in the next run.
    package func map(_ pmsUnit: String, to unit: String, of property: Property) async throws {
        let row = try await pmsUnitRow(pmsUnit, of: property)
        let unit = try await self.unit(unit, of: property)
        try await write([(row, .unit(unit.id))], of: property)
    }

    /// Has a PMS unit assign nobody.
    package func ignore(_ pmsUnit: String, of property: Property) async throws {
        let row = try await pmsUnitRow(pmsUnit, of: property)
        try await write([(row, .ignored)], of: property)
    }

    /// What becomes of the residents of a unit whose mapping is removed.
    package enum ResidentsChoice: String, Sendable, CaseIterable {
        /// They stay, as if put there by hand.
        case keep
        /// Their assignments end now.
        case unassign
    }

    /// Removes a mapping.
    ///
    /// - Returns: how many residents were kept or unassigned.
    package func unmap(
        _ pmsUnit: String,
        of property: Property,
        residents: ResidentsChoice
    ) async throws -> Int {
        let row = try await pmsUnitRow(pmsUnit, of: property)
        return try await unmap(row, of: property, residents: residents)
    }

    /// Removes the mapping of a PMS unit of one attachment.
    ///
    /// - Returns: how many residents were kept or unassigned.
    package func unmap(
        _ pmsUnit: PMSUnitID,
        in attachment: AttachmentID,
        of property: Property,
        residents: ResidentsChoice
    ) async throws -> Int {
        let rows = try await mapping(of: property)
        let row = rows.first { $0.attachment == attachment && $0.known.unit.id == pmsUnit }
        guard let row else { throw OperationError("PMS unit \(pmsUnit) is not there any more") }
        return try await unmap(row, of: property, residents: residents)
    }

    private func unmap(
        _ row: MappedUnit,
        of property: Property,
        residents: ResidentsChoice
    ) async throws -> Int {
        guard row.known.mapping != nil else {
            throw OperationError("PMS unit \(row.known.unit.id) has no mapping")
        }
        guard let clock = CivilClock(name: property.timeZone) else {
            throw OperationError("the time zone of \(property.name) is unknown to this system")
        }
        let (now, today) = (now, clock.day(at: now))
        return try await database.write { connection in
            var ids = IDGenerator()
            try PMSUnits.map(
                [PMSUnits.NewMapping(row.known.unit.id, of: row.attachment, to: nil)],
                on: connection
            )
            try Properties.touch(property.id, on: connection)
            try note(
                AuditLog.Draft(
                    "mapping removed, residents \(residents == .keep ? "kept" : "unassigned")",
                    of: property.id,
                    row.known.unit.label,
                    before: row.unit?.label ?? "ignored"
                ),
                on: connection
            )
            guard let unit = row.unit, !row.isShared else { return 0 }
            var changes: [PlannedChange] = []
            for before in try Assignments.open(in: unit.id, on: connection)
            where before.source == .sync {
                var after = before
                switch residents {
                case .keep: after.source = .manual
                case .unassign:
                    after.state = .ended
                    after.until = today
                    after.endedAt = now
                    after.expectedUntil = nil
                }
                try Assignments.update(after, on: connection)
                changes.append(
                    PlannedChange(
                        .assignment(before: before, after: after),
                        because: Reason(
                            .byHand,
                            "the mapping of PMS unit \(row.known.unit.label) to \(unit.label) was "
                                + "removed by hand"
                        ),
                        source: nil
                    )
                )
            }
            let act: RunID = ids.next(at: now)
            try History.keep(
                changes,
                batch: act.text,
                of: property.id,
                at: now,
                on: connection
            )
            return changes.count
        }
    }

    private func pmsUnitRow(_ id: String, of property: Property) async throws -> MappedUnit {
        let found = try await mapping(of: property).filter { $0.known.unit.id.text == id }
        guard let row = found.first else {
            throw OperationError(
                "\(property.name) has no PMS unit with the PMS id “\(id)”; see: lintel mapping list"
            )
        }
        guard found.count == 1 else {
            throw OperationError(
                "PMS unit \(id) is in \(found.count) attached PMS properties ("
                    + found.map(\.pmsProperty.text).joined(separator: ", ")
                    + "); use: lintel mapping import, which names the PMS property"
            )
        }
        return row
    }

    /// A mapping of a PMS unit of one attachment, as somebody chose it.
    package struct MappingChoice: Sendable {
        package let pmsUnit: PMSUnitID
        package let attachment: AttachmentID
        package let mapping: UnitMapping

        package init(_ pmsUnit: PMSUnitID, in attachment: AttachmentID, _ mapping: UnitMapping) {
            self.pmsUnit = pmsUnit
            self.attachment = attachment
            self.mapping = mapping
        }
    }

    /// Maps PMS units as somebody chose, all or none; takes effect in the next run.
    package func map(_ choices: [MappingChoice], of property: Property) async throws {
        let rows = Dictionary(
            uniqueKeysWithValues: try await mapping(of: property).map { ($0.key, $0) }
        )
        let changes = try choices.map { choice in
            let key = PMSUnitKey(attachment: choice.attachment, unit: choice.pmsUnit)
            guard let row = rows[key] else {
                throw OperationError("PMS unit \(choice.pmsUnit) is not there any more")
            }
            return (row, choice.mapping)
        }
        try await write(changes, of: property)
    }

    func write(
        _ changes: [(row: MappedUnit, mapping: UnitMapping)],
        of property: Property
    ) async throws {
        guard !changes.isEmpty else { return }
        let units = Dictionary(
            uniqueKeysWithValues: try await units(of: property).map { ($0.id, $0.label) }
        )
        func words(_ mapping: UnitMapping?) -> String? {
            switch mapping {
            case .unit(let id): units[id] ?? id.text
            case .ignored: "ignored"
            case nil: nil
            }
        }
        let notes = changes.map { change in
            AuditLog.Draft(
                "PMS unit mapped",
                of: property.id,
                change.row.known.unit.label,
                before: words(change.row.known.mapping),
                after: words(change.mapping)
            )
        }
        try await database.write { connection in
            try PMSUnits.map(
                changes.map {
                    PMSUnits.NewMapping(
                        $0.row.known.unit.id,
                        of: $0.row.attachment,
                        to: $0.mapping
                    )
                },
                on: connection
            )
            try Properties.touch(property.id, on: connection)
            try note(notes, on: connection)
        }
    }

    // MARK: Many at once

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

    // MARK: The PMS's list

    /// Reads the lists of PMS units of a property anew and remembers them; what they are mapped to stays.
    func refreshPMSUnits(of property: Property) async throws {
        let attached = try await database.read { try Attachments.all(of: property.id, on: $0) }
        for attachment in attached where !attachment.isDetached {
            let connector = try await environment.connector(attachment.connection)
            let listed = try await listUnits(of: attachment.pmsProperty, through: connector)
            try await database.write { connection in
                let before = try PMSUnits.all(of: attachment.id, on: connection)
                let changed = listed.filter { before[$0.unit.id]?.unit != $0.unit }
                guard !changed.isEmpty else { return }
                try PMSUnits.remember(changed, of: attachment.id, on: connection)
                try Properties.touch(property.id, on: connection)
            }
        }
    }

    /// The units of a PMS property, read until the pages of residents begin.
    func listUnits(
        of property: PMSPropertyID,
        through connector: any Connector
    ) async throws -> [KnownPMSUnit] {
        struct Enough: Error {}
        var decoder = connector.decoder(for: property)
        var units: [PMSUnit] = []
        do {
            try await connector.fetch(property) { page in
                guard page.kind == .units else { throw Enough() }
                units += try decoder.decode(page).units
            }
        } catch is Enough {
            // The units come first; nothing else is wanted.
        }
        var seen: Set<PMSUnitID> = []
        return units.filter { seen.insert($0.id).inserted }.map { KnownPMSUnit(unit: $0) }
    }
}
