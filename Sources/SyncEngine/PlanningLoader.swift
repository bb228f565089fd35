import ConnectorKit
import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// Loads what one plan is made from, all in one consistent read: the records the snapshots touched, those
/// due for other reasons, and everything about their people and neighbours.
struct PlanningLoader {
    let intakes: [AttachmentID: AttachmentIntake]
    let now: Timestamp

    /// Whether something was changed by hand since the last plan, once it has loaded.
    private(set) var mustReplan = false
    private var connections: [AttachmentID: ConnectionID] = [:]
    private var known: [RecordKey: KnownResidency] = [:]
    private var residents: Set<ResidentKey> = []
    private var links: [ResidentKey: ResidentLink] = [:]
    private var people: [PersonID: Person] = [:]
    private var holders: [String: PersonID] = [:]

    init(_ intakes: [AttachmentIntake], now: Timestamp) {
        self.intakes = Dictionary(uniqueKeysWithValues: intakes.map { ($0.attachment.id, $0) })
        self.now = now
    }

    /// - Parameters:
    ///   - id: the property.
    ///   - everything: whether every record is looked at though nothing was changed by hand.
    ///   - connection: where it stands.
    /// - Returns: what the plan is made from.
    /// - Throws: ``SQLError``; with the code `notFound` where the property is gone. ``SyncFailure`` where what
    ///   was read is no longer attached as it was.
    mutating func load(
        _ id: PropertyID,
        everything: Bool = false,
        on connection: any SQLConnection
    ) throws -> PlanningInput {
        guard let found = try Properties.find(id, on: connection),
            let clock = CivilClock(name: found.property.timeZone)
        else { throw SQLError(.notFound, "property \(id) is not there any more") }
        mustReplan = found.mustReplan
        var input = PlanningInput(
            property: found.property,
            revision: found.revision,
            now: now,
            today: clock.day(at: now)
        )
        for attachment in try Attachments.all(of: id, on: connection) {
            connections[attachment.id] = attachment.connection
            try check(attachment)
        }
        try loadTouched(input.today, everything: found.mustReplan || everything, on: connection)
        try loadLinks(on: connection)
        try loadNeighbours(in: id, on: connection)
        try loadPeople(on: connection)

        for (attachment, intake) in intakes {
            input.attachments[attachment] = AttachmentSnapshot(
                connection: intake.attachment.connection,
                pmsProperty: intake.attachment.pmsProperty,
                isComplete: intake.isComplete,
                listedUnits: intake.listedUnits,
                knownUnits: try PMSUnits.all(of: attachment, on: connection),
                counts: intake.counts,
                previousCounts: intake.attachment.counts,
                statedAt: intake.statedAt
            )
        }
        for unit in try Units.all(of: id, on: connection) { input.units[unit.id] = unit }
        input.records = records()
        input.links = links
        input.people = people
        input.holders = holders
        input.statuses = try StatusWords.meanings(of: id, on: connection)
        for listed in try Pins.open(of: id, on: connection) {
            input.pins[listed.pin.cause] = listed.pin
        }
        input.openElsewhere = try Assignments.openElsewhere(people.keys, than: id, on: connection)
        let assignments = try Assignments.of(people.keys, in: id, on: connection)
        input.assignments = Dictionary(grouping: assignments, by: \.person)
        input.brakeFacts = BrakeFacts(
            openAssignments: try Assignments.openCount(of: id, on: connection),
            recentRemovals: try History.removals(
                of: id,
                since: now.adding(minutes: -24 * 60),
                on: connection
            )
        )
        return input
    }

    /// Refuses what was read of a PMS property that was detached meanwhile or has another code: what was done by
    /// hand since stands.
    private func check(_ attachment: Attachments.Attached) throws {
        guard let read = intakes[attachment.id]?.attachment,
            read.pmsProperty != attachment.pmsProperty || read.isDetached != attachment.isDetached
        else { return }
        throw SyncFailure(
            "PMS property \(read.pmsProperty) was attached differently while it was read; nothing is "
                + "changed"
        )
    }

    private mutating func loadTouched(
        _ today: CivilDate,
        everything: Bool,
        on connection: any SQLConnection
    ) throws {
        for (id, intake) in intakes {
            let found: [KnownResidency]
            if everything {
                found = try Residencies.all(of: id, on: connection)
            } else {
                let due = try Residencies.due(id, on: today, on: connection)
                let touched = intake.touched.union(due)
                // New residents have nothing to load.
                found = try Residencies.of(
                    intake.fingerprints.isEmpty && !intake.isUnchanged ? due : touched,
                    in: id,
                    on: connection
                )
            }
            add(found)
            for key in intake.incoming.keys { insert(key.resident, of: id) }
        }
    }

    /// The links of the residents in question, and through their people every other record of theirs.
    private mutating func loadLinks(on connection: any SQLConnection) throws {
        let unknown = residents.filter { links[$0] == nil }
        for (source, group) in Dictionary(grouping: unknown, by: \.connection) {
            for link in try ResidentLinks.of(group.map(\.resident), of: source, on: connection) {
                links[link.resident] = link
            }
        }
        try loadRecords(of: Set(unknown.compactMap { links[$0]?.person }), on: connection)
    }

    private mutating func loadRecords(
        of persons: Set<PersonID>,
        on connection: any SQLConnection
    ) throws {
        var theirs: Set<ResidentKey> = []
        for link in try ResidentLinks.of(persons, on: connection) {
            links[link.resident] = link
            theirs.insert(link.resident)
        }
        let found = try Residencies.anywhere(Set(theirs.map(\.resident)), on: connection)
        for residency in found where connections[residency.attachment] == nil {
            connections[residency.attachment] = try Attachments.connection(
                of: residency.attachment,
                on: connection
            )
        }
        add(
            found.filter { residency in
                guard let source = connections[residency.attachment] else { return false }
                return theirs.contains(
                    ResidentKey(connection: source, resident: residency.stated.key.resident)
                )
            }
        )
    }

    /// For residents who are nobody yet: who holds their address, and who shares address or name.
    private mutating func loadNeighbours(
        in property: PropertyID,
        on connection: any SQLConnection
    ) throws {
        // A property seen for the first time has no neighbours to ask for.
        let asked = intakes.values.filter { $0.isUnchanged || !$0.fingerprints.isEmpty }
        var emails: Set<String> = []
        var names: Set<String> = []
        func look(at stated: PMSResidency, in attachment: AttachmentID) {
            guard let source = connections[attachment],
                links.isEmpty
                    || links[ResidentKey(connection: source, resident: stated.key.resident)] == nil
            else { return }
            if let email = stated.email { emails.insert(Folding.email(email)) }
            if !asked.isEmpty { names.insert(PersonName.key(stated.firstName, stated.lastName)) }
        }
        for intake in intakes.values {
            for stated in intake.incoming.values { look(at: stated, in: intake.attachment.id) }
        }
        for (key, residency) in known where intakes[key.attachment] != nil {
            look(at: residency.stated, in: key.attachment)
        }
        for person in try People.withEmails(emails, on: connection) {
            people[person.id] = person
            if let email = person.email { holders[Folding.email(email)] = person.id }
        }
        for intake in asked {
            let id = intake.attachment.id
            add(try Residencies.withEmails(emails, in: id, on: connection))
            add(try Residencies.withNames(names, in: id, on: connection))
        }
        for person in try People.byHand(in: property, on: connection) { people[person.id] = person }
        try loadLinks(on: connection)
        // A person takes part only with every record of theirs: a stay whose records were left out would
        // look as if nothing pointed to it.
        try loadRecords(of: Set(people.keys), on: connection)
    }

    private mutating func loadPeople(on connection: any SQLConnection) throws {
        let missing = Set(links.values.map(\.person)).subtracting(people.keys)
        for person in try People.of(missing, on: connection) { people[person.id] = person }
        for person in people.values {
            if let email = person.email { holders[Folding.email(email)] = person.id }
        }
    }

    private mutating func insert(_ resident: PMSResidentID, of attachment: AttachmentID) {
        guard let source = connections[attachment] else { return }
        residents.insert(ResidentKey(connection: source, resident: resident))
    }

    private mutating func add(_ found: [KnownResidency]) {
        for residency in found {
            known[residency.key] = residency
            insert(residency.stated.key.resident, of: residency.attachment)
        }
    }

    private func records() -> [RecordKey: Record] {
        var records: [RecordKey: Record] = [:]
        records.reserveCapacity(intakes.values.reduce(known.count) { $0 + $1.incoming.count })
        for (key, residency) in known {
            guard let source = connections[key.attachment] else { continue }
            let intake = intakes[key.attachment]
            records[key] = Record(
                connection: source,
                attachment: key.attachment,
                known: residency,
                incoming: intake?.incoming[key.residency],
                sighting: intake?.sighting(of: key.residency, known: residency) ?? .notAsked
            )
        }
        for (attachment, intake) in intakes {
            guard let source = connections[attachment] else { continue }
            for (residency, stated) in intake.incoming {
                let key = RecordKey(attachment: attachment, residency: residency)
                guard known.isEmpty || records[key] == nil else { continue }
                records[key] = Record(
                    connection: source,
                    attachment: attachment,
                    known: nil,
                    incoming: stated,
                    sighting: intake.sighting(of: residency, known: nil)
                )
            }
        }
        return records
    }
}
