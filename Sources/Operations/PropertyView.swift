package import LintelModel
import Reconciliation
import SQLEngine
import Storage
import UnitMatching

/// The units and PMS units of a property as lists show them, made once for each revision of the property.
package struct PropertyView: Sendable {
    /// A unit with who stands in it.
    package final class UnitRow: Sendable {
        package let unit: Unit
        package let current: Int
        package let upcoming: Int
        /// The PMS units mapped to it.
        package let pmsUnits: [PMSUnit]
        /// What the list is sorted by.
        package let key: String
        private let search: SearchText

        init(_ unit: Unit, current: Int, upcoming: Int, pmsUnits: [PMSUnit]) {
            self.unit = unit
            key = "\(NaturalOrder.key(unit.building))\u{1}\(NaturalOrder.key(unit.name))"
            self.current = current
            self.upcoming = upcoming
            self.pmsUnits = pmsUnits
            search = SearchText([unit.label, unit.externalID])
        }

        /// Whether its label or its external id has the text in it.
        package func has(_ sought: SearchText) -> Bool { search.has(sought) }
    }

    /// How a PMS unit stands, as lists are filtered by it.
    package enum Standing: String, CaseIterable, Sendable {
        case mapped
        case ignored
        /// Nobody has said what it is.
        case unmapped
        /// A space that maps through its unit.
        case throughUnit = "through-unit"
        /// Unmapped, and there is a unit that it may well be.
        case suggested
        /// Unmapped, and a rule proves which unit it is.
        case certain
        /// Something about it is for a person: it vanished, was renamed, or residents wait on it.
        case needsAttention = "needs-attention"
    }

    /// A PMS unit with its mapping, what it may be, and who waits on it.
    package final class PMSUnitRow: Sendable {
        package let mapped: Operations.MappedUnit
        /// The unit it is mapped to, or, for a space that maps through its unit, that unit's.
        package let unit: Unit?
        /// Nil for one that is mapped, ignored, or a space.
        package let suggestion: Operations.MappingSuggestion?
        /// How many residents the PMS has in it who live or will live there.
        package let residents: Int
        /// What the list is sorted by.
        package let key: String
        /// How many of them wait on it: nobody has said what it is, and they stand in no unit meanwhile.
        package let waiting: Int
        private let standings: Set<Standing>
        private let search: SearchText

        init(
            _ mapped: Operations.MappedUnit,
            unit: Unit?,
            suggestion: Operations.MappingSuggestion?,
            residents: (all: Int, unplaced: Int)
        ) {
            self.mapped = mapped
            self.unit = unit
            self.suggestion = suggestion
            self.residents = residents.all
            let pmsUnit = mapped.known.unit
            key =
                "\(NaturalOrder.key(pmsUnit.building))\u{1}\(NaturalOrder.key(pmsUnit.name))"
                + "\u{1}\(pmsUnit.id)\u{1}\(mapped.attachment)"
            standings = Self.standings(mapped, suggestion, waiting: residents.unplaced)
            waiting = standings.contains(.unmapped) ? residents.unplaced : 0
            search = SearchText([
                mapped.known.unit.label, mapped.known.unit.id.text, unit?.label,
            ])
        }

        package var pmsUnit: PMSUnit { mapped.known.unit }

        package func stands(_ standing: Standing) -> Bool { standings.contains(standing) }

        package var isMapped: Bool { stands(.mapped) }
        package var isIgnored: Bool { stands(.ignored) }
        package var isThroughUnit: Bool { stands(.throughUnit) }
        package var isUnmapped: Bool { stands(.unmapped) }

        /// Whether its label, its PMS id or its unit's label has the text in it.
        package func has(_ sought: SearchText) -> Bool { search.has(sought) }

        private static func standings(
            _ mapped: Operations.MappedUnit,
            _ suggestion: Operations.MappingSuggestion?,
            waiting: Int
        ) -> Set<Standing> {
            let known = mapped.known
            switch known.mapping {
            case .ignored: return [.ignored]
            case .unit:
                return known.isListed && !known.isRenamed ? [.mapped] : [.mapped, .needsAttention]
            case nil: break
            }
            guard known.unit.parent == nil else { return [.throughUnit] }
            var standings: Set<Standing> = [.unmapped]
            if waiting > 0 { standings.insert(.needsAttention) }
            switch suggestion?.verdict {
            case .certain: standings.formUnion([.suggested, .certain])
            case .likely: standings.insert(.suggested)
            case .unclear, .noCounterpart, nil: break
            }
            return standings
        }
    }

    package let revision: Int
    /// In natural order of building and name.
    package let units: [UnitRow]
    /// How many of them somebody stands in.
    package let occupied: Int
    /// In natural order of building and name; vanished ones only while mapped.
    package let pmsUnits: [PMSUnitRow]
    /// How many PMS units count for the coverage: every one listed but spaces and those ignored.
    package let countable: Int
    /// How many of these are mapped.
    package let covered: Int
    /// How many residents wait on unmapped PMS units, standing in none meanwhile, and on how many.
    package let waiting: (residents: Int, pmsUnits: Int)

    private let standing: [Standing: [PMSUnitRow]]
    private let unitsByID: [UnitID: UnitRow]
    private let pmsUnitsByKey: [PMSUnitKey: PMSUnitRow]

    init(revision: Int, units: [UnitRow], pmsUnits: [PMSUnitRow]) {
        self.revision = revision
        self.units = units
        self.pmsUnits = pmsUnits
        unitsByID = Dictionary(uniqueKeysWithValues: units.map { ($0.unit.id, $0) })
        pmsUnitsByKey = Dictionary(uniqueKeysWithValues: pmsUnits.map { ($0.mapped.key, $0) })
        occupied = units.count { $0.current > 0 }
        let whole = pmsUnits.filter { $0.mapped.known.isListed && $0.pmsUnit.parent == nil }
        covered = whole.count(where: \.isMapped)
        countable = covered + whole.count(where: \.isUnmapped)
        let waiting = pmsUnits.filter { $0.waiting > 0 }
        self.waiting = (waiting.reduce(0) { $0 + $1.waiting }, waiting.count)
        standing = Dictionary(
            uniqueKeysWithValues: Standing.allCases.map { standing in
                (standing, pmsUnits.filter { $0.stands(standing) })
            }
        )
    }

    /// Those that stand so, in the order of ``pmsUnits``.
    package func pmsUnits(_ standing: Standing) -> [PMSUnitRow] { self.standing[standing] ?? [] }

    package func unit(_ id: UnitID) -> UnitRow? { unitsByID[id] }

    package func pmsUnit(_ id: PMSUnitID, in attachment: AttachmentID) -> PMSUnitRow? {
        pmsUnitsByKey[PMSUnitKey(attachment: attachment, unit: id)]
    }
}

/// Keeps the views of the properties looked at last.
///
/// A view is true as long as its property's revision is what it was: everything that changes a unit, a
/// mapping or an assignment raises it.
package actor PropertyViews {
    private static let kept = 6

    private var views: [(property: PropertyID, view: PropertyView)] = []

    package init() {}

    func view(of property: PropertyID, revision: Int) -> PropertyView? {
        guard
            let index = views.firstIndex(where: {
                $0.property == property && $0.view.revision == revision
            })
        else { return nil }
        let found = views.remove(at: index)
        views.append(found)
        return found.view
    }

    func keep(_ view: PropertyView, of property: PropertyID) {
        views.removeAll { $0.property == property }
        views.append((property, view))
        if views.count > Self.kept { views.removeFirst() }
    }
}

extension Operations {
    /// The units and PMS units of a property as they are now.
    package func view(of property: Property) async throws -> PropertyView {
        let id = property.id
        let revision = try await database.read { connection in
            try Properties.find(id, on: connection)?.revision
        }
        guard let revision else {
            throw OperationError("property \(property.name) is not there any more")
        }
        if let known = await views.view(of: id, revision: revision) { return known }
        let made = try await database.read { connection in
            try Self.view(of: id, on: connection)
        }
        await views.keep(made, of: id)
        return made
    }

    private static func view(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> PropertyView {
        let revision = try Properties.find(property, on: connection)?.revision ?? 0
        let rows = try mapping(of: property, on: connection)
        let units = try Units.all(of: property, on: connection)
        let standing = try Assignments.openCounts(of: property, on: connection)
        let residents = try PMSUnits.residentCounts(of: property, on: connection)
        let suggestions = Dictionary(
            uniqueKeysWithValues: suggestions(rows, units).map { ($0.row.key, $0) }
        )
        var mapped: [UnitID: [PMSUnit]] = [:]
        var unitOf: [PMSUnitKey: Unit] = [:]
        for row in rows {
            guard let unit = row.unit else { continue }
            mapped[unit.id, default: []].append(row.known.unit)
            unitOf[row.key] = unit
        }
        return PropertyView(
            revision: revision,
            units: units.map { unit in
                PropertyView.UnitRow(
                    unit,
                    current: standing[unit.id]?.current ?? 0,
                    upcoming: standing[unit.id]?.upcoming ?? 0,
                    pmsUnits: mapped[unit.id] ?? []
                )
            }
            .sorted { $0.key < $1.key },
            pmsUnits: rows.filter { $0.known.isListed || $0.known.mapping != nil }.map { row in
                let parent = row.known.unit.parent.flatMap {
                    unitOf[PMSUnitKey(attachment: row.attachment, unit: $0)]
                }
                return PropertyView.PMSUnitRow(
                    row,
                    unit: row.unit ?? (row.known.mapping == nil ? parent : nil),
                    suggestion: suggestions[row.key],
                    residents: residents[row.attachment]?[row.known.unit.id] ?? (0, 0)
                )
            }
            .sorted { $0.key < $1.key }
        )
    }
}

/// A PMS unit in its attachment.
struct PMSUnitKey: Hashable {
    let attachment: AttachmentID
    let unit: PMSUnitID
}

extension Operations.MappedUnit {
    var key: PMSUnitKey { PMSUnitKey(attachment: attachment, unit: known.unit.id) }
}
