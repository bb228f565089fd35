import LintelModel

/// Puts each person where their residencies say: one assignment a unit, from the earliest start of the
/// stays that join to the latest end.
extension PlanDraft {
    mutating func assignUnits() {
        var claims: [PersonID: [Claim]] = [:]
        claims.reserveCapacity(residents.count)
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
        var units = claims.compactMap(\.unit)
        if units.count > 1 { units = Set(units).sorted() }
        var changes: [PlannedChange] = []
        for unit in units {
            var stay = Stay(
                person: person,
                unit: unit,
                claims: claims.count == 1 ? claims : claims.filter { $0.unit == unit },
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
