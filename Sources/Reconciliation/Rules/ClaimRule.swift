import LintelModel

/// Status decides, dates inform: what each residency claims about its unit.
extension PlanDraft {
    /// What each residency of a linked resident claims, and what is remembered of it for later days.
    func claims(_ resident: ResidentPlan, _ link: ResidentLink) -> [Claim] {
        resident.records.map { record in
            let kind = judge(record, link, isFrozen: resident.isFrozen)
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
        _ link: ResidentLink,
        isFrozen: Bool
    ) -> Claim.Kind {
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
            return ending(.movedOut, record)
        case .cancelled: return ending(.cancelled, record)
        case .evicted: return ending(.evicted, record)
        case .unknown: return .holds
        case .applicant:
            return record.known?.endedOn == nil ? .holds : .ends(.backToApplicant)
        case .future: return isFrozen ? .holds : .lives(.upcoming)
        case .current, .notice:
            if isFrozen { return .holds }
            guard let start = record.start, start > input.today else { return .lives(.current) }
            record.revisit(on: start)
            return .lives(.upcoming)
        }
    }

    /// What applicants do to a stay that nobody lives in by any claim: what was to come ends, what is stays
    /// and somebody is asked.
    mutating func settleApplicants(_ claims: [Claim], _ open: Assignment) -> [Claim] {
        let applicants = claims.filter {
            $0.kind == .holds && $0.record.status == .applicant && $0.record.isThere
        }
        guard !applicants.isEmpty else { return claims }
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

    private mutating func listApplicant(_ record: RecordPlan, in unit: UnitID) {
        let resident = record.resident
        raise(
            AlertDraft(
                .backToApplicant,
                subject: "\(resident.connection) \(resident.resident) \(unit)",
                detail: "PMS resident \(resident.resident) lives in \(label(of: unit)) here "
                    + "and is an applicant again in the PMS",
                residents: [resident.resident]
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
            return max(out, record.start ?? out)
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
