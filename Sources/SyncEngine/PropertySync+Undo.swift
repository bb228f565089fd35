import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// Reversing a run.
extension PropertySync {
    /// Does the inverse of a run, or shows it.
    mutating func undo(_ run: RunID) async throws {
        for attempt in 1...3 {
            do {
                return try await undoOnce(run)
            } catch let error as SQLError
                where attempt < 3 && (error.code == .conflict || error.code == .alreadyExists)
            {
                continue
            }
        }
    }

    private mutating func undoOnce(_ run: RunID) async throws {
        guard let clock = CivilClock(name: property.timeZone) else {
            throw SyncFailure("the time zone of \(property.name) is unknown to this system")
        }
        let (id, now) = (property.id, environment.now)
        let loaded = try await environment.database.read { connection in
            try Self.loadUndo(of: run, in: id, at: now, on: clock.day(at: now), connection)
        }
        let undo = Undo.plan(loaded.input, ids: &ids)
        count(undo.plan)
        report.record.undoes = run
        report.plan = undo.plan
        report.units = loaded.input.units
        report.refusals = loaded.refusals + undo.refusals
        report.notes = report.refusals
        report.record.message = "undo of run \(run)"
        guard !isPreview else {
            report.record.outcome = .previewed
            return
        }
        report.record.outcome = undo.plan.isEmpty ? .unchanged : .applied
        let positions = undo.undone.map { loaded.positions[$0] }
        let (plan, act) = (undo.plan, report.record.id)
        let writer = plan.writesNothing ? nil : PlanWriter(plan, batch: act.text, at: now)
        try await finish(writing: writer) { connection in
            if writer != nil { try Properties.touch(id, on: connection) }
            try History.mark(positions, of: run.text, undoneBy: act, on: connection)
            return try Alerts.openCount(of: id, on: connection)
        }
    }

    private struct Loaded: Sendable {
        var input: UndoInput
        /// Where each change of the input stands in its run.
        var positions: [Int]
        var refusals: [String]
    }

    private static func loadUndo(
        of run: RunID,
        in property: PropertyID,
        at now: Timestamp,
        on today: CivilDate,
        _ connection: any SQLConnection
    ) throws -> Loaded {
        guard let found = try Properties.find(property, on: connection) else {
            throw SQLError(.notFound, "property \(property) is not there any more")
        }
        let applied = try History.applied(in: run.text, on: connection)
        var loaded = Loaded(
            input: UndoInput(
                property: property,
                revision: found.revision,
                now: now,
                today: today,
                changes: []
            ),
            positions: [],
            refusals: []
        )
        for change in applied where change.undoneBy == nil {
            if let planned = change.change {
                loaded.input.changes.append(planned)
                loaded.positions.append(change.position)
            } else {
                loaded.refusals.append(
                    "person \(change.person?.text ?? "?"): the names of that time have been erased"
                )
            }
        }
        let people = Set(loaded.input.changes.map(\.person))
        for attachment in try Attachments.all(of: property, on: connection) {
            loaded.input.connections[attachment.id] = attachment.connection
        }
        let residents = loaded.input.changes.compactMap { planned -> ResidentKey? in
            guard let source = planned.source,
                let connection = loaded.input.connections[source.attachment]
            else { return nil }
            return ResidentKey(connection: connection, resident: source.residency.resident)
        }
        let stated = try StatedOfPeople(people, residents: Set(residents), on: connection)
        loaded.input.links = stated.links
        loaded.input.stated = stated.stated
        loaded.input.connections.merge(stated.connections) { $1 }
        for person in try People.of(people, on: connection) {
            loaded.input.people[person.id] = person
        }
        let emails = loaded.input.changes.compactMap { planned -> String? in
            guard case .person(let before?, _) = planned.change else { return nil }
            return before.email.map(Folding.email)
        }
        for person in try People.withEmails(Set(emails), on: connection) {
            if let email = person.email { loaded.input.holders[Folding.email(email)] = person.id }
        }
        loaded.input.assignments = Dictionary(
            grouping: try Assignments.of(people, in: property, on: connection),
            by: \.person
        )
        for unit in try Units.all(of: property, on: connection) {
            loaded.input.units[unit.id] = unit
        }
        loaded.input.openElsewhere = try Assignments.openElsewhere(
            people,
            than: property,
            on: connection
        )
        return loaded
    }
}
