import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// Runs, plans and the changes they make, as programs see them.

extension RunRecord.Outcome: Word {}

extension RunRecord: Resource {
    static let resourceName = "Run"
    static let members: [Field<RunRecord>] = [
        Field("id", "Its id.") { $0.id },
        Field("property_id", "Whose run it is.") { $0.property },
        Field("outcome", "How it ended.") { $0.outcome },
        Field("started_at", "When it began.") { $0.startedAt },
        Field("seconds", "How long it took.") { Double($0.milliseconds) / 1000 },
        Field("pms_units", "How many units the PMS listed.") { $0.pmsUnits },
        Field("residents", "How many residents the PMS listed.") { $0.residents },
        Field("created", "How many people came in.") { $0.created },
        Field("linked", "How many PMS residents were found to be people who are here.") {
            $0.linked
        },
        Field("updated", "How many people got other details.") { $0.updated },
        Field("assigned", "How many assignments began or opened again.") { $0.assigned },
        Field("ended", "How many assignments ended.") { $0.ended },
        Field("alerts_open", "How many alerts were open after it.") { $0.alertsOpen },
        Field("message", "What went wrong, or what was noticed; may be empty.") { $0.message },
        Field("undoes", "The run that it reverses; null for a sync.") { $0.undoes },
    ]
}

extension Operations.KeptChange: Resource {
    static let resourceName = "Change"
    static let members: [Field<Operations.KeptChange>] = [
        Field("kind", "What changed: `person`, `link` or `assignment`.") { $0.entry.kind },
        Field("person_id", "Whose change it is.") { $0.entry.person },
        Field("unit_id", "The unit of an assignment.") { $0.entry.unit },
        Field("rule", "The code of the rule that made it, which never changes.") { $0.entry.code },
        Field("reason", "Why, as a sentence.") { $0.entry.sentence },
        Field("pms_resident_id", "The PMS resident it came from.") { $0.entry.resident },
        Field("person_before", "A person's details before; null for a newcomer.") {
            if case .person(let before, _)? = $0.change?.change { before } else { nil as Person? }
        },
        Field("person_after", "A person's details after; null once they are erased.") {
            if case .person(_, let after)? = $0.change?.change { after } else { nil as Person? }
        },
        Field("assignment_before", "An assignment before; null for a new one.") {
            if case .assignment(let before, _)? = $0.change?.change {
                before
            } else {
                nil as Assignment?
            }
        },
        Field("assignment_after", "An assignment after.") {
            if case .assignment(_, let after)? = $0.change?.change {
                after
            } else {
                nil as Assignment?
            }
        },
        Field("undone_by", "The run that undid it.") { $0.entry.undoneBy },
    ]
}

extension Operations.PlanPreview.Change.Kind: Word {}

extension Operations.PlanPreview.Change: Resource {
    static let resourceName = "PlannedChange"
    static let members: [Field<Operations.PlanPreview.Change>] = [
        Field("kind", "Whether something begins, changes or ends.") { $0.kind },
        Field("person_id", "Whose change it is; somebody new has no record yet.") { $0.person },
        Field("what", "What would be done, as a sentence.") { $0.what },
        Field("why", "Why, as a sentence.") { $0.why },
    ]
}

extension Operations.PlanPreview: Resource {
    static let resourceName = "Preview"
    static let members: [Field<Operations.PlanPreview>] = [
        Field("change_count", "How many changes would be made.") { $0.changeCount },
        Field("changes", "The first 1,000 of them.") { $0.changes },
        Field("alerts", "What would then wait for a person, a sentence each.") { $0.alerts },
        Field("objections", "Why the brake would hold it, a sentence each.") { $0.objections },
        Field("refusals", "What an undo would leave as it is, and why.") { $0.refusals },
        Field("failure", "Why nothing can be shown; null where it can.") { $0.failure },
    ]
}

/// How a sync stands that was asked for.
struct SyncState: Resource {
    enum Phase: String, Word {
        /// None was asked for since the server began.
        case none
        case queued
        /// Another process is at this property.
        case waiting
        case reading, writing, finished
    }

    let phase: Phase
    let progress: SyncDesk.Progress?

    init(_ progress: SyncDesk.Progress?) {
        self.progress = progress
        phase =
            switch progress?.phase {
            case nil: .none
            case .queued: .queued
            case .waiting: .waiting
            case .reading: .reading
            case .writing: .writing
            case .finished: .finished
            }
    }

    private var run: (id: RunID, outcome: RunRecord.Outcome, message: String)? {
        guard case .finished(let id, let outcome, let message)? = progress?.phase else {
            return nil
        }
        return (id, outcome, message)
    }

    static let resourceName = "SyncState"
    static let members: [Field<SyncState>] = [
        Field(
            "phase",
            "How far it has come; `none` where none was asked for since the server began."
        ) {
            $0.phase
        },
        Field("asked_at", "When it was asked for.") { $0.progress?.startedAt },
        Field("pages", "How many pages of the PMS were read.") { $0.progress?.pages ?? 0 },
        Field("residents", "How many residents were read.") { $0.progress?.residents ?? 0 },
        Field("run_id", "The run, once it is over.") { $0.run?.id },
        Field("outcome", "How it ended, once it is over.") { $0.run?.outcome },
        Field("message", "What went wrong, or what was noticed.") { $0.run?.message },
    ]
}
