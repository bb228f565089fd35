import LintelModel

/// A residency missing from a complete snapshot is a transfer where its resident newly stands in another
/// unit, else an absence; an absence counts when a second complete snapshot confirms it.
extension PlanDraft {
    mutating func judgePresence() {
        for resident in order {
            guard var records = residents.removeValue(forKey: resident) else { continue }
            let isLinked = links[resident] != nil
            for index in records.indices {
                switch records[index].sighting {
                case .listed:
                    records[index].afterwards.missingSince = nil
                    records[index].afterwards.movesTo = nil
                    // A linked one opens again where its status says so.
                    if !isLinked { records[index].afterwards.endedOn = nil }
                case .notAsked, .unreadable: break
                case .notListed: missing(index, among: &records, isLinked: isLinked)
                }
            }
            residents[resident] = records
        }
    }

    private func missing(_ index: Int, among records: inout [RecordPlan], isLinked: Bool) {
        guard let known = records[index].known else { return }
        let mayRemove = mayRemove(records[index])
        if mayRemove { records[index].afterwards.revisitOn = nil }
        guard known.endedOn == nil, isLinked else {
            // Nobody stands anywhere through this record: it is out of the list, and that is all.
            guard mayRemove else { return }
            records[index].presence = .gone
            records[index].afterwards.missingSince = known.missingSince ?? input.now
            records[index].afterwards.endedOn = known.endedOn ?? input.today
            return
        }
        if let successor = successor(of: records[index], among: records) {
            var next = records[successor]
            let isMove = move(&records[index], to: &next, mayRemove: mayRemove)
            records[successor] = next
            if isMove { return }
        }
        guard mayRemove else { return }
        records[index].afterwards.movesTo = nil
        guard let since = known.missingSince else {
            records[index].afterwards.missingSince = input.now
            records[index].revisitEveryRun()
            return
        }
        if input.now >= since.adding(minutes: input.property.settings.absenceMinutes) {
            records[index].presence = .absent
        } else {
            records[index].revisitEveryRun()
        }
    }

    /// The residency that this one's resident newly has, or already had when the move was first seen.
    private func successor(of record: RecordPlan, among records: [RecordPlan]) -> Int? {
        let living = records.indices.filter {
            let other = records[$0]
            return other.sighting == .listed && (other.status.isLiving || other.status == .future)
                && other.stated.role != .guarantor
        }
        if let unit = record.known?.movesTo,
            let index = living.first(where: { records[$0].key.residency.unit == unit })
        {
            return index
        }
        let new = living.filter {
            guard let known = records[$0].known else { return true }
            return known.endedOn != nil || known.missingSince != nil
        }
        return new.first { records[$0].status.isLiving } ?? new.first
    }

    /// Judges a residency whose resident newly stands elsewhere; false where it is no move after all.
    private func move(
        _ record: inout RecordPlan,
        to successor: inout RecordPlan,
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
            successor.start ?? input.today <= input.today
        else { return .moving }
        return .moved
    }
}
