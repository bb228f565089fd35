import LintelModel

/// A residency missing from a complete snapshot is a transfer where its resident newly stands in another
/// unit, else an absence; an absence counts when a second complete snapshot confirms it.
extension PlanDraft {
    mutating func judgePresence() {
        for resident in order {
            guard var records = residents[resident] else { continue }
            for index in records.indices {
                let record = records[index]
                switch record.sighting {
                case .listed:
                    records[index].afterwards.missingSince = nil
                    records[index].afterwards.movesTo = nil
                case .notAsked, .unreadable: break
                case .notListed:
                    guard mayRemove(record) else {
                        records[index].revisitEveryRun()
                        continue
                    }
                    missing(&records[index], among: records, isLinked: links[resident] != nil)
                }
            }
            for index in records.indices where records[index].presence == .moved {
                beginsToday(&records, movedFrom: index)
            }
            residents[resident] = records
        }
    }

    private mutating func missing(
        _ record: inout RecordPlan,
        among records: [RecordPlan],
        isLinked: Bool
    ) {
        guard let known = record.known, known.endedOn == nil else {
            record.presence = .gone
            return
        }
        guard isLinked else {
            // Nobody stands anywhere through this record: it is out of the list, and that is all.
            record.presence = .gone
            record.afterwards.endedOn = input.today
            return
        }
        if let successor = successor(of: record, among: records) {
            record.presence = moves(record, to: successor)
            record.afterwards.movesTo = successor.key.residency.unit
            record.afterwards.missingSince = known.missingSince ?? input.now
            if record.presence == .moving { record.revisitEveryRun() }
            return
        }
        record.afterwards.movesTo = nil
        guard let since = known.missingSince else {
            record.afterwards.missingSince = input.now
            record.revisitEveryRun()
            return
        }
        let confirmedFrom = since.adding(minutes: input.property.settings.absenceMinutes)
        if input.now >= confirmedFrom {
            record.presence = .absent
        } else {
            record.revisitEveryRun()
        }
    }

    /// The residency that this one's resident newly has, or already had when the move was first seen.
    private func successor(of record: RecordPlan, among records: [RecordPlan]) -> RecordPlan? {
        let living = records.filter {
            $0.sighting == .listed && $0.key != record.key
                && ($0.status.isLiving || $0.status == .future)
                && $0.stated.role != .guarantor
        }
        if let unit = record.known?.movesTo,
            let known = living.first(where: { $0.key.residency.unit == unit })
        {
            return known
        }
        let new = living.filter { $0.known == nil }
        return new.first { $0.status.isLiving } ?? new.first
    }

    private func moves(_ record: RecordPlan, to successor: RecordPlan) -> RecordPlan.Presence {
        let old = target(of: record)
        guard let new = target(of: successor), new != old else {
            // The same unit under another number, or one nobody has mapped yet.
            return target(of: successor) == nil ? .moving : .gone
        }
        guard let unit = record.key.residency.unit, isListed(unit, in: record.key.attachment) else {
            return .moving
        }
        let begins = successor.start ?? input.today
        return successor.status.isLiving && begins <= input.today ? .moved : .moving
    }

    /// A transfer begins on the day it is seen, whatever the older move-in date says.
    private func beginsToday(_ records: inout [RecordPlan], movedFrom index: Int) {
        guard let unit = records[index].afterwards.movesTo else { return }
        for other in records.indices
        where records[other].key.residency.unit == unit && records[other].known == nil {
            records[other].afterwards.beginsOn = input.today
        }
    }
}
