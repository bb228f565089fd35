import LintelModel

/// Status decides, dates inform: what each residency claims about its unit.
extension PlanDraft {
    /// What each residency of a linked resident claims, and what is remembered of it for later days.
    mutating func claims(_ resident: ResidentKey, _ link: ResidentLink) -> [Claim] {
        guard var records = residents.removeValue(forKey: resident) else { return [] }
        let isFrozen = frozen.contains(resident)
        var claims: [Claim] = []
        claims.reserveCapacity(records.count)
        for index in records.indices {
            let kind = judge(&records[index], link, isFrozen: isFrozen)
            switch kind {
            case .ends: records[index].afterwards.endedOn = endDate(of: records[index])
            case .lives: records[index].afterwards.endedOn = nil
            case .holds: break
            }
            let record = records[index]
            claims.append(
                Claim(
                    kind: kind,
                    record: record,
                    unit: target(of: record),
                    start: record.start,
                    end: record.afterwards.endedOn
                )
            )
        }
        residents[resident] = records
        return claims
    }

    private func judge(
        _ record: inout RecordPlan,
        _ link: ResidentLink,
        isFrozen: Bool
    ) -> Claim.Kind {
        switch record.presence {
        case .held:
            // What was known stands, endings included that were known before.
            guard record.afterwards.endedOn == nil else { return .ends(.movedOut) }
            return .holds
        case .moving: return .holds
        case .moved: return ending(.transfer, &record)
        case .absent: return ending(.absent, &record)
        case .gone: return .ends(.absent)
        case .present: break
        }
        if record.stated.role == .guarantor { return ending(.noLongerLiving, &record) }
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
            return ending(.movedOut, &record)
        case .cancelled: return ending(.cancelled, &record)
        case .evicted: return ending(.evicted, &record)
        case .unknown: return .holds
        case .applicant: return applicant(&record, link)
        case .future: return isFrozen ? .holds : .lives(.upcoming)
        case .current, .notice:
            if isFrozen { return .holds }
            guard let start = record.start, start > input.today else { return .lives(.current) }
            record.revisit(on: start)
            return .lives(.upcoming)
        }
    }

    /// An applicant again: what was to come ends, what is stays.
    private func applicant(_ record: inout RecordPlan, _ link: ResidentLink) -> Claim.Kind {
        if record.known?.endedOn != nil { return .ends(.backToApplicant) }
        guard let unit = target(of: record),
            let open = input.assignments[link.person]?
                .first(where: { $0.unit == unit && $0.isOpen }), open.state == .upcoming
        else { return .holds }
        return ending(.backToApplicant, &record)
    }

    /// Asks what to do with somebody who lives here and is an applicant again in the PMS.
    mutating func listApplicants(_ claims: [Claim], in unit: UnitID) {
        for claim in claims where claim.kind == .holds && claim.record.status == .applicant {
            guard claim.record.isThere else { continue }
            let resident = claim.record.resident
            raise(
                AlertDraft(
                    .backToApplicant,
                    subject: "\(resident.connection) \(resident.resident) \(unit)",
                    detail: "PMS resident \(resident.resident) lives in \(label(of: unit)) here "
                        + "and is an applicant again in the PMS",
                    residents: [resident.resident]
                )
            )
            revisitEveryRun(claim.record)
        }
    }

    /// An ending, unless the snapshot is incomplete: then it waits for a complete one.
    private func ending(_ code: Reason.Code, _ record: inout RecordPlan) -> Claim.Kind {
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
