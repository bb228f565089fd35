package import LintelModel

/// Everything an undo is planned from: what was applied, and the directory as it is now.
package struct UndoInput: Sendable {
    /// A residency as the mirror has it, with the unit its PMS unit is mapped to.
    package struct Stated: Sendable {
        package let known: KnownResidency
        package let resident: ResidentKey
        package let unit: UnitID?
        /// Whether its PMS property is attached no more: it says nothing about a unit from then on.
        package let isDetached: Bool

        package init(
            known: KnownResidency,
            resident: ResidentKey,
            unit: UnitID?,
            isDetached: Bool = false
        ) {
            self.known = known
            self.resident = resident
            self.unit = unit
            self.isDetached = isDetached
        }
    }

    package var property: PropertyID
    package var revision: Int
    package var now: Timestamp
    /// The civil day at ``now`` in the property's time zone.
    package var today: CivilDate
    /// The run's changes in the order in which they were applied; those undone before left out.
    package var changes: [PlannedChange]
    package var people: [PersonID: Person] = [:]
    package var links: [ResidentKey: ResidentLink] = [:]
    /// The assignments in this property of every person the changes name, ended ones included.
    package var assignments: [PersonID: [Assignment]] = [:]
    /// Who holds each address that would come back, folded.
    package var holders: [String: PersonID] = [:]
    /// The residencies of every PMS resident the changes name, and of the people's others.
    package var stated: [Stated] = []
    /// Units that are still there.
    package var units: [UnitID: Unit] = [:]
    package var openElsewhere: Set<PersonID> = []
    /// The connection of each PMS property the changes come from.
    package var connections: [AttachmentID: ConnectionID] = [:]

    package init(
        property: PropertyID,
        revision: Int,
        now: Timestamp,
        today: CivilDate,
        changes: [PlannedChange]
    ) {
        self.property = property
        self.revision = revision
        self.now = now
        self.today = today
        self.changes = changes
    }
}
