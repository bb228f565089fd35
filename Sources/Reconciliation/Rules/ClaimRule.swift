import LintelModel

/// Status decides, dates inform: what each residency claims about its unit.
extension PlanDraft {
    /// What each residency of a linked resident claims, and what is remembered of it for later days.
    func claims(_ resident: ResidentPlan, _ link: ResidentLink) -> [Claim] {
        resident.records.map { record in
            let kind = judge(record, of: resident, link)
            switch kind {
            case .ends: record.afterwards.endedOn = endDate(of: record)
            case .lives: record.afterwards.endedOn = nil
            case .holds: break
            }
            return Claim(
                kind: kind,
                record: record,
                unit: target(of: record),
                start: record.start,
                end: record.afterwards.endedOn
            )
        }
    }

    private func judge(
        _ record: RecordPlan,
        of resident: ResidentPlan,
        _ link: ResidentLink
    ) -> Claim.Kind {
        let isFrozen = resident.isFrozen
        switch record.presence {
        case .held:
            // What was known stands, endings included that were known before.
            guard record.afterwards.endedOn == nil else { return .ends(.movedOut) }
            return .holds
        case .moving: return .holds
        case .moved: return ending(.transfer, record)
        case .absent: return ending(.absent, record)
        case .gone: return .ends(.absent)
        case .present: break
        }
        if record.stated.role == .guarantor { return ending(.noLongerLiving, record) }
        if record.isExcluded, !record.status.isEnding {
            record.revisitEveryRun()
            return .holds
        }
        switch record.status {
        case .past:
            if let unit = target(of: record),
                awaited.contains(
                    AwaitedStay(
                        person: link.person,
                        unit: unit,
                        firstName: Folding.name(record.stated.firstName)
                    )
                ), record.known?.endedOn == nil
            {
                record.revisitEveryRun()
                return .holds
            }
            if staysOn(record) || staysUntilNext(record, of: resident) { return .holds }
            return ending(.movedOut, record)
        case .cancelled: return ending(.cancelled, record)
        case .evicted: return ending(.evicted, record)
        case .unknown: return .holds
        case .applicant:
            return record.known?.endedOn == nil ? .holds : .ends(.backToApplicant)
        case .future: return isFrozen ? .holds : .lives(.upcoming)
        case .current, .notice:
            if isFrozen { return .holds }
            if let out = record.stated.moveOut {
                // The day on which it is overdue, and every run from then on.
                record.revisit(on: out.adding(days: input.property.settings.daysLateOut + 1))
            }
            if isLongOverdue(record) { return ending(.overdue, record) }
            return hasBegun(record) ? .lives(.current) : .lives(.upcoming)
        }
    }

    /// Whether a tenancy that the PMS calls current has begun by its own dates, as the property counts them.
    ///
    /// Facts too old to let anybody in are taken as of their own time.
    func hasBegun(_ record: RecordPlan) -> Bool {
        guard let start = record.start else { return true }
        let settings = input.property.settings
        let first = start.adding(days: -settings.daysEarlyIn)
        record.revisit(on: first, after: input.today)
        // Facts older than the property allows begin no stay: they are taken as of the hour they were stated.
        let stated = input.attachments[record.key.attachment]?.statedAt
        let isOld = stated.map { $0.adding(minutes: settings.factHours * 60) < input.now } ?? false
        if !isOld, first < input.today { return true }
        let now = isOld ? stated ?? input.now : input.now
        guard let clock else { return first <= input.today }
        if clock.instant(of: first, minutes: settings.moveInTime) <= now { return true }
        // Later on the day itself, or once the facts are newer.
        if first <= input.today { record.revisitEveryRun() }
        return false
    }

    /// Whether somebody who moved out as stated has the days of grace, or the hours until the time of day,
    /// that the property grants.
    private func staysOn(_ record: RecordPlan) -> Bool {
        let settings = input.property.settings
        guard settings.daysLateOut > 0 || settings.moveOutTime > 0, record.known?.endedOn == nil,
            let out = record.stated.moveOut, out <= input.today, let clock
        else { return false }
        let last = out.adding(days: settings.daysLateOut)
        guard input.now < clock.instant(of: last, minutes: settings.moveOutTime) else {
            return false
        }
        record.revisit(on: last)
        if last <= input.today { record.revisitEveryRun() }
        return true
    }

    /// Whether a stay that is called past, with a move-out to come, is the only one until the resident's next begins.
    private func staysUntilNext(_ record: RecordPlan, of resident: ResidentPlan) -> Bool {
        guard resident.records.count > 1, let out = record.stated.moveOut, out >= input.today,
            record.known?.endedOn == nil
        else { return false }
        let others = resident.records.filter {
            $0.key != record.key && $0.presence == .present && $0.stated.role != .guarantor
                && ($0.status.isLiving || $0.status == .future)
        }
        guard !others.isEmpty, !others.contains(where: { $0.status.isLiving && hasBegun($0) })
        else { return false }
        record.revisit(on: out.adding(days: 1))
        return true
    }

    /// Whether the stated move-out is so long ago that the property ends the stay whatever the status says.
    private func isLongOverdue(_ record: RecordPlan) -> Bool {
        let days = input.property.settings.overdueDays
        guard days > 0, let out = record.stated.moveOut else { return false }
        let last = out.adding(days: days)
        record.revisit(on: last.adding(days: 1), after: input.today)
        return last < input.today
    }

    /// What applicants do to a stay that nobody lives in by any claim: what was to come ends, what is stays
    /// and somebody is asked.
    mutating func settleApplicants(_ claims: [Claim], _ open: Assignment) -> [Claim] {
        let applicants = claims.filter {
            $0.kind == .holds && $0.record.status == .applicant && $0.record.isThere
                && !$0.record.isExcluded
        }
        guard !applicants.isEmpty else { return claims }
        if open.state == .current, isDecidedToEnd(applicants, in: open.unit) {
            return claims.map { claim in
                guard claim.kind == .holds, claim.record.status == .applicant else { return claim }
                var claim = claim
                claim.kind = .ends(.decided)
                claim.end = input.today
                claim.record.afterwards.endedOn = input.today
                return claim
            }
        }
        guard open.state == .upcoming,
            applicants.count == claims.count(where: { $0.kind == .holds }),
            applicants.allSatisfy({ $0.record.presence == .present && mayRemove($0.record) })
        else {
            for claim in applicants {
                claim.record.revisitEveryRun()
                if open.state == .current { listApplicant(claim.record, in: open.unit) }
            }
            return claims
        }
        return claims.map { claim in
            guard claim.kind == .holds else { return claim }
            var claim = claim
            claim.kind = .ends(.backToApplicant)
            claim.end = input.today
            claim.record.afterwards.endedOn = input.today
            return claim
        }
    }

    /// Whether somebody decided to end a stay whose residents are all applicants again.
    private mutating func isDecidedToEnd(_ applicants: [Claim], in unit: UnitID) -> Bool {
        guard !input.pins.isEmpty else { return false }
        var done: [Pin] = []
        for claim in applicants {
            guard claim.record.presence == .present, mayRemove(claim.record),
                let pin = decision(
                    on: Pin.Topic(.backToApplicant),
                    "\(Fact.subject(claim.record.resident)) \(unit)",
                    fact: Fact.stay([claim.record.afterwards])
                ), pin.action == .endNow
            else { return false }
            done.append(pin)
        }
        for pin in done { spend(pin) }
        return true
    }

    private mutating func listApplicant(_ record: RecordPlan, in unit: UnitID) {
        let resident = record.resident
        raise(
            AlertDraft(
                .backToApplicant,
                subject: "\(Fact.subject(resident)) \(unit)",
                detail: "PMS resident \(resident.resident) lives in \(label(of: unit)) here "
                    + "and is an applicant again in the PMS",
                residents: [resident.resident],
                fact: Fact.stay([record.afterwards]),
                waysOut: [.endNow, .keep]
            )
        )
    }

    /// An ending, unless the snapshot is incomplete: then it waits for a complete one.
    private func ending(_ code: Reason.Code, _ record: RecordPlan) -> Claim.Kind {
        guard mayRemove(record) else {
            if record.known?.endedOn != nil { return .ends(code) }
            record.revisitEveryRun()
            return .holds
        }
        return .ends(code)
    }

    /// The day a tenancy ends: its move-out date where that is past, else the day the ending was seen.
    private func endDate(of record: RecordPlan) -> CivilDate {
        if let known = record.known, known.stated == record.stated, let ended = known.endedOn {
            return ended
        }
        if record.presence == .present, record.status == .past, let out = record.stated.moveOut,
            out < input.today
        {
            let last = min(out.adding(days: input.property.settings.daysLateOut), input.today)
            return max(last, record.start ?? last)
        }
        if let known = record.known?.endedOn { return known }
        if record.known == nil, record.status.isEnding, let end = record.stated.leaseEnd,
            end < input.today
        {
            // Over before it was ever seen.
            return max(end, record.start ?? end)
        }
        return input.today
    }

    func label(of unit: UnitID) -> String { input.units[unit]?.label ?? unit.text }
}
