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
                let there = (claims[person] ?? []).filter { $0.unit == open.unit }
                if isPinned(person, open.unit, there, claims[person] ?? []) { continue }
                if let change = keepLastDay(open) {
                    assignmentChanges.append(change)
                    continue
                }
                if let own = claims[person], !own.isEmpty, followsPMS(open, own) { continue }
                if let change = keepFirstDay(open) { assignmentChanges.append(change) }
            }
        }
    }

    /// Ends what the day somebody gave for its end has passed.
    private func keepLastDay(_ open: Assignment) -> PlannedChange? {
        guard let until = open.expectedUntil, until < input.today else { return nil }
        return end(
            open,
            on: until,
            Reason(.byHand, "entered by hand until \(until)"),
            source: nil,
            isStated: true
        )
    }

    /// Begins what the day somebody gave for its beginning has come.
    private func keepFirstDay(_ open: Assignment) -> PlannedChange? {
        guard open.state == .upcoming, open.from <= input.today else { return nil }
        var after = open
        after.state = .current
        return PlannedChange(
            .assignment(before: open, after: after),
            because: Reason(.byHand, "entered by hand from \(open.from)"),
            source: nil
        )
    }

    /// Compares an assignment by hand with what the PMS says of its person, and asks where the two differ.
    ///
    /// - Returns: whether it ends because somebody decided to follow the PMS.
    private mutating func followsPMS(_ open: Assignment, _ claims: [Claim]) -> Bool {
        let own = claims.filter { $0.unit == open.unit }
        guard own.allSatisfy(\.isOver) else { return false }
        let elsewhere = claims.filter { $0.lives && $0.unit != nil && $0.unit != open.unit }
        guard !elsewhere.isEmpty || claims.allSatisfy(\.isOver) else { return false }
        let fact = Fact.stay(claims.map(\.record.afterwards))
        let pin = decision(on: Pin.Topic(.manualAssignment), open.id.text, fact: fact)
        if pin?.action == .keepUntil, let until = pin?.value.flatMap({ CivilDate(iso: $0) }),
            input.today <= until
        {
            return false
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
            return true
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
        return false
    }

    private func difference(_ open: Assignment, _ elsewhere: [Claim]) -> String {
        let units = Set(elsewhere.compactMap(\.unit)).map { label(of: $0) }.sorted()
        return units.isEmpty
            ? "the PMS says the person has left"
            : "the PMS says the person lives in \(units.joined(separator: ", "))"
    }
}
