import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// Applying a plan that a preview wrote to a file.
extension PropertySync {
    /// Applies exactly that plan, or says that it is stale; one the brake objects to is held.
    mutating func apply(_ document: PlanDocument) async throws {
        let (id, now, hours) = (property.id, environment.now, property.settings.factHours)
        let state = try await environment.database.read { connection in
            (
                property: try Properties.find(id, on: connection),
                units: try Units.all(of: id, on: connection)
            )
        }
        let revision = state.property?.revision
        mustReplan = state.property?.mustReplan ?? true
        guard revision == document.plan.revision else {
            report.isStale = true
            throw SyncFailure(
                "the plan is stale: it was made from revision \(document.plan.revision) of the "
                    + "property, which is at \(revision ?? 0) now; preview again"
            )
        }
        guard now <= document.madeAt.adding(minutes: hours * 60) else {
            report.isStale = true
            throw SyncFailure(
                "the plan is stale: it was made at \(document.madeAt.iso8601), more than "
                    + "\(hours) hours ago; preview again"
            )
        }
        count(document.plan)
        report.objections = document.objections
        let units = Dictionary(uniqueKeysWithValues: state.units.map { ($0.id, $0) })
        do {
            if report.objections.isEmpty {
                try await apply(document.plan, document.snapshots)
            } else {
                try await hold(document.plan, units)
            }
        } catch let error as SQLError
            where error.code == .conflict || error.code == .alreadyExists
        {
            report.isStale = true
            throw SyncFailure("the plan is stale: \(error)")
        }
    }
}

extension SyncJob {
    /// Whether it does what a person asked for rather than what the PMS says.
    var worksWithoutUserSync: Bool {
        guard case .undo = self else { return false }
        return true
    }
}

extension PlanDocument.Snapshot {
    init(_ intake: AttachmentIntake) {
        self.init(
            attachment: intake.attachment.id,
            isComplete: intake.isComplete,
            isReadable: intake.unreadable.isEmpty,
            counts: intake.counts,
            pageHashes: intake.pageHashes
        )
    }
}
