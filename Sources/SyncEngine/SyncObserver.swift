package import LintelModel
package import Reconciliation
package import Storage

/// Watches syncs go on; called from several tasks at once.
package protocol SyncObserver: Sendable {
    func happened(_ event: SyncEvent)
}

/// One thing that happened in a sync.
package enum SyncEvent: Sendable {
    case started(Property)
    /// Another process is at this property; waiting for it.
    case waiting(Property, since: Timestamp)
    case page(Property, bytes: Int)
    /// The snapshot is read; planning and writing follow.
    case read(Property, residents: Int)
    case finished(RunReport)
}

/// How one run ended, with all that can be shown of it.
package struct RunReport: Sendable {
    package var record: RunRecord
    package var property: Property
    /// The plan that was made; nil where the run failed, was skipped or found the pages unchanged.
    package var plan: Plan?
    /// The units the plan speaks of.
    package var units: [UnitID: Unit] = [:]
    /// Why the brake holds the plan.
    package var objections: [Objection] = []
    /// The plan as a preview writes it to a file; nil where none was made.
    package var document: PlanDocument?
    /// What an undo leaves as it is, and why.
    package var refusals: [String] = []
    /// Whether the plan was made from a directory that is no longer there.
    package var isStale = false
    /// What could not be read, and other things a person should know.
    package var notes: [String] = []

    package init(record: RunRecord, property: Property) {
        self.record = record
        self.property = property
    }
}
