import LintelModel

/// The changes of an assignment: it begins, is amended, opens again or ends, each with its days and its
/// sentence.
extension PlanDraft {
    mutating func begin(
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

    func amend(
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
    func firstDay(
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

    func reopen(
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
    struct JoinedStart {
        var start: CivilDate
        var isAlone: Bool
    }

    func joinedStart(
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
    static func expected(_ claims: [Claim]) -> CivilDate? {
        var latest: CivilDate?
        for claim in claims {
            let status = claim.record.status
            let lasts =
                claim.lives
                || claim.kind == .holds && claim.record.presence == .held
                    && (status.isLiving || status == .future)
            guard lasts else { continue }
            guard let out = claim.record.stated.moveOut else { return nil }
            latest = max(latest ?? out, out)
        }
        return latest
    }

    // MARK: Sentences

    func says(_ claim: Claim) -> String {
        let stated = claim.record.stated
        var text = "the PMS says \(stated.statusWord)"
        if let moveIn = stated.moveIn {
            text += ", move-in \(moveIn)"
        } else if let start = stated.leaseStart {
            text += ", lease from \(start)"
        }
        return text
    }

    func why(_ claim: Claim, _ code: Reason.Code, _ unit: UnitID) -> String {
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
