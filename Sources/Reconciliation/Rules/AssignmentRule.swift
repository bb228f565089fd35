import LintelModel

/// Puts each person where their residencies say: one assignment a unit, from the earliest start of the
/// stays that join to the latest end.
extension PlanDraft {
    mutating func assignUnits() {
        guard input.property.settings.unitSync else { return }
        var claims: [PersonID: [Claim]] = [:]
        var unplaced: Set<PersonID> = []
        for resident in order {
            guard let link = links[resident] else { continue }
            for index in (residents[resident] ?? []).indices {
                if let claim = claim(resident, at: index) {
                    claims[link.person, default: []].append(claim)
                } else if let record = residents[resident]?[index], record.isCandidate {
                    unplaced.insert(link.person)
                }
            }
        }
        let people = Set(claims.keys).union(input.assignments.keys)
        for person in people.sorted() {
            assign(person, claims[person] ?? [], isUnplaced: unplaced.contains(person))
        }
    }

    private mutating func assign(_ person: PersonID, _ claims: [Claim], isUnplaced: Bool) {
        let existing = input.assignments[person] ?? []
        let byUnit = Dictionary(grouping: claims, by: \.unit)
        var grants: [PlannedChange] = []
        var others: [PlannedChange] = []
        for unit in byUnit.keys.sorted() {
            let stay = Stay(
                person: person,
                unit: unit,
                claims: byUnit[unit] ?? [],
                existing: existing.filter { $0.unit == unit }
            )
            for change in settle(stay) {
                if change.isGrant { grants.append(change) } else { others.append(change) }
            }
        }
        // An assignment no residency points to any more: its mapping has changed by hand.
        let begun = grants.first
        for assignment in existing
        where assignment.isOpen && assignment.source == .sync && byUnit[assignment.unit] == nil {
            guard !isUnplaced, let begun, let source = begun.source,
                case .assignment(_, let next) = begun.change
            else { continue }
            others.append(
                end(
                    assignment,
                    on: input.today,
                    Reason(
                        .mappingChanged,
                        "the PMS unit is mapped to \(label(of: next.unit)) now, no longer to "
                            + label(of: assignment.unit)
                    ),
                    source: source,
                    isStated: false
                )
            )
        }
        assignmentChanges += grants + others.filter { !$0.isEnding } + others.filter(\.isEnding)
    }

    /// What one person's claims on one unit make of the assignments there.
    private mutating func settle(_ stay: Stay) -> [PlannedChange] {
        let open = stay.existing.first(where: \.isOpen)
        let living = stay.claims.filter {
            guard case .lives = $0.kind else { return false }
            return true
        }
        guard let leading = living.min(by: { RecordPlan.leads($0.record, $1.record) }) else {
            return ended(stay, open)
        }
        var state =
            living.contains { $0.kind == .lives(.current) }
            ? Assignment.State.current : .upcoming
        let joined = joinedStart(stay, living, open)
        var changes: [PlannedChange] = []
        if let open {
            let ended = stay.claims.contains {
                guard case .ends = $0.kind else { return false }
                return true
            }
            if state == .upcoming, open.state == .current {
                if joined.start > open.from, ended, joined.isAlone {
                    // An earlier stay is over and the next one begins later: two assignments.
                    changes += self.ended(stay, open)
                    changes.append(begin(stay, leading, state, joined))
                    return changes
                }
                let renewed = !joined.isAlone
                let movesInLater = living.allSatisfy { $0.record.status.isLiving }
                if renewed || movesInLater || stay.claims.contains(where: { $0.kind == .holds }) {
                    state = .current
                }
            }
            if let change = amend(open, stay, living, leading, state, joined) {
                changes.append(change)
            }
            return changes
        }
        if let before = stay.lastEnded,
            joined.start
                <= max(before.until ?? before.from, before.from).adding(
                    days: input.property.settings.joinDays
                )
        {
            return [reopen(before, living, leading, state, joined)]
        }
        return [begin(stay, leading, state, joined)]
    }

    // MARK: The changes

    private mutating func begin(
        _ stay: Stay,
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> PlannedChange {
        let assignment = Assignment(
            id: ids.next(at: input.now),
            person: stay.person,
            unit: stay.unit,
            state: state,
            from: joined.start,
            expectedUntil: leading.record.stated.moveOut
        )
        let code: Reason.Code =
            leading.record.afterwards.beginsOn == nil
            ? (joined.isAlone ? .moveIn : .joinedStay) : .transfer
        return PlannedChange(
            .assignment(before: nil, after: assignment),
            because: Reason(code, "\(says(leading)), in \(label(of: stay.unit))"),
            source: leading.record.key
        )
    }

    private func amend(
        _ open: Assignment,
        _ stay: Stay,
        _ living: [Claim],
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> PlannedChange? {
        var after = open
        after.state = state
        after.source = .sync
        after.expectedUntil = Self.expected(living)
        if open.state == .current {
            let isMoveIn = leading.hasMoveIn && joined.start <= input.today
            after.from = isMoveIn ? joined.start : min(open.from, joined.start)
        } else {
            after.from = joined.start
        }
        guard after != open else { return nil }
        let reason: Reason
        if open.source == .manual {
            reason = Reason(.adopted, "\(says(leading)), as was entered by hand")
        } else if open.state != after.state {
            reason = Reason(
                after.state == .current
                    && leading.record.known?.stated.status == leading.record.status
                    ? .dateReached : .statusChanged,
                "\(says(leading)), in \(label(of: stay.unit))"
            )
        } else {
            reason = Reason(.datesChanged, "\(says(leading)), in \(label(of: stay.unit))")
        }
        return PlannedChange(
            .assignment(before: open, after: after),
            because: reason,
            source: leading.record.key,
            isUnstatedRemoval: open.state == .current && after.state == .upcoming
        )
    }

    private func reopen(
        _ before: Assignment,
        _ living: [Claim],
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> PlannedChange {
        var after = before
        after.state = state
        after.source = .sync
        after.from = min(before.from, joined.start)
        after.until = nil
        after.endedAt = nil
        after.expectedUntil = Self.expected(living)
        return PlannedChange(
            .assignment(before: before, after: after),
            because: Reason(.reopened, "\(says(leading)) again, in \(label(of: before.unit))"),
            source: leading.record.key
        )
    }

    /// Nobody lives there by any claim: an open assignment ends where every claim is an ending.
    private func ended(_ stay: Stay, _ open: Assignment?) -> [PlannedChange] {
        guard let open, open.source == .sync else { return [] }
        let endings = stay.claims.compactMap { claim -> (claim: Claim, code: Reason.Code)? in
            guard case .ends(let code) = claim.kind else { return nil }
            return (claim, code)
        }
        guard !endings.isEmpty, !stay.claims.contains(where: { $0.kind == .holds }) else {
            return []
        }
        let fresh = endings.filter { $0.claim.record.known?.endedOn == nil }
        let deciding = (fresh.isEmpty ? endings : fresh).max {
            ($0.claim.end ?? input.today, $1.claim.record.key)
                < ($1.claim.end ?? input.today, $0.claim.record.key)
        }
        guard let deciding else { return [] }
        return [
            end(
                open,
                on: deciding.claim.end ?? input.today,
                Reason(deciding.code, why(deciding.claim, deciding.code, stay.unit)),
                source: deciding.claim.record.key,
                isStated: deciding.claim.hasStatedMoveOut(on: input.today)
            )
        ]
    }

    private func end(
        _ open: Assignment,
        on day: CivilDate,
        _ reason: Reason,
        source: RecordKey,
        isStated: Bool
    ) -> PlannedChange {
        var after = open
        after.state = .ended
        after.expectedUntil = nil
        // One that never began is cancelled today; one that began ends no earlier than it began.
        after.until = open.from > input.today ? input.today : min(max(day, open.from), input.today)
        if let until = after.until, until < input.today, let clock {
            after.endedAt = clock.start(of: until)
        } else {
            after.endedAt = input.now
        }
        return PlannedChange(
            .assignment(before: open, after: after),
            because: reason,
            source: source,
            isUnstatedRemoval: !isStated
        )
    }

    // MARK: Dates

    /// The first day of the stays that join, and whether only living claims made it.
    private struct JoinedStart {
        var start: CivilDate
        var isAlone: Bool
    }

    private func joinedStart(
        _ stay: Stay,
        _ living: [Claim],
        _ open: Assignment?
    ) -> JoinedStart {
        var start = living.compactMap(\.start).min() ?? open?.from ?? input.today
        var isAlone = true
        var spans = stay.claims.compactMap { claim -> (start: CivilDate, end: CivilDate)? in
            if case .lives = claim.kind { return nil }
            guard let start = claim.start ?? open?.from else { return nil }
            return (start, claim.kind == .holds ? input.today : claim.end ?? start)
        }
        let reach = input.property.settings.joinDays
        while let index = spans.firstIndex(where: { $0.end.adding(days: reach) >= start }) {
            let span = spans.remove(at: index)
            isAlone = false
            start = min(start, span.start)
        }
        return JoinedStart(start: start, isAlone: isAlone)
    }

    /// The move-out the PMS expects: the latest one, where every living claim states one.
    private static func expected(_ living: [Claim]) -> CivilDate? {
        let stated = living.compactMap(\.record.stated.moveOut)
        return stated.count == living.count ? stated.max() : nil
    }

    // MARK: Sentences

    private func says(_ claim: Claim) -> String {
        let stated = claim.record.stated
        var text = "the PMS says \(stated.statusWord)"
        if let moveIn = stated.moveIn {
            text += ", move-in \(moveIn)"
        } else if let start = stated.leaseStart {
            text += ", lease from \(start)"
        }
        return text
    }

    private func why(_ claim: Claim, _ code: Reason.Code, _ unit: UnitID) -> String {
        let stated = claim.record.stated
        let out = stated.moveOut.map { ", move-out \($0)" } ?? ""
        return switch code {
        case .absent:
            "no longer in the PMS: two complete snapshots in a row lack this residency"
        case .transfer:
            "the PMS has this resident in another unit now, and no longer in \(label(of: unit))"
        case .noLongerLiving: "the PMS says \(stated.role.rawValue), who does not live there"
        case .backToApplicant: "the PMS says \(stated.statusWord) again"
        default: "the PMS says \(stated.statusWord)\(out)"
        }
    }
}

/// One person, one unit: what is claimed, and the assignments there so far.
private struct Stay {
    let person: PersonID
    let unit: UnitID
    let claims: [Claim]
    let existing: [Assignment]

    var lastEnded: Assignment? {
        existing.filter { !$0.isOpen }.max {
            ($0.until ?? $0.from, $0.id) < ($1.until ?? $1.from, $1.id)
        }
    }
}
