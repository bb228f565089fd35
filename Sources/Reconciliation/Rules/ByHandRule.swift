import LintelModel

/// What people put into units by hand: it begins and ends on the days they gave, and where the PMS says otherwise
/// somebody is asked.
extension PlanDraft {
    mutating func settleByHand(_ claims: [PersonID: [Claim]]) {
        let changed = Set(
            assignmentChanges.compactMap { planned -> AssignmentID? in
                guard case .assignment(_, let after) = planned.change else { return nil }
                return after.id
            }
        )
        for (person, all) in input.assignments.sorted(by: { $0.key < $1.key }) {
            for open in all.sorted(by: { $0.id < $1.id })
            where open.isOpen && open.source == .manual && !changed.contains(open.id) {
                if let change = keepDates(open) {
                    assignmentChanges.append(change)
                } else if let own = claims[person], !own.isEmpty {
                    compare(open, own)
                }
            }
        }
    }

    /// The day somebody gave for its beginning or its end has come.
    private func keepDates(_ open: Assignment) -> PlannedChange? {
        if let until = open.expectedUntil, until < input.today {
            return end(
                open,
                on: until,
                Reason(.byHand, "entered by hand until \(until)"),
                source: nil,
                isStated: true
            )
        }
        guard open.state == .upcoming, open.from <= input.today else { return nil }
        var after = open
        after.state = .current
        return PlannedChange(
            .assignment(before: open, after: after),
            because: Reason(.byHand, "entered by hand from \(open.from)"),
            source: nil
        )
    }

    /// Compares an assignment by hand with what the PMS says of its person.
    private mutating func compare(_ open: Assignment, _ claims: [Claim]) {
        let own = claims.filter { $0.unit == open.unit }
        guard !own.contains(where: { $0.ending == nil }) else { return }
        let elsewhere = claims.filter { $0.lives && $0.unit != nil && $0.unit != open.unit }
        guard !elsewhere.isEmpty || claims.allSatisfy({ $0.ending != nil }) else { return }
        let fact = Fact.stay(claims.map(\.record.afterwards))
        let pin = decision(on: Pin.Topic(.manualAssignment), open.id.text, fact: fact)
        if pin?.action == .keepUntil, let until = pin?.value.flatMap({ CivilDate(iso: $0) }),
            input.today <= until
        {
            for claim in claims { claim.record.revisitEveryRun() }
            return
        }
        let source = elsewhere.first ?? claims.first { mayRemove($0.record) }
        if let pin, pin.action == .followPMS, let source, mayRemove(source.record) {
            spend(pin)
            assignmentChanges.append(
                end(
                    open,
                    on: input.today,
                    Reason(.decided, "\(difference(open, elsewhere)); decided to follow the PMS"),
                    source: source.record.key,
                    isStated: true
                )
            )
            return
        }
        for claim in claims { claim.record.revisitEveryRun() }
        raise(
            AlertDraft(
                .manualAssignment,
                subject: open.id.text,
                detail: "somebody was put into \(label(of: open.unit)) by hand and "
                    + difference(open, elsewhere),
                residents: Set(claims.map(\.record.resident.resident)).sorted(),
                fact: fact,
                waysOut: [.followPMS, .keepUntil],
                person: open.person
            )
        )
    }

    private func difference(_ open: Assignment, _ elsewhere: [Claim]) -> String {
        let units = Set(elsewhere.compactMap(\.unit)).map { label(of: $0) }.sorted()
        return units.isEmpty
            ? "the PMS says the person has left"
            : "the PMS says the person lives in \(units.joined(separator: ", "))"
    }
}
