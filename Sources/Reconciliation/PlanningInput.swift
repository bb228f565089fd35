package import LintelModel

/// Everything one plan is made from.
///
/// The planner asks nothing else and has no clock.
///
/// The records may be all of a property or only those touched since its last plan, as long as for each
/// of them everything about its resident, its person and its neighbours of the same e-mail and name is
/// there too. Either way the plan is the same.
package struct PlanningInput: Sendable {
    package var property: Property
    /// The directory revision of the property that the plan is made from.
    package var revision: Int
    package var now: Timestamp
    /// The civil day at ``now`` in the property's time zone.
    package var today: CivilDate
    /// The PMS properties attached to the property.
    package var attachments: [AttachmentID: AttachmentSnapshot]
    package var units: [UnitID: Unit]
    package var records: [RecordKey: Record]
    package var links: [ResidentKey: ResidentLink]
    package var people: [PersonID: Person]
    /// Who holds each of the e-mail addresses in question, folded.
    package var holders: [String: PersonID]
    /// The assignments in this property of every person in question, ended ones included.
    package var assignments: [PersonID: [Assignment]]
    package var brakeFacts: BrakeFacts
    /// What the property makes of raw status words, where it says anything.
    package var statuses: [String: StatusMeaning]
    /// The decisions of this property that hold.
    package var pins: [Pin.Cause: Pin]
    /// People in question who have a current or upcoming assignment in another property.
    package var openElsewhere: Set<PersonID>

    package init(
        property: Property,
        revision: Int,
        now: Timestamp,
        today: CivilDate,
        attachments: [AttachmentID: AttachmentSnapshot] = [:],
        units: [UnitID: Unit] = [:],
        records: [RecordKey: Record] = [:],
        links: [ResidentKey: ResidentLink] = [:],
        people: [PersonID: Person] = [:],
        holders: [String: PersonID] = [:],
        assignments: [PersonID: [Assignment]] = [:],
        brakeFacts: BrakeFacts = .init(),
        statuses: [String: StatusMeaning] = [:],
        pins: [Pin.Cause: Pin] = [:],
        openElsewhere: Set<PersonID> = []
    ) {
        self.property = property
        self.revision = revision
        self.now = now
        self.today = today
        self.attachments = attachments
        self.units = units
        self.records = records
        self.links = links
        self.people = people
        self.holders = holders
        self.assignments = assignments
        self.brakeFacts = brakeFacts
        self.statuses = statuses
        self.pins = pins
        self.openElsewhere = openElsewhere
    }
}

/// One residency to be planned.
package struct Record: Sendable, Equatable {
    /// How the snapshot speaks of a residency.
    package enum Sighting: String, Sendable {
        /// It is in the list.
        case listed
        /// Its resident is in the list, its record cannot be read: neither changed nor absent.
        case unreadable
        /// It is not in the list.
        case notListed
        /// The snapshot has nothing to say of it: another property's, or of a detached PMS property.
        case notAsked
    }

    package var connection: ConnectionID
    package var attachment: AttachmentID
    package var known: KnownResidency?
    /// What the snapshot states where that differs from what is known.
    package var incoming: PMSResidency?
    package var sighting: Sighting

    package init(
        connection: ConnectionID,
        attachment: AttachmentID,
        known: KnownResidency?,
        incoming: PMSResidency?,
        sighting: Sighting
    ) {
        self.connection = connection
        self.attachment = attachment
        self.known = known
        self.incoming = incoming
        self.sighting = sighting
    }
}

/// What a snapshot says about one attached PMS property as a whole.
package struct AttachmentSnapshot: Sendable {
    package var connection: ConnectionID
    package var pmsProperty: PMSPropertyID
    /// Only a complete snapshot can say that somebody is absent.
    package var isComplete: Bool
    /// The PMS units listed, or nil where the list is the one already known.
    package var listedUnits: [PMSUnit]?
    /// The PMS units as known before.
    package var knownUnits: [PMSUnitID: KnownPMSUnit]
    package var counts: SnapshotCounts
    /// The counts of the last complete snapshot that was applied; nil before the first.
    package var previousCounts: SnapshotCounts?
    /// When what it states was true, where the PMS tells; nil means now.
    package var statedAt: Timestamp?

    package init(
        connection: ConnectionID,
        pmsProperty: PMSPropertyID,
        isComplete: Bool = true,
        listedUnits: [PMSUnit]? = nil,
        knownUnits: [PMSUnitID: KnownPMSUnit] = [:],
        counts: SnapshotCounts = .init(),
        previousCounts: SnapshotCounts? = nil,
        statedAt: Timestamp? = nil
    ) {
        self.connection = connection
        self.pmsProperty = pmsProperty
        self.isComplete = isComplete
        self.listedUnits = listedUnits
        self.knownUnits = knownUnits
        self.counts = counts
        self.previousCounts = previousCounts
        self.statedAt = statedAt
    }
}

/// How much a snapshot lists.
package struct SnapshotCounts: Sendable, Equatable, Codable {
    package var units: Int
    package var residents: Int

    package init(units: Int = 0, residents: Int = 0) {
        self.units = units
        self.residents = residents
    }
}

/// What the brake must know of the property beyond the records in question.
package struct BrakeFacts: Sendable, Equatable {
    /// Current and upcoming assignments of the whole property.
    package var openAssignments: Int
    /// Removals without a stated move-out that syncs applied in the last 24 hours.
    package var recentRemovals: Int

    package init(openAssignments: Int = 0, recentRemovals: Int = 0) {
        self.openAssignments = openAssignments
        self.recentRemovals = recentRemovals
    }
}
