package import LintelModel

/// The complete list of changes and alerts that make a property agree with a snapshot.
///
/// A plan is made once, never edited, and names the revision it was made from: against any other it is
/// stale. Changes stand in the order in which they are applied.
package struct Plan: Sendable, Equatable, Codable {
    package var property: PropertyID
    package var revision: Int
    /// The civil day the plan was made for.
    package var day: CivilDate
    package var changes: [PlannedChange]
    /// Every alert whose cause stands, among the records in question.
    package var alerts: [AlertDraft]
    /// Residencies to remember as they are now, those that differ from what is known.
    package var residencies: [KnownResidency]
    /// Links to write: new ones, and those whose accepted values change.
    package var links: [ResidentLink]
    /// PMS units to remember as they are now, those that differ from what is known.
    package var pmsUnits: [AttachmentID: [KnownPMSUnit]]
    /// Decisions whose work is done, or whose facts have changed.
    package var spentPins: [PinID]
    /// Decisions this plan makes: what an undo leaves as it is.
    package var newPins: [Pin]
    /// Linked residents who are neither updated nor moved because their status is excluded.
    package var frozen: Int

    package init(property: PropertyID, revision: Int, day: CivilDate) {
        self.property = property
        self.revision = revision
        self.day = day
        changes = []
        alerts = []
        residencies = []
        links = []
        pmsUnits = [:]
        spentPins = []
        newPins = []
        frozen = 0
    }

    /// Whether applying the plan would change nothing that anybody could see.
    package var isEmpty: Bool { changes.isEmpty }

    /// Whether applying it writes nothing at all.
    package var writesNothing: Bool {
        changes.isEmpty && residencies.isEmpty && links.isEmpty
            && pmsUnits.values.allSatisfy(\.isEmpty) && spentPins.isEmpty && newPins.isEmpty
    }

    package var counts: PlanCounts { PlanCounts(changes) }
}

/// How many people and assignments a plan touches.
package struct PlanCounts: Sendable, Equatable {
    /// People brought in.
    package var created = 0
    /// Residents recognised as people already here.
    package var linked = 0
    /// People whose details change.
    package var updated = 0
    /// Assignments that begin or open again.
    package var assigned = 0
    /// Assignments that end.
    package var ended = 0

    package init(_ changes: [PlannedChange] = []) {
        var newcomers = Set<PersonID>()
        for planned in changes {
            switch planned.change {
            case .person(nil, let after):
                created += 1
                newcomers.insert(after.id)
            case .person: updated += 1
            case .link(_, let after?): linked += newcomers.contains(after.person) ? 0 : 1
            case .link(_, nil): break
            case .assignment:
                if planned.isGrant { assigned += 1 }
                if planned.isEnding { ended += 1 }
            }
        }
    }
}
