import LintelModel

/// One PMS resident while it is planned: its residencies, and who it is.
///
/// Like its records it belongs to one draft.
final class ResidentPlan {
    let key: ResidentKey
    /// In the order of their keys.
    let records: [RecordPlan]
    /// Whether it was linked before this plan.
    let wasLinked: Bool
    /// Who it is; nil while nobody.
    var link: ResidentLink? { didSet { isLinkChanged = true } }
    private(set) var isLinkChanged = false
    /// Whether this plan made the person of the resident's one record.
    private(set) var isMadeOfOneRecord = false
    /// Whether everything but endings waits.
    var isFrozen = false
    /// Whether it was linked by a decision that keeps our name of the person.
    var keepsName = false

    init(_ key: ResidentKey, _ records: [RecordPlan], _ link: ResidentLink?) {
        self.key = key
        self.records = records
        self.link = link
        wasLinked = link != nil
    }

    /// The residency that says who a resident not here yet is; nil where none may bring them in.
    var candidate: RecordPlan? {
        if records.count == 1 {
            return records[0].isThere && records[0].isCandidate ? records[0] : nil
        }
        return records.filter { $0.isThere && $0.isCandidate }.min(by: RecordPlan.speaks)
    }

    /// The residency that speaks for a resident who is somebody here; nil where none is there.
    var speaking: RecordPlan? {
        if records.count == 1 { return records[0].isThere ? records[0] : nil }
        return records.filter(\.isThere).min(by: RecordPlan.speaks)
    }

    /// Notes that this plan made the person of what the resident's record states.
    func noteMade() { isMadeOfOneRecord = records.count == 1 }

    func revisitEveryRun() {
        for record in records { record.revisitEveryRun() }
    }
}
