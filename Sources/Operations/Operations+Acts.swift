package import LintelModel
import Reconciliation
import SQLEngine
import Storage

extension Operations {
    /// What an act by hand did.
    package struct Act: Sendable {
        package let person: PersonID
        /// How many assignments began, ended or changed.
        package let changes: Int
        /// How many decisions keep the next sync from reversing it.
        package let pins: Int
    }

    /// Puts a person into a unit by hand.
    package func assign(
        _ person: String,
        to unit: String,
        of property: Property?,
        from: String?,
        until: String?
    ) async throws -> Act {
        let (first, last) = (
            try Self.day(from, "the first day"), try Self.day(until, "the last day")
        )
        if let last, let first, last < first {
            throw OperationError("the last day, \(last), is before the first, \(first)")
        }
        let found = try await self.unit(unit, ofOne: property)
        return try await act("person assigned", person, at: found.property) { setting, ids in
            let plan = Acts.assign(setting, to: found.unit, from: first, until: last, ids: &ids)
            guard let plan else {
                throw OperationError(.conflict, "the person stands in \(found.unit.label) already")
            }
            return plan
        }
    }

    /// Takes a person out of a unit, and keeps them out while the PMS says what it says now.
    package func unassign(
        _ person: String,
        from unit: String,
        of property: Property?
    ) async throws -> Act {
        let found = try await self.unit(unit, ofOne: property)
        return try await act("person unassigned", person, at: found.property) { setting, ids in
            guard let plan = Acts.unassign(setting, from: found.unit, ids: &ids) else {
                throw OperationError("the person does not stand in \(found.unit.label)")
            }
            return plan
        }
    }

    /// Archives a person: ends every assignment and keeps the PMS from bringing them back.
    ///
    /// - Parameters:
    ///   - reference: the person's id, e-mail address or PMS id.
    ///   - reach: the properties within which assignments may be ended.
    /// - Returns: what was done.
    /// - Throws: ``OperationError`` where the person belongs to a property out of reach, since archiving is for
    ///   the whole portfolio.
    package func archive(_ reference: String, within reach: Reach = .everything) async throws -> Act
    {
        let id = try await personID(reference)
        let properties = try await propertiesOf(id)
        let beyond = properties.count { !reach.includes($0.id) }
        guard beyond == 0 else {
            throw OperationError(
                "This person also belongs to \(beyond == 1 ? "another property" : "\(beyond) other properties") "
                    + "that your role does not reach, and archiving ends their assignments "
                    + "everywhere. Unassign them here, or ask a portfolio manager."
            )
        }
        var changes = 0
        var pins = 0
        for property in properties {
            let act = try await act("person archived", id.text, at: property) {
                Acts.archive($0, ids: &$1)
            }
            changes += act.changes
            pins += act.pins
        }
        return Act(person: id, changes: changes, pins: pins)
    }

    /// Whether the PMS says that a person lives, or will live, here: what archiving or unassigning them goes
    /// against, as sentences.
    package func stillLiving(_ reference: String) async throws -> [String] {
        let id = try await personID(reference)
        return try await database.read { connection in
            try StatedOfPeople([id], on: connection).stated.compactMap { stated in
                let status = stated.known.stated.status
                guard stated.known.missingSince == nil, status.isLiving || status == .future else {
                    return nil
                }
                return "PMS resident \(stated.resident.resident): \(WhyNot.says(stated.known))"
            }
        }
    }

    // MARK: Finding

    /// The id of the one person of that id, e-mail address or PMS id.
    func personID(_ reference: String) async throws -> PersonID {
        let found = try await database.read { connection in
            try PeopleReference.find(reference, on: connection)
        }
        guard let first = found.first else {
            throw OperationError(
                .notFound,
                "nobody here has the id, e-mail address or PMS id given",
                see: "lintel people list"
            )
        }
        guard found.count == 1 else {
            throw OperationError(
                "\(found.count) people here have that PMS id, in different connections: "
                    + found.map(\.text).joined(separator: ", ")
            )
        }
        return first
    }

    /// The unit of that name or id in the property given, or in the only property that has one.
    private func unit(
        _ reference: String,
        ofOne property: Property?
    ) async throws -> (unit: Unit, property: Property) {
        if let property { return (try await unit(reference, of: property), property) }
        var found: [(unit: Unit, property: Property)] = []
        for listed in try await properties() {
            for unit in try await units(of: listed.property)
            where unit.id.text == reference || unit.name == reference || unit.label == reference {
                found.append((unit, listed.property))
            }
        }
        guard let only = found.first else {
            throw OperationError(
                .notFound,
                "no property has a unit “\(reference)”",
                see: "lintel units list"
            )
        }
        guard found.count == 1 else {
            throw OperationError(
                "“\(reference)” names \(found.count) units; name the property, or one of the ids "
                    + found.prefix(5).map(\.unit.id.text).joined(separator: ", ")
            )
        }
        return only
    }

    /// The properties in which a person stands, stood, or is stated by the PMS.
    private func propertiesOf(_ person: PersonID) async throws -> [Property] {
        let found = try await database.read { connection in
            try PropertyPeople.properties(of: person, on: connection).compactMap {
                try Properties.find($0, on: connection)?.property
            }
        }
        guard found.isEmpty else { return found }
        // Somebody who stands nowhere is archived through the first property there is.
        return try await properties().first.map { [$0.property] } ?? []
    }

    // MARK: Doing

    /// Does an act, keeps it in the history, and writes it into the audit log under the name given.
    private func act(
        _ name: String,
        _ reference: String,
        at property: Property,
        _ make: @Sendable @escaping (Acts.Setting, inout IDGenerator) throws -> Plan
    ) async throws -> Act {
        guard let clock = CivilClock(name: property.timeZone) else {
            throw OperationError("the time zone of \(property.name) is unknown to this system")
        }
        let id = try await personID(reference)
        let now = now
        return try await database.write { connection in
            guard let person = try People.of([id], on: connection).first,
                let found = try Properties.find(property.id, on: connection)
            else { throw OperationError("the person or the property is not there any more") }
            let attachments = Set(try Attachments.all(of: property.id, on: connection).map(\.id))
            let setting = Acts.Setting(
                property: property.id,
                revision: found.revision,
                now: now,
                today: clock.day(at: now),
                person: person,
                assignments: try Assignments.of([id], in: property.id, on: connection),
                stated: try StatedOfPeople([id], on: connection).stated,
                attachments: attachments,
                pins: Dictionary(
                    uniqueKeysWithValues: try Pins.open(of: property.id, on: connection).map {
                        ($0.pin.cause, $0.pin)
                    }
                )
            )
            var ids = IDGenerator()
            let batch: RunID = ids.next(at: now)
            let plan = try make(setting, &ids)
            try PlanWriter(plan, batch: batch.text, at: now).write(on: connection)
            try Properties.touch(property.id, on: connection)
            let report = PlanReport(units: try Self.units(of: plan, on: connection))
            try note(
                AuditLog.Draft(
                    name,
                    of: property.id,
                    id.text,
                    after: plan.changes.map { report.line($0) }.joined(separator: "; ")
                ),
                on: connection
            )
            return Act(person: id, changes: plan.changes.count, pins: plan.newPins.count)
        }
    }

    private static func units(
        of plan: Plan,
        on connection: any SQLConnection
    ) throws -> [UnitID: Unit] {
        let ids = plan.changes.compactMap { planned -> UnitID? in
            if case .assignment(_, let after) = planned.change { after.unit } else { nil }
        }
        return Dictionary(
            uniqueKeysWithValues: try Units.of(Set(ids), on: connection).map { ($0.id, $0) }
        )
    }

    private static func day(_ text: String?, _ what: String) throws -> CivilDate? {
        guard let text else { return nil }
        guard let day = CivilDate(iso: text) else {
            throw OperationError("\(what) is “\(text)”; expected a day as yyyy-mm-dd")
        }
        return day
    }
}
