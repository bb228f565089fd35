import LintelModel

/// Status decides, dates inform: what each residency claims about its unit.
extension PlanDraft {
    /// What a linked residency claims, and what is remembered of it for later days.
    ///
    /// Nil where it names no unit of ours.
    mutating func claim(_ resident: ResidentKey, at index: Int) -> Claim? {
        guard var record = residents[resident]?[index] else { return nil }
        let kind = judge(&record, isFrozen: isFrozen(resident))
        var end = record.afterwards.endedOn
        if case .ends = kind {
            end = endDate(of: record)
            record.afterwards.endedOn = end
        } else if kind != .holds {
            record.afterwards.endedOn = nil
            end = nil
        }
        residents[resident]?[index] = record
        guard let unit = target(of: record) else { return nil }
        return Claim(kind: kind, record: record, unit: unit, start: record.start, end: end)
    }

    private mutating func judge(_ record: inout RecordPlan, isFrozen: Bool) -> Claim.Kind {
        switch record.presence {
        case .held:
            // What was known stands, endings included that were known before.
            return record.afterwards.endedOn == nil ? .holds : .ends(.movedOut)
        case .moving: return .holds
        case .moved: return ending(.transfer, &record)
        case .absent: return ending(.absent, &record)
        case .gone: return .ends(.absent)
        case .present: break
        }
        if record.stated.role == .guarantor { return ending(.noLongerLiving, &record) }
        switch record.status {
        case .past: return ending(.movedOut, &record)
        case .cancelled: return ending(.cancelled, &record)
        case .evicted: return ending(.evicted, &record)
        case .unknown:
            raise(
                AlertDraft(
                    .unknownStatus,
                    subject: record.stated.statusWord,
                    detail: "the status word “\(record.stated.statusWord)” has no meaning here yet"
                )
            )
            record.revisitEveryRun()
            return .holds
        case .applicant: return applicant(&record)
        case .future: return isFrozen ? .holds : .lives(.upcoming)
        case .current, .notice:
            if isFrozen { return .holds }
            guard let start = record.start, start > input.today else { return .lives(.current) }
            record.revisit(on: start)
            return .lives(.upcoming)
        }
    }

    /// An applicant again: what was to come ends, what is stays and somebody is asked.
    private mutating func applicant(_ record: inout RecordPlan) -> Claim.Kind {
        guard let unit = target(of: record),
            let link = links[
                ResidentKey(connection: record.connection, resident: record.key.residency.resident)
            ],
            let open = input.assignments[link.person]?.first(where: { $0.unit == unit && $0.isOpen }
            )
        else { return record.known?.endedOn == nil ? .holds : .ends(.backToApplicant) }
        if open.state == .upcoming { return ending(.backToApplicant, &record) }
        raise(
            AlertDraft(
                .backToApplicant,
                subject: "\(record.connection) \(record.key.residency.resident) \(unit)",
                detail: "PMS resident \(record.key.residency.resident) lives in "
                    + "\(label(of: unit)) here and is an applicant again in the PMS",
                residents: [record.key.residency.resident]
            )
        )
        record.revisitEveryRun()
        return .holds
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
