package import LintelModel

/// One sync of one property, as it is kept.
package struct RunRecord: Sendable, Equatable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case running
        case applied
        case unchanged
        case previewed
        case held
        case failed
        case skipped
    }

    package var id: RunID
    package var property: PropertyID
    package var outcome: Outcome
    package var startedAt: Timestamp
    package var milliseconds: Int64 = 0
    package var pmsUnits = 0
    package var residents = 0
    package var created = 0
    package var linked = 0
    package var updated = 0
    package var assigned = 0
    package var ended = 0
    package var alertsOpen = 0
    /// What went wrong, or what was noticed; empty where there is nothing to say.
    package var message = ""
    /// The run whose inverse this one is; nil for a sync.
    package var undoes: RunID?

    package init(id: RunID, property: PropertyID, outcome: Outcome, startedAt: Timestamp) {
        self.id = id
        self.property = property
        self.outcome = outcome
        self.startedAt = startedAt
    }
}
