package import LintelModel

/// The inverse of a run: what it changed becomes what it was, and stays so until the PMS says something else.
///
/// What something later has overwritten is left as it is and listed. Asking for an undo is its approval: the
/// brake counts none of it.
package struct Undo: Sendable {
    /// What the undo does, as a plan like any other.
    package let plan: Plan
    /// What it leaves as it is, a sentence each with the reason.
    package let refusals: [String]
    /// The positions, among the input's changes, of those undone.
    package let undone: [Int]

    package static func plan(_ input: UndoInput, ids: inout IDGenerator) -> Undo {
        var draft = UndoDraft(input, ids: ids)
        draft.undoAssignments()
        draft.undoPeople()
        draft.leaveArchivedOut()
        draft.pinWhatWasUndone()
        draft.pinWhoGoesBack()
        ids = draft.ids
        var plan = Plan(property: input.property, revision: input.revision, day: input.today)
        plan.changes = draft.personChanges + draft.assignmentChanges.map(\.change)
        plan.links = draft.linksToKeep
        plan.newPins = draft.pins
        return Undo(plan: plan, refusals: draft.refusals, undone: draft.undone.sorted())
    }
}

/// An undo in the making.
private struct UndoDraft {
    let input: UndoInput
    var ids: IDGenerator
    var personChanges: [PlannedChange] = []
    /// With the position, among the input's changes, of what each undoes.
    var assignmentChanges: [(index: Int, change: PlannedChange)] = []
    var links: [ResidentLink] = []
    var pins: [Pin] = []
    private var pinned: Set<Pin.Cause> = []
    var refusals: [String] = []
    var undone: Set<Int> = []

    /// The assignments of everybody as the undo leaves them.
    private var standing: [AssignmentID: Assignment] = [:]
    /// Who each PMS resident is once the undo is done.
    private var owners: [ResidentKey: PersonID]
    /// The same the other way round.
    private var owned: [PersonID: Set<ResidentKey>] = [:]
    /// What the PMS stated last.
    private let stated: [ResidentKey: [UndoInput.Stated]]
    private var unlinked: Set<ResidentKey> = []
    /// People who are archived again.
    private var rearchived: [PersonID] = []
    /// Records that go back to whose they were.
    private var restored: [(resident: ResidentKey, person: PersonID)] = []
    /// Links whose address waits again; those that go altogether are left out.
    var linksToKeep: [ResidentLink] { links.filter { !unlinked.contains($0.resident) } }
    /// Addresses that go back to whom they were taken from.
    private let reclaimed: Set<String>
    /// Newcomers who give back the address they took.
    private var givingBack: Set<PersonID> = []

    init(_ input: UndoInput, ids: IDGenerator) {
        self.input = input
        self.ids = ids
        owners = input.links.mapValues(\.person)
        stated = Dictionary(grouping: input.stated, by: \.resident)
        for (resident, person) in owners { owned[person, default: []].insert(resident) }
        reclaimed = Set(
            input.changes.compactMap { planned in
                guard case .person(let before?, let after) = planned.change,
                    before.email != after.email
                else { return nil }
                return before.email.map(Folding.email)
            }
        )
        for assignment in input.assignments.values.joined() {
            standing[assignment.id] = assignment
        }
    }

    private func refusing(_ what: String, _ why: String) -> String { "\(what): \(why)" }

    private func label(_ unit: UnitID) -> String { input.units[unit]?.label ?? unit.text }

    // MARK: Assignments

    mutating func undoAssignments() {
        // What ended comes back before what began goes, so that nobody is without a unit in between.
        var taken: [(index: Int, change: PlannedChange)] = []
        for (index, planned) in input.changes.enumerated().reversed() {
            guard case .assignment(let before, let after) = planned.change else { continue }
            let what = "person \(after.person) in \(label(after.unit))"
            guard let current = standing[after.id] else {
                refusals.append(refusing(what, "the assignment is not there any more"))
                continue
            }
            guard current == after else {
                refusals.append(refusing(what, "it has changed since"))
                continue
            }
            guard input.units[after.unit] != nil else {
                refusals.append(refusing(what, "the unit is not there any more"))
                continue
            }
            let restored = before ?? ended(after)
            if restored.isOpen, !after.isOpen, isTaken(restored) {
                refusals.append(refusing(what, "the person stands in that unit again"))
                continue
            }
            undone.insert(index)
            standing[after.id] = restored
            guard restored != after else { continue }
            let change = PlannedChange(
                .assignment(before: after, after: restored),
                because: Reason(.undone, "undone; it was: \(planned.reason.sentence)"),
                source: planned.source
            )
            if change.isEnding {
                taken.append((index, change))
            } else {
                assignmentChanges.append((index, change))
            }
        }
        assignmentChanges += taken
    }

    /// Leaves stays ended that would begin again for somebody who is archived and stays so.
    mutating func leaveArchivedOut() {
        var people = input.people
        for case .person(_, let after) in personChanges.map(\.change) { people[after.id] = after }
        let all = assignmentChanges
        assignmentChanges = []
        for (index, planned) in all {
            guard planned.isGrant, people[planned.person]?.isArchived ?? false,
                case .assignment(let before?, let after) = planned.change
            else {
                assignmentChanges.append((index, planned))
                continue
            }
            standing[before.id] = before
            undone.remove(index)
            refusals.append(
                refusing(
                    "person \(after.person) in \(label(after.unit))",
                    "the person has been archived since"
                )
            )
        }
    }

    private func ended(_ assignment: Assignment) -> Assignment {
        assignment.isOpen ? assignment.ended(on: input.today, at: input.now) : assignment
    }

    private func isTaken(_ restored: Assignment) -> Bool {
        standing(of: restored.person).contains {
            $0.isOpen && $0.id != restored.id && $0.unit == restored.unit
        }
    }

    /// A person's assignments as the undo leaves them.
    private func standing(of person: PersonID) -> [Assignment] {
        (input.assignments[person] ?? []).compactMap { standing[$0.id] }
    }

    /// What the PMS stated last of whoever is that person as the undo leaves it.
    private func stated(of person: PersonID) -> [UndoInput.Stated] {
        (owned[person] ?? []).sorted().flatMap { stated[$0] ?? [] }
    }

    // MARK: People and links

    mutating func undoPeople() {
        for (index, planned) in input.changes.enumerated().reversed() {
            switch planned.change {
            case .assignment: continue
            case .link(let before, let after): undoLink(index, planned, before, after)
            case .person(let before?, let after): restore(index, planned, before, after)
            case .person(nil, let after): undoNewcomer(index, planned, after)
            }
        }
    }

    private mutating func restore(
        _ index: Int,
        _ planned: PlannedChange,
        _ before: Person,
        _ after: Person
    ) {
        let what = "person \(after.id)"
        guard let current = input.people[after.id], current.isSame(as: after) else {
            refusals.append(refusing(what, "the details have changed since"))
            return
        }
        if let email = before.email.map(Folding.email), let holder = input.holders[email],
            holder != before.id, !givingBack.contains(holder)
        {
            refusals.append(
                refusing(what, "the e-mail address it had is person \(holder)'s now")
            )
            return
        }
        var restored = before
        restored.version = current.version + 1
        undone.insert(index)
        personChanges.append(
            PlannedChange(
                .person(before: current, after: restored),
                because: Reason(.undone, "undone; it was: \(planned.reason.sentence)"),
                source: planned.source
            )
        )
        if before.isArchived, !after.isArchived { rearchived.append(before.id) }
        guard let resident = resident(of: planned) else { return }
        if before.email != after.email, var link = input.links[resident] {
            // The address waits again, as it did before somebody decided.
            link.accepted = AcceptedIdentity(
                firstName: before.firstName,
                lastName: before.lastName,
                email: before.email
            )
            links.append(link)
        }
        if before.firstName != after.firstName || before.lastName != after.lastName
            || before.phone != after.phone,
            let stated = stated[resident]?.first(where: { $0.known.key == planned.source })
        {
            pin(
                Pin(
                    id: ids.next(at: input.now),
                    .details,
                    Fact.subject(resident),
                    fact: Fact.details(stated.known.stated),
                    person: before.id,
                    resident: resident
                )
            )
        }
    }

    private mutating func undoLink(
        _ index: Int,
        _ planned: PlannedChange,
        _ before: ResidentLink?,
        _ after: ResidentLink?
    ) {
        guard let resident = (after ?? before)?.resident else { return }
        let what = "PMS resident \(resident.resident)"
        guard input.links[resident]?.person == after?.person else {
            refusals.append(refusing(what, "it is another person's record since"))
            return
        }
        if let after, let unit = openUnit(of: after.person, through: resident) {
            refusals.append(
                refusing(what, "person \(after.person) still stands in \(label(unit)) through it")
            )
            return
        }
        undone.insert(index)
        change(resident, to: before, planned)
    }

    private mutating func undoNewcomer(_ index: Int, _ planned: PlannedChange, _ after: Person) {
        let what = "person \(after.id)"
        guard let current = input.people[after.id], current.isSame(as: after) else {
            refusals.append(refusing(what, "the details have changed since"))
            return
        }
        let open = standing(of: after.id).filter(\.isOpen)
        if let unit = open.map(\.unit).min() {
            refusals.append(refusing(what, "the person still stands in \(label(unit))"))
            return
        }
        guard !input.openElsewhere.contains(after.id) else {
            refusals.append(refusing(what, "the person stands in a unit of another property"))
            return
        }
        undone.insert(index)
        if let resident = resident(of: planned), input.links[resident]?.person == after.id,
            !unlinked.contains(resident)
        {
            change(resident, to: nil, planned)
        }
        var archived = current
        archived.isArchived = true
        archived.version += 1
        if let email = current.email.map(Folding.email), reclaimed.contains(email) {
            archived.email = nil
            givingBack.insert(current.id)
        }
        personChanges.append(
            PlannedChange(
                .person(before: current, after: archived),
                because: Reason(.undone, "undone; it was: \(planned.reason.sentence)"),
                source: planned.source
            )
        )
    }

    private mutating func change(
        _ resident: ResidentKey,
        to before: ResidentLink?,
        _ planned: PlannedChange
    ) {
        unlinked.insert(resident)
        if let owner = owners[resident] { owned[owner]?.remove(resident) }
        owners[resident] = before?.person
        if let before { owned[before.person, default: []].insert(resident) }
        personChanges.append(
            PlannedChange(
                .link(before: input.links[resident], after: before),
                because: Reason(.undone, "undone; it was: \(planned.reason.sentence)"),
                source: planned.source
            )
        )
        if let before {
            restored.append((resident, before.person))
            return
        }
        let own = (stated[resident] ?? []).map(\.known)
        pin(
            Pin(
                id: ids.next(at: input.now),
                .newcomer,
                Fact.subject(resident),
                fact: Fact.resident(own),
                resident: resident
            )
        )
    }

    /// A unit in which a person still stands and to which that resident's residencies point.
    private func openUnit(of person: PersonID, through resident: ResidentKey) -> UnitID? {
        let others = stated(of: person).filter { $0.resident != resident }
        let own = Set((stated[resident] ?? []).compactMap(\.unit))
            .subtracting(others.compactMap(\.unit))
        return standing(of: person).filter {
            $0.isOpen && $0.source == .sync && own.contains($0.unit)
        }
        .map(\.unit).min()
    }

    private func resident(of planned: PlannedChange) -> ResidentKey? {
        guard let source = planned.source, let connection = input.connections[source.attachment]
        else { return nil }
        return ResidentKey(connection: connection, resident: source.residency.resident)
    }

    // MARK: Pins

    /// Each undone stay stays as it is while the PMS says about it what it says now.
    mutating func pinWhatWasUndone() {
        for (_, planned) in assignmentChanges {
            guard case .assignment(_, let after) = planned.change else { continue }
            pinStay(after.person, after.unit)
        }
    }

    /// Whoever gets a record back, or is archived again, stays as they were.
    mutating func pinWhoGoesBack() {
        for person in rearchived { pinArchived(person) }
        var people = input.people
        for case .person(_, let after) in personChanges.map(\.change) { people[after.id] = after }
        for (resident, person) in restored {
            let units = Set((stated[resident] ?? []).compactMap(\.unit))
            for unit in units.sorted() { pinStay(person, unit) }
            if people[person]?.isArchived ?? false { pinArchived(person) }
        }
    }

    private mutating func pinStay(_ person: PersonID, _ unit: UnitID) {
        let all = stated(of: person)
        let own = all.filter { $0.unit == unit && !$0.isDetached }
        pin(
            Pin(
                id: ids.next(at: input.now),
                .stay,
                Fact.subject(person, in: unit),
                fact: Fact.stay(own.map(\.known), ofAll: all.map(\.known)),
                person: person
            )
        )
    }

    private mutating func pinArchived(_ person: PersonID) {
        let own = stated(of: person)
        pin(
            Pin(
                id: ids.next(at: input.now),
                .archived,
                person.text,
                fact: Fact.stay(own.map(\.known)),
                person: person
            )
        )
    }

    /// Keeps a decision once.
    private mutating func pin(_ pin: Pin) {
        guard pinned.insert(pin.cause).inserted else { return }
        pins.append(pin)
    }
}

extension Person {
    /// Whether two states of one person are the same but for the count of changes.
    fileprivate func isSame(as other: Person) -> Bool {
        var other = other
        other.version = version
        return self == other
    }
}
