package import LintelModel
package import Reconciliation
import SQLEngine
package import Storage

/// What syncs did, page by page.
extension Operations {
    /// One run with a page of its changes.
    package struct RunRecordPage: Sendable {
        package let run: RunRecord
        package let changes: [KeptChange]
        /// How many changes the run made, and how many of them were undone since.
        package let tally: History.Tally
        /// Why the brake held its plan, a sentence each.
        package let objections: [String]
        /// The plan as a person reads it, where the brake held it; it names people by id.
        package let heldPlan: String?
        /// The decisions it made that still hold.
        package let pins: [Pins.Listed]
        /// The people and units its page of changes speaks of.
        package let people: [PersonID: Person]
        package let units: [UnitID: Unit]
    }

    /// A change as it was kept.
    package struct KeptChange: Sendable {
        package let entry: History.Entry
        /// What was and what is; nil where the names it was about have been erased since.
        package let change: PlannedChange?
    }

    /// The runs of a property, newest first, and how many there are of each outcome; previews only where they are
    /// asked for.
    package func runs(
        of property: Property,
        outcome: RunRecord.Outcome?,
        from offset: Int,
        limit: Int
    ) async throws -> (runs: [RunRecord], tally: [RunRecord.Outcome: Int]) {
        try await database.read { connection in
            (
                try Runs.page(
                    of: property.id,
                    outcome: outcome,
                    from: offset,
                    limit: limit,
                    on: connection
                ),
                try Runs.tally(of: property.id, on: connection)
            )
        }
    }

    /// The runs of a property older than one of them, newest first.
    package func runs(
        of property: Property,
        olderThan run: RunID?,
        limit: Int
    ) async throws -> [RunRecord] {
        try await database.read {
            try Runs.older(of: property.id, than: run, limit: limit, on: $0)
        }
    }

    /// One run of a property with a page of its changes; nil where the property has no such run.
    package func run(
        _ id: RunID,
        of property: Property,
        from position: Int,
        limit: Int
    ) async throws -> RunRecordPage? {
        try await database.read { connection in
            guard let run = try Runs.find(id, on: connection), run.property == property.id else {
                return nil
            }
            let range = position..<(position + limit)
            let entries = try History.of(id.text, range, on: connection)
            let applied = try History.applied(in: id.text, range, on: connection)
            return RunRecordPage(
                run: run,
                changes: zip(entries, applied).map { KeptChange(entry: $0, change: $1.change) },
                tally: try History.tally(of: id.text, on: connection),
                objections: try HeldPlans.objections(of: id, on: connection),
                heldPlan: try HeldPlans.report(of: id, on: connection),
                pins: try Pins.open(of: property.id, on: connection).filter { $0.batch == id.text },
                people: try Self.people(Set(entries.compactMap(\.person)), on: connection),
                units: try Self.units(Set(entries.compactMap(\.unit)), on: connection)
            )
        }
    }

    /// Some people by their ids.
    package func people(_ ids: Set<PersonID>) async throws -> [PersonID: Person] {
        try await database.read { try Self.people(ids, on: $0) }
    }

    private static func people(
        _ ids: Set<PersonID>,
        on connection: any SQLConnection
    ) throws -> [PersonID: Person] {
        Dictionary(
            uniqueKeysWithValues: try People.of(ids, on: connection).map { ($0.id, $0) }
        )
    }

    private static func units(
        _ ids: Set<UnitID>,
        on connection: any SQLConnection
    ) throws -> [UnitID: Unit] {
        Dictionary(
            try Units.of(ids, on: connection).map { ($0.id, $0) },
            uniquingKeysWith: { $1 }
        )
    }
}
