import LintelModel

/// Puts each person where their residencies say: one assignment a unit, from the earliest start of the
/// stays that join to the latest end.
extension PlanDraft {
    mutating func assignUnits() {
        var claims: [PersonID: [Claim]] = [:]
        for resident in residents {
            guard let link = resident.link else { continue }
            claims[link.person, default: []].append(contentsOf: self.claims(resident, link))
        }
        // What residencies say is remembered even while nobody may be moved.
        guard input.property.settings.unitSync else { return }
        for person in claims.keys.sorted() { assign(person, claims[person] ?? []) }
        leaveHandedOver(claims)
        settleByHand(claims)
    }

    private mutating func assign(_ person: PersonID, _ claims: [Claim]) {
        let existing = (input.assignments[person] ?? []).sorted { $0.id < $1.id }
        let units = Set(claims.compactMap(\.unit))
        var changes: [PlannedChange] = []
        for unit in units.sorted() {
            var stay = Stay(
                person: person,
                unit: unit,
                claims: claims.filter { $0.unit == unit },
                existing: existing.filter { $0.unit == unit }
            )
            if isPinned(person, unit, stay.claims, claims) { continue }
            stay.claims = endingNow(stay)
            askWhetherOverdue(&stay)
            changes += settle(stay)
        }
        for assignment in existing
        where assignment.isOpen && assignment.source == .sync && !units.contains(assignment.unit) {
            if isPinned(person, assignment.unit, [], claims) { continue }
            if let change = leave(assignment, claims) { changes.append(change) }
        }
        for index in changes.indices where changes[index].takesOrMoves {
            let unit = changes[index].unit
            changes[index].fact = Self.fact(claims.filter { $0.unit == unit }, of: claims)
        }
        judgeApprovals(person, claims, &changes)
        assignmentChanges += Self.ordered(changes)
    }

    private static func fact(_ claims: [Claim]) -> String {
        Fact.stay(claims.map(\.record.afterwards))
    }

    private static func fact(_ claims: [Claim], of all: [Claim]) -> String {
        Fact.stay(claims.map(\.record.afterwards), ofAll: all.map(\.record.afterwards))
    }

    /// What ended long ago in the PMS, and stayed here because somebody decided so, ends on the day on which
    /// the decision no longer holds.
    private func endingNow(_ stay: Stay) -> [Claim] {
        guard !input.pins.isEmpty,
            input.pins[Pin.Cause(.stay, Fact.subject(stay.person, in: stay.unit))] != nil
        else { return stay.claims }
        return stay.claims.map { claim in
            guard claim.ending != nil, claim.end != nil, claim.end == claim.record.known?.endedOn
            else { return claim }
            var claim = claim
            claim.end = input.today
            claim.record.afterwards.endedOn = input.today
            return claim
        }
    }

    /// Whether somebody decided that a person and a unit stay as they are while the PMS says what it says.
    mutating func isPinned(
        _ person: PersonID,
        _ unit: UnitID,
        _ claims: [Claim],
        _ all: [Claim]
    ) -> Bool {
        guard !input.pins.isEmpty else { return false }
        let subject = Fact.subject(person, in: unit)
        return decision(on: .stay, subject, fact: Self.fact(claims, of: all)) != nil
    }

    /// Approvals of the brake: one whose removal this plan does is used up, one whose facts changed is void.
    private mutating func judgeApprovals(
        _ person: PersonID,
        _ claims: [Claim],
        _ changes: inout [PlannedChange]
    ) {
        guard !input.pins.isEmpty else { return }
        for pin in input.pins.values where pin.cause.topic == .removal && pin.person == person {
            let planned = changes.firstIndex {
                $0.takesOrMoves && $0.unit.map { Fact.subject(person, in: $0) } == pin.cause.subject
            }
            let own = claims.filter { claim in
                claim.unit.map { Fact.subject(person, in: $0) } == pin.cause.subject
            }
            let fact = Self.fact(own, of: claims)
            guard decision(on: .removal, pin.cause.subject, fact: fact) != nil else { continue }
            if let planned {
                spend(pin)
                changes[planned].isUnstatedRemoval = false
            }
        }
    }

    /// A move-out day that has passed while the PMS still has everybody there living on ends nothing: it is
    /// asked about, and ends where somebody decided so.
    private mutating func askWhetherOverdue(_ stay: inout Stay) {
        let living = stay.claims.filter(\.lives)
        guard living.contains(where: { $0.kind == .lives(.current) }),
            let out = Self.expected(stay.claims)
        else { return }
        let grace = input.property.settings.daysLateOut
        guard out.adding(days: grace) < input.today else { return }
        let fact = Self.fact(stay.claims)
        let subject = Fact.subject(stay.person, in: stay.unit)
        let pin = decision(on: Pin.Topic(.moveOutOverdue), subject, fact: fact)
        if pin?.action == .endNow, living.allSatisfy({ mayRemove($0.record) }) {
            stay.claims = stay.claims.map { claim in
                guard claim.lives else { return claim }
                var ending = claim
                ending.kind = .ends(.decided)
                ending.end = input.today
                return ending
            }
            return
        }
        let days = out.days(to: input.today)
        raise(
            AlertDraft(
                .moveOutOverdue,
                subject: subject,
                detail: "the move-out from \(label(of: stay.unit)) was stated for \(out), "
                    + "\(days) \(days == 1 ? "day" : "days") ago, and the PMS still says "
                    + Set(living.map(\.record.stated.statusWord)).sorted().joined(separator: ", "),
                residents: Set(living.map(\.record.resident.resident)).sorted(),
                fact: fact,
                waysOut: [.endNow, .keep],
                person: stay.person
            )
        )
    }

    /// What begins, before what ends; only where a unit's later stay follows an earlier one, the earlier
    /// ends right before it, since nobody stands twice in one unit.
    private static func ordered(_ changes: [PlannedChange]) -> [PlannedChange] {
        guard changes.count > 1 else { return changes }
        let ended = Dictionary(grouping: changes.filter(\.isEnding), by: \.unit)
        var followed = Set<UnitID?>()
        var first: [PlannedChange] = []
        var then: [PlannedChange] = []
        for grant in changes.filter(\.isGrant) {
            if let endings = ended[grant.unit] {
                followed.insert(grant.unit)
                then += endings + [grant]
            } else {
                first.append(grant)
            }
        }
        return first + then + changes.filter { !$0.isGrant && !$0.isEnding }
            + changes.filter { $0.isEnding && !followed.contains($0.unit) }
    }

    /// Ends an assignment that no residency points to any more, its mapping having changed: where the
    /// person now stands elsewhere, or has left altogether.
    private func leave(_ open: Assignment, _ claims: [Claim]) -> PlannedChange? {
        // Nobody moves out for being unmapped, nor through what is not known.
        var claims = claims.filter { !isIgnored($0.record) }
        for index in claims.indices where claims[index].hasJustEnded {
            claims[index].kind = .ends(.backToApplicant)
            claims[index].end = input.today
        }
        for claim in claims where claim.kind == .holds { claim.record.revisitEveryRun() }
        guard !claims.isEmpty,
            claims.allSatisfy({ $0.ending != nil || $0.lives && $0.unit != nil })
        else { return nil }
        let living = claims.filter(\.lives)
        if let next = living.min(by: { RecordPlan.leads($0.record, $1.record) }),
            let unit = next.unit
        {
            guard mayRemove(next.record) else {
                next.record.revisitEveryRun()
                return nil
            }
            return end(
                open,
                on: input.today,
                Reason(
                    .mappingChanged,
                    "the PMS unit is mapped to \(label(of: unit)) now, no longer to "
                        + label(of: open.unit)
                ),
                source: next.record.key,
                isStated: false
            )
        }
        let removable = claims.filter { mayRemove($0.record) }
        guard let last = deciding(removable), let code = last.ending else {
            for claim in claims { claim.record.revisitEveryRun() }
            return nil
        }
        return end(
            open,
            on: last.end ?? input.today,
            Reason(code, why(last, code, open.unit)),
            source: last.record.key,
            isStated: code == .decided || last.hasStatedMoveOut(on: input.today)
        )
    }

    /// What one person's claims on one unit make of the assignments there.
    private mutating func settle(_ stay: Stay) -> [PlannedChange] {
        let open = stay.existing.first(where: \.isOpen)
        let living = stay.claims.filter(\.lives)
        guard let leading = living.min(by: { RecordPlan.leads($0.record, $1.record) }) else {
            guard let open, open.source == .sync else {
                // Mapped here, or left here by hand, while it could not be read: planned as soon as it can.
                for claim in stay.claims where claim.kind == .holds {
                    claim.record.revisitEveryRun()
                }
                return []
            }
            var stay = stay
            stay.claims = settleApplicants(stay.claims, open)
            return ended(stay, open)
        }
        for claim in stay.claims where claim.kind == .holds && claim.record.status == .applicant {
            claim.record.revisitEveryRun()
        }
        let isCurrent = living.contains { $0.kind == .lives(.current) }
        var state = isCurrent ? Assignment.State.current : .upcoming
        let joined = joinedStart(stay, living, open)
        guard let open else {
            if let before = stay.lastEnded, joins(before, joined) {
                return [reopen(before, stay, leading, state, joined)]
            }
            return [begin(stay, leading, state, joined)]
        }
        if state == .upcoming, open.state == .current {
            // What was given by hand is not taken back because the PMS is not that far yet.
            guard open.source == .sync else { return [] }
            if joined.isAlone, joined.start > open.from,
                case let endings = ended(stay, open), !endings.isEmpty
            {
                // An earlier stay is over and the next one begins later: two assignments.
                return endings + [begin(stay, leading, state, joined)]
            }
            let isRenewed = !joined.isAlone
            let isLaterMoveIn = living.allSatisfy { $0.record.status.isLiving }
            let isHeld = stay.claims.contains { $0.kind == .holds }
            if isRenewed || isLaterMoveIn || isHeld {
                state = .current
            } else if !mayRemove(leading.record) {
                // It waits for a complete snapshot.
                state = .current
                leading.record.revisitEveryRun()
            }
        }
        return amend(open, stay, leading, state, joined).map { [$0] } ?? []
    }

    /// Whether a stay that begins then continues an assignment that has ended.
    private func joins(_ before: Assignment, _ joined: JoinedStart) -> Bool {
        let end = max(before.until ?? before.from, before.from)
        return joined.start <= end.adding(days: input.property.settings.joinDays)
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
            expectedUntil: Self.expected(stay.claims)
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
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> PlannedChange? {
        var after = open
        after.state = state
        after.source = .sync
        after.expectedUntil = Self.expected(stay.claims)
        after.from = firstDay(open, leading, state, joined)
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

    /// A move-in date decides when a stay began; a lease's start only where none was known before, since
    /// leases roll over, and so the day on which a transfer was seen, since units are renumbered.
    private func firstDay(
        _ before: Assignment,
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> CivilDate {
        guard state == .current, before.state != .upcoming else { return joined.start }
        let isSeenOnly = leading.record.afterwards.beginsOn == joined.start
        let isMoveIn = leading.hasMoveIn && joined.start <= input.today && !isSeenOnly
        return isMoveIn ? joined.start : min(before.from, joined.start)
    }

    private func reopen(
        _ before: Assignment,
        _ stay: Stay,
        _ leading: Claim,
        _ state: Assignment.State,
        _ joined: JoinedStart
    ) -> PlannedChange {
        var after = before
        after.state = state
        after.source = .sync
        after.from = firstDay(before, leading, state, joined)
        after.until = nil
        after.endedAt = nil
        after.expectedUntil = Self.expected(stay.claims)
        return PlannedChange(
            .assignment(before: before, after: after),
            because: Reason(.reopened, "\(says(leading)) again, in \(label(of: before.unit))"),
            source: leading.record.key
        )
    }

    /// Nobody lives there by any claim: an open assignment ends where every claim is an ending.
    private func ended(_ stay: Stay, _ open: Assignment?) -> [PlannedChange] {
        guard let open, open.source == .sync else { return [] }
        let endings = stay.claims.filter { $0.ending != nil }
        guard !stay.claims.contains(where: { $0.kind == .holds }) else { return [] }
        guard let last = deciding(endings.filter { mayRemove($0.record) }), let code = last.ending
        else {
            for claim in endings { claim.record.revisitEveryRun() }
            return []
        }
        return [
            end(
                open,
                on: last.end ?? input.today,
                Reason(code, why(last, code, stay.unit)),
                source: last.record.key,
                isStated: code == .decided || last.hasStatedMoveOut(on: input.today)
            )
        ]
    }

    /// The ending that decides when a stay ended: the latest, those seen only now before older ones.
    private func deciding(_ endings: [Claim]) -> Claim? {
        let fresh = endings.filter { $0.record.known?.endedOn == nil }
        return (fresh.isEmpty ? endings : fresh).max {
            ($0.end ?? input.today, $1.record.key) < ($1.end ?? input.today, $0.record.key)
        }
    }

    func end(
        _ open: Assignment,
        on day: CivilDate,
        _ reason: Reason,
        source: RecordKey?,
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
            guard !claim.lives else { return nil }
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

    /// The move-out the PMS expects: the latest one, where everybody who lives there, or did when last seen,
    /// states one.
    private static func expected(_ claims: [Claim]) -> CivilDate? {
        let lasting = claims.filter { claim in
            let status = claim.record.status
            return claim.lives
                || claim.kind == .holds && claim.record.presence == .held
                    && (status.isLiving || status == .future)
        }
        let stated = lasting.compactMap(\.record.stated.moveOut)
        return stated.count == lasting.count ? stated.max() : nil
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
        case .overdue:
            "the PMS says \(stated.statusWord), but the move-out date passed more than "
                + "\(input.property.settings.overdueDays) days ago\(out)"
        case .decided: "ended by decision while the PMS says \(stated.statusWord)\(out)"
        case .noLongerLiving: "the PMS says \(stated.role.rawValue), who does not live there"
        case .backToApplicant: "the PMS says \(stated.statusWord) again"
        default: "the PMS says \(stated.statusWord)\(out)"
        }
    }
}

/// One person, one unit: what is claimed, and the assignments there so far.
struct Stay {
    let person: PersonID
    let unit: UnitID
    var claims: [Claim]
    let existing: [Assignment]

    var lastEnded: Assignment? {
        existing.filter { !$0.isOpen }.max {
            ($0.until ?? $0.from, $0.id) < ($1.until ?? $1.from, $1.id)
        }
    }
}
