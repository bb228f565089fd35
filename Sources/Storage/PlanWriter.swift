package import LintelModel
package import Reconciliation
package import SQLEngine

/// Writes a plan: the executor's one transaction, without any decision.
///
/// What a first sync has much of is made into rows at once, so that the transaction, which others wait for, does
/// little but write.
package struct PlanWriter: Sendable {
    private let plan: Plan
    private let batch: String
    private let now: Timestamp
    private let people: SQLBulkWrite
    private let changedPeople: [(before: Person, after: Person)]
    private let goneLinks: [ResidentKey]
    private let links: SQLBulkWrite
    private let residencies: SQLBulkWrite
    private let assignments: SQLBulkWrite
    private let changedAssignments: [Assignment]
    private let history: SQLBulkWrite

    /// - Parameters:
    ///   - plan: what is written, exactly as it stands.
    ///   - batch: the run, or the act of a person, that the history names.
    ///   - now: when the history says that it was.
    package init(_ plan: Plan, batch: String, at now: Timestamp) {
        var newPeople: [Person] = []
        var newLinks: [ResidentLink] = []
        var goneLinks: [ResidentKey] = []
        var newAssignments: [Assignment] = []
        var changedPeople: [(before: Person, after: Person)] = []
        var changedAssignments: [Assignment] = []
        for change in plan.changes.lazy.map(\.change) {
            switch change {
            case .person(nil, let after): newPeople.append(after)
            case .person(let before?, let after): changedPeople.append((before, after))
            case .assignment(.some, let after): changedAssignments.append(after)
            case .link(_, let after?): newLinks.append(after)
            case .link(let before, nil): if let before { goneLinks.append(before.resident) }
            case .assignment(nil, let after): newAssignments.append(after)
            }
        }
        if !newLinks.isEmpty {
            // A link of the changes that the rules settled further stands among the plan's links too.
            let settled = Set(plan.links.map(\.resident))
            newLinks.removeAll { settled.contains($0.resident) }
        }
        self.plan = plan
        self.batch = batch
        self.now = now
        self.changedPeople = changedPeople
        self.goneLinks = goneLinks
        self.changedAssignments = changedAssignments
        people = People.adding(newPeople)
        links = ResidentLinks.remembering(newLinks + plan.links)
        residencies = Residencies.remembering(plan.residencies)
        assignments = Assignments.adding(newAssignments, of: plan.property)
        history = History.keeping(plan.changes, batch: batch, of: plan.property, at: now)
    }

    /// Writes the plan.
    ///
    /// - Throws: ``SQLError`` with the code `conflict` where the directory is no longer the one the plan
    ///   was made from, or `alreadyExists` where somebody else took an e-mail address meanwhile. The
    ///   transaction must roll back then.
    package func write(on connection: any SQLConnection) throws {
        try claimRevision(on: connection)
        for (attachment, units) in plan.pmsUnits.sorted(by: { $0.key < $1.key }) {
            try PMSUnits.remember(units, of: attachment, on: connection)
        }
        // Whoever gives an address away does so before somebody new takes it.
        for (_, after) in changedPeople { try People.update(after, on: connection) }
        try people.run(on: connection)
        for resident in goneLinks { try ResidentLinks.remove(resident, on: connection) }
        try links.run(on: connection)
        try residencies.run(on: connection)
        // What ends in a unit goes before what begins there, as the schema allows one open assignment a
        // person and unit; to everybody else the transaction is one step.
        for assignment in changedAssignments {
            try Assignments.update(assignment, on: connection)
        }
        try assignments.run(on: connection)
        try history.run(on: connection)
        try Pins.close(
            plan.spentPins,
            because: "done, or what the PMS says has changed",
            at: now,
            on: connection
        )
        try Pins.add(plan.newPins, of: plan.property, batch: batch, at: now, on: connection)
        try touchNeighbours(on: connection)
    }

    private func claimRevision(on connection: any SQLConnection) throws {
        let changed = try connection.execute(
            """
            update properties set revision = revision + 1, must_replan = 0
            where id = $1 and revision = $2
            """,
            [.id(plan.property), .integer(plan.revision)]
        )
        guard changed == 1 else {
            throw SQLError(
                .conflict,
                "the plan was made from revision \(plan.revision) of the property, "
                    + "which has changed since"
            )
        }
    }

    /// A person who changed here stands in other properties too: these look at everything once, and a plan that one
    /// of them has made already is made again.
    private func touchNeighbours(on connection: any SQLConnection) throws {
        var changed: Set<PersonID> = []
        for (before, after) in changedPeople
        where before.email != after.email || before.firstName != after.firstName
            || before.lastName != after.lastName
        {
            changed.insert(after.id)
        }
        let residents = Set(try ResidentLinks.of(changed, on: connection).map(\.resident))
        var sources: [AttachmentID: ConnectionID] = [:]
        var others: Set<AttachmentID> = []
        for residency in try Residencies.anywhere(residents.map(\.resident), on: connection) {
            let attachment = residency.attachment
            let known = sources[attachment]
            guard let source = try known ?? Attachments.connection(of: attachment, on: connection)
            else { continue }
            sources[attachment] = source
            // Another PMS may give the same id to somebody else.
            let resident = ResidentKey(
                connection: source,
                resident: residency.stated.key.resident
            )
            if residents.contains(resident) { others.insert(attachment) }
        }
        for attachment in others.sorted() {
            try connection.execute(
                """
                update properties set revision = revision + 1, must_replan = 1
                where id = (select property_id from attachments where id = $1) and id <> $2
                """,
                [.id(attachment), .id(plan.property)]
            )
        }
    }
}
