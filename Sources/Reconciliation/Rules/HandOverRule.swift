import LintelModel

/// A record that a person decided to be somebody else's: it leaves the one for a new person, with the units it
/// stands for, and where the address goes with it the one is archived without it.
extension PlanDraft {
    /// Whether every open assignment of a person rests on that resident's records alone, and nobody else in
    /// the PMS who lives here or is to come is that person.
    mutating func standsNowhereElse(_ person: PersonID, _ resident: ResidentPlan?) -> Bool {
        guard !input.openElsewhere.contains(person) else { return false }
        let isSomebodyElse = linkedResidents(of: person).contains { other in
            other !== resident && other.records.contains(where: \.isCandidate)
        }
        if isSomebodyElse { return false }
        let own = Set(resident?.records.compactMap(target(of:)) ?? [])
        return (input.assignments[person] ?? []).allSatisfy { assignment in
            !assignment.isOpen || assignment.source == .sync && own.contains(assignment.unit)
        }
    }

    /// Whether a record may be given to a new person in this plan: it is listed, its endings may be
    /// applied, and where the newcomer brings an address of their own nobody has it.
    func mayHandOver(
        _ record: RecordPlan,
        _ resident: ResidentPlan,
        needsFreeAddress: Bool
    ) -> Bool {
        guard record.sighting == .listed, resident.records.allSatisfy(mayRemove),
            let email = record.emailKey
        else { return false }
        return !needsFreeAddress || holders[email] == nil
    }

    /// Makes a new person of a record that was somebody's.
    mutating func separate(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        from link: ResidentLink,
        takingAddress: Bool
    ) {
        guard let email = record.emailKey else { return }
        if takingAddress, let before = people[link.person] {
            archive(before, withoutAddress: true, record)
        }
        let person = newPerson(record, email)
        let after = ResidentLink(resident: resident.key, person: person.id)
        self.link(resident, after)
        // What was decided about the record as the other's holds no longer.
        for pin in input.pins.values where pin.resident == resident.key {
            spentPins.insert(pin.id)
        }
        handedOver[link.person, default: []] += resident.records
        let reason = Reason(
            .decided,
            "PMS resident \(resident.key.resident) was decided to be somebody else than before"
        )
        personChanges.append(
            PlannedChange(.person(before: nil, after: person), because: reason, source: record.key)
        )
        personChanges.append(
            PlannedChange(
                .link(before: link, after: after),
                because: reason,
                source: record.key
            )
        )
    }

    /// Archives a person, without the address where somebody else takes it.
    mutating func archive(_ before: Person, withoutAddress: Bool, _ record: RecordPlan) {
        var after = before
        after.isArchived = true
        if withoutAddress {
            after.email = nil
            hold(nil, insteadOf: before.email, before.id)
        }
        change(
            before,
            to: after,
            Reason(
                .decided,
                withoutAddress
                    ? "the e-mail address was handed over to somebody else"
                    : "nothing is left of this person here"
            ),
            source: record
        )
    }

    /// A person as a record states them, who holds the record's address from now on.
    mutating func newPerson(_ record: RecordPlan, _ email: String) -> Person {
        let person = Person(
            id: ids.next(at: input.now),
            firstName: record.stated.firstName,
            lastName: record.stated.lastName,
            email: record.stated.email,
            phone: record.stated.phone
        )
        people[person.id] = person
        holders[email] = person.id
        changedPeople[person.id] = personChanges.count
        return person
    }

    /// Ends what the one whose record was handed over held through it, and archives them where nothing is
    /// left.
    mutating func leaveHandedOver(_ claims: [PersonID: [Claim]]) {
        guard !handedOver.isEmpty else { return }
        let ended = Set(
            assignmentChanges.filter(\.isEnding).compactMap { planned -> AssignmentID? in
                guard case .assignment(_, let after) = planned.change else { return nil }
                return after.id
            }
        )
        for (person, records) in handedOver.sorted(by: { $0.key < $1.key }) {
            // What is not known of another of the person's residencies keeps the unit too.
            let others = (claims[person] ?? []).filter { $0.lives || $0.kind == .holds }
            let kept = Set(others.compactMap(\.unit))
            var left = (input.assignments[person] ?? []).filter {
                $0.isOpen && !ended.contains($0.id)
            }
            .sorted { $0.id < $1.id }
            for record in records {
                guard let unit = target(of: record), !kept.contains(unit),
                    let index = left.firstIndex(where: { $0.unit == unit && $0.source == .sync })
                else { continue }
                let open = left.remove(at: index)
                assignmentChanges.append(
                    end(
                        open,
                        on: input.today,
                        Reason(
                            .decided,
                            "PMS resident \(record.key.residency.resident) is somebody else now"
                        ),
                        source: record.key,
                        isStated: true
                    )
                )
            }
            if left.isEmpty, claims[person] == nil, !input.openElsewhere.contains(person),
                let before = people[person], !before.isArchived, let record = records.first
            {
                archive(before, withoutAddress: false, record)
            }
        }
    }
}
