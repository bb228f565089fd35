package import LintelModel
package import Storage

/// What a run is asked to do.
package enum SyncJob: Sendable {
    /// Makes the property agree with its PMS, for a person: everything is read.
    case sync
    /// Makes the property agree with its PMS, by the hour: between whole snapshots a PMS that tells what
    /// changed is asked for that alone.
    case scheduled
    /// Shows what a sync would do, and writes nothing.
    case preview
    /// Does, or shows, what a sync would do to some residents alone.
    case part(SyncPart, isPreview: Bool)
    /// Shows what a sync would do once one attached PMS property has taken the place of another.
    case change(from: AttachmentID, to: AttachmentID)
    /// Applies a plan exactly as a preview wrote it.
    case apply(PlanDocument)
    /// Reverses a run, or shows what that would do.
    case undo(RunID, isPreview: Bool)

    var isPreview: Bool {
        switch self {
        case .preview, .change, .part(_, isPreview: true), .undo(_, isPreview: true): true
        default: false
        }
    }

    var isScheduled: Bool {
        guard case .scheduled = self else { return false }
        return true
    }

    /// Whether it reads that PMS property.
    func reads(_ attachment: Attachments.Attached) -> Bool {
        guard case .change(let old, let new) = self else { return !attachment.isDetached }
        return attachment.id == new || attachment.id != old && !attachment.isDetached
    }
}

/// Which residents a sync is about.
package enum SyncPart: Sendable {
    case resident(PMSResidentID)
    /// Everybody the PMS has, or had, in that PMS unit or one of its spaces.
    case pmsUnit(PMSUnitID)
}
