package import LintelModel
package import Reconciliation

/// A directory of one property in memory: it makes the planner's input and applies plans as a store does.
package struct InMemoryDirectory: Sendable {
    /// A PMS property attached to the property.
    package struct Attached: Sendable, Equatable {
        package var connection: ConnectionID
        package var pmsProperty: PMSPropertyID
        package var units: [PMSUnitID: KnownPMSUnit] = [:]
        /// The counts of the last complete snapshot that was applied.
        package var counts: SnapshotCounts?
        /// Whether nobody asks for it any more, or it is another property's: its residencies are known and
        /// its units are not.
        package var isDetached = false

        package init(connection: ConnectionID, pmsProperty: PMSPropertyID) {
            self.connection = connection
            self.pmsProperty = pmsProperty
        }
    }

    package var property: Property
    package var revision = 0
    /// The revision that the last plan left: where it differs, somebody edited the directory by hand, and
    /// every record is touched.
    package private(set) var plannedRevision = 0
    package var units: [UnitID: Unit] = [:]
    package var attachments: [AttachmentID: Attached] = [:]
    package var residencies: [RecordKey: KnownResidency] = [:]
    package var links: [ResidentKey: ResidentLink] = [:]
    package var people: [PersonID: Person] = [:]
    package var assignments: [AssignmentID: Assignment] = [:]
    /// When syncs took a unit from somebody without a stated move-out.
    package var removals: [Timestamp] = []
    package var ids: IDGenerator
    /// What the property makes of raw status words.
    package var statuses: [String: StatusMeaning] = [:]
    /// The decisions that hold.
    package var pins: [Pin.Cause: Pin] = [:]
    /// People with a current or upcoming assignment in another property.
    package var openElsewhere: Set<PersonID> = []
    /// The open alerts of the last plan.
    package var alerts: [AlertDraft] = []

    package init(property: Property, ids: IDGenerator) {
        self.property = property
        self.ids = ids
    }

    /// Writes a plan as a store does; it must have been made from this revision.
    package mutating func apply(_ plan: Plan, from input: PlanningInput) {
        guard plan.revision == revision else { return }
        let isOutstanding = plannedRevision != revision
        let isWhole =
            input.attachments.values.allSatisfy(\.isComplete)
            && !input.records.values.contains { $0.sighting == .unreadable }
        if !plan.writesNothing { revision += 1 }
        // What was edited by hand is looked at until a complete snapshot has been planned.
        plannedRevision = isOutstanding && !isWhole ? -1 : revision
        for planned in plan.changes {
            switch planned.change {
            case .person(_, let after): people[after.id] = after
            case .link(let before, let after):
                if let resident = (after ?? before)?.resident { links[resident] = after }
            case .assignment(_, let after): assignments[after.id] = after
            }
            if planned.isUnstatedRemoval { removals.append(input.now) }
        }
        for residency in plan.residencies { residencies[residency.key] = residency }
        for link in plan.links { links[link.resident] = link }
        for (attachment, units) in plan.pmsUnits {
            for known in units { attachments[attachment]?.units[known.unit.id] = known }
        }
        for (attachment, snapshot) in input.attachments where snapshot.isComplete {
            attachments[attachment]?.counts = snapshot.counts
        }
        pins = pins.filter { !plan.spentPins.contains($0.value.id) }
        for pin in plan.newPins { pins[pin.cause] = pin }
        alerts = plan.alerts
    }
}
