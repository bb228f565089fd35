import ConnectorKit
import DelimitedText
package import LintelModel
package import Reconciliation
import SQLEngine
package import Storage
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

    /// The PMS units of the attachments that pass `isWanted`, in the same order.
    static func mapping(
        of property: PropertyID,
        where isWanted: (Attachments.Attached) -> Bool = { !$0.isDetached },
        on connection: any SQLConnection
    ) throws -> [MappedUnit] {
        let units = Dictionary(
            uniqueKeysWithValues: try Units.all(of: property, on: connection).map { ($0.id, $0) }
        )
        var found: [MappedUnit] = []
        var uses: [UnitID: Int] = [:]
        for attachment in try Attachments.all(of: property, on: connection).filter(isWanted) {
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
        residents: ResidentsChoice,
        noting decision: AuditLog.Draft? = nil
    ) async throws -> Int {
        let rows = try await mapping(of: property)
        let row = rows.first { $0.attachment == attachment && $0.known.unit.id == pmsUnit }
        guard let row else { throw OperationError("PMS unit \(pmsUnit) is not there any more") }
        return try await unmap(row, of: property, residents: residents, noting: decision)
    }

    private func unmap(
        _ row: MappedUnit,
        of property: Property,
        residents: ResidentsChoice,
        noting decision: AuditLog.Draft? = nil
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
            let removal = AuditLog.Draft(
                "mapping removed, residents \(residents == .keep ? "kept" : "unassigned")",
                of: property.id,
                row.known.unit.label,
                before: row.unit?.label ?? "ignored"
            )
            try note([removal] + [decision].compactMap(\.self), on: connection)
            guard let unit = row.unit, !row.isShared else { return 0 }
            var changes: [PlannedChange] = []
            for before in try Assignments.open(in: unit.id, on: connection)
            where before.source == .sync {
                let after =
                    switch residents {
                    case .keep: before.keptByHand
                    case .unassign: before.ended(on: today, at: now)
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
            try History.keeping(changes, batch: act.text, of: property.id, at: now)
                .run(on: connection)
            return changes.count
        }
    }

    private func pmsUnitRow(_ id: String, of property: Property) async throws -> MappedUnit {
        let found = try await mapping(of: property).filter { $0.known.unit.id.text == id }
        guard let row = found.first else {
            throw OperationError(
                .notFound,
                "\(property.name) has no PMS unit with the PMS id “\(id)”",
                see: "lintel mapping list"
            )
        }
        guard found.count == 1 else {
            throw OperationError(
                "PMS unit \(id) is in \(found.count) attached PMS properties ("
                    + found.map(\.pmsProperty.text).joined(separator: ", ")
                    + "); a mapping file names the PMS property",
                see: "lintel mapping import"
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
    ///
    /// - Parameters:
    ///   - choices: what each is.
    ///   - property: whose they are.
    ///   - decision: the decision on an alert that this carries out, for the audit log.
    /// - Throws: ``OperationError`` where a PMS unit is not there any more.
    package func map(
        _ choices: [MappingChoice],
        of property: Property,
        noting decision: AuditLog.Draft? = nil
    ) async throws {
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
        try await write(changes, of: property, noting: decision)
    }

    func write(
        _ changes: [(row: MappedUnit, mapping: UnitMapping)],
        of property: Property,
        noting decision: AuditLog.Draft? = nil
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
            try note(notes + [decision].compactMap(\.self), on: connection)
        }
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
