import LintelModel

/// A residency missing from a complete snapshot is a transfer where its resident newly stands in another
/// unit, else an absence; an absence counts when a second complete snapshot confirms it.
extension PlanDraft {
    /// How far clocks here and at the PMS may differ.
    private static var clocksDifferMinutes: Int { 10 }

    func judgePresence() {
        for resident in residents {
            let isLinked = resident.link != nil
            for record in resident.records {
                switch record.sighting {
                case .listed:
                    record.afterwards.missingSince = nil
                    record.afterwards.movesTo = nil
                    // A linked one opens again where its status says so.
                    if !isLinked { record.afterwards.endedOn = nil }
                case .notAsked, .unreadable: break
                case .notListed: missing(record, among: resident.records, isLinked: isLinked)
                }
            }
        }
    }

    private func missing(_ record: RecordPlan, among records: [RecordPlan], isLinked: Bool) {
        guard let known = record.known else { return }
        let mayRemove = mayRemove(record)
        if mayRemove { record.afterwards.revisitOn = nil }
        guard known.endedOn == nil, isLinked else {
            // Nobody stands anywhere through this record: it is out of the list, and that is all.
            guard mayRemove else { return }
            record.presence = .gone
            record.afterwards.missingSince = known.missingSince ?? input.now
            record.afterwards.endedOn = known.endedOn ?? input.today
            return
        }
        if let successor = successor(of: record, among: records),
            move(record, to: successor, mayRemove: mayRemove)
        {
            return
        }
        guard mayRemove else { return }
        if isMissingOnTheWay(record, among: records) {
            record.presence = .moving
            record.afterwards.missingSince = known.missingSince ?? seen(record)
            record.revisitEveryRun()
            return
        }
        record.afterwards.movesTo = nil
        guard let since = known.missingSince else {
            record.afterwards.missingSince = seen(record)
            record.revisitEveryRun()
            return
        }
        if isConfirmed(record, since: since) {
            record.presence = .absent
        } else {
            record.revisitEveryRun()
        }
    }

    /// Whether a resident whose move waits is missing where they were going, too, and their absence is not yet
    /// confirmed: nobody knows where they are.
    private func isMissingOnTheWay(_ record: RecordPlan, among records: [RecordPlan]) -> Bool {
        guard let unit = record.known?.movesTo else { return false }
        return records.contains { next in
            guard next.key != record.key, next.key.residency.unit == unit,
                next.sighting == .notListed, let known = next.known, known.endedOn == nil
            else { return false }
            return known.missingSince.map { !isConfirmed(next, since: $0) } ?? true
        }
    }

    /// When this snapshot was seen: not before it was written by a clock that is some minutes ahead.
    private func seen(_ record: RecordPlan) -> Timestamp {
        guard let written = input.attachments[record.key.attachment]?.statedAt,
            written > input.now, written <= input.now.adding(minutes: Self.clocksDifferMinutes)
        else { return input.now }
        return written
    }

    /// Whether this snapshot is another than the one that first lacked a residency, and late enough.
    private func isConfirmed(_ record: RecordPlan, since: Timestamp) -> Bool {
        let settings = input.property.settings
        guard input.now >= since.adding(minutes: settings.absenceMinutes) else { return false }
        // A list exported before then is the one that was read then.
        return input.attachments[record.key.attachment]?.statedAt.map { $0 > since } ?? true
    }

    /// The residency that this one's resident newly has, or already had when the move was first seen.
    private func successor(of record: RecordPlan, among records: [RecordPlan]) -> RecordPlan? {
        let living = records.filter {
            $0.sighting == .listed && ($0.status.isLiving || $0.status == .future)
                && $0.stated.role != .guarantor && $0.key.residency.unit != nil
        }
        if let unit = record.known?.movesTo,
            let next = living.first(where: { $0.key.residency.unit == unit })
        {
            return next
        }
        let new = living.filter {
            guard let known = $0.known else { return true }
            // One gap in the list makes nothing new; who was gone on the way elsewhere comes back.
            return known.endedOn != nil || known.movesTo != nil && known.missingSince != nil
        }
        return new.first { $0.status.isLiving } ?? new.first
    }

    /// Judges a residency whose resident newly stands elsewhere; false where it is no move after all.
    private func move(
        _ record: RecordPlan,
        to successor: RecordPlan,
        mayRemove: Bool
    ) -> Bool {
        let old = target(of: record)
        let new = target(of: successor)
        let start = successor.start ?? input.today
        if let old, old == new {
            // The same unit on another lease or under another number: the stays join, or are two.
            guard mayRemove, start <= input.today.adding(days: input.property.settings.joinDays)
            else { return false }
            record.presence = .gone
        } else {
            // A transfer begins on the day it is seen, whatever older move-in date is stated.
            if isNew(successor) { successor.afterwards.beginsOn = input.today }
            if mayRemove { record.presence = presence(of: record, from: old, to: new, successor) }
        }
        record.afterwards.movesTo = successor.key.residency.unit
        guard mayRemove else { return true }
        record.afterwards.missingSince = record.known?.missingSince ?? input.now
        if record.presence == .moving { record.revisitEveryRun() }
        return true
    }

    /// Whether nobody stood there through that residency until now, or so long ago that it is another stay.
    private func isNew(_ record: RecordPlan) -> Bool {
        guard let known = record.known else { return true }
        guard let ended = known.endedOn else { return false }
        return ended.adding(days: input.property.settings.joinDays) < input.today
    }

    private func presence(
        of record: RecordPlan,
        from old: UnitID?,
        to new: UnitID?,
        _ successor: RecordPlan
    ) -> RecordPlan.Presence {
        guard old != nil, let unit = record.key.residency.unit else { return .gone }
        guard new != nil, isListed(unit, in: record.key.attachment), successor.status.isLiving,
            hasBegun(successor)
        else { return .moving }
        return .moved
    }
}
