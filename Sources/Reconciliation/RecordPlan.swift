import LintelModel

/// One residency while it is planned: what is stated now, and what will be remembered.
///
/// An object, since rules pass it around far more often than it changes; each belongs to one draft, which
/// one task makes and drops.
final class RecordPlan {
    /// Whether the residency is there, as far as complete snapshots can tell.
    enum Presence: Equatable {
        /// Listed now.
        case present
        /// Not seen, but nothing may follow from it: unreadable, an incomplete snapshot, a first absence,
        /// another property's.
        case held
        /// Gone while its resident newly stands elsewhere; the old unit may end.
        case moved
        /// Gone while its resident newly stands elsewhere; the old unit stays until something is known.
        case moving
        /// Confirmed absent by this snapshot.
        case absent
        /// Gone since an earlier snapshot.
        case gone
    }

    let key: RecordKey
    let known: KnownResidency?
    let sighting: Record.Sighting
    /// What the PMS states, now or when it was last asked.
    let stated: PMSResidency
    /// What its PMS unit or space is on our side.
    var mapping: UnitMapping?
    var presence: Presence
    var afterwards: KnownResidency

    /// How the tenancy stands: what the property makes of the PMS's word, else what the vendor means by it.
    let status: LeaseStatus
    /// Whether the property excludes its status word.
    let isExcluded: Bool
    /// Whether the property brings in residents of its role.
    private let isRoleWanted: Bool

    /// Nil for a record of which nothing was ever stated.
    init?(_ record: Record, key: RecordKey, _ input: PlanningInput) {
        guard let stated = record.incoming ?? record.known?.stated else { return nil }
        let meaning = input.statuses.isEmpty ? nil : input.statuses[stated.statusWord]
        status = meaning?.status ?? stated.status
        isExcluded = meaning?.isExcluded ?? false
        isRoleWanted = input.property.settings.roles.contains(stated.role)
        self.key = key
        resident = ResidentKey(connection: record.connection, resident: key.residency.resident)
        known = record.known
        sighting = record.sighting
        self.stated = stated
        presence = record.sighting == .listed ? .present : .held
        afterwards = record.known ?? KnownResidency(attachment: record.attachment, stated: stated)
        afterwards.stated = stated
        if sighting == .listed { afterwards.revisitOn = nil }
    }

    let resident: ResidentKey

    /// First and last name, folded for comparison.
    private(set) lazy var nameKey = PersonName.key(stated.firstName, stated.lastName)

    /// The e-mail address, folded for comparison.
    private(set) lazy var emailKey = stated.email.map(Folding.email)

    /// Whether a residency of this role and status may be brought in, whatever else it lacks.
    var isCandidate: Bool {
        switch presence {
        case .present: break
        case .held: guard afterwards.endedOn == nil else { return false }
        case .moved, .moving, .absent, .gone: return false
        }
        guard status == .future || status.isLiving, !isExcluded, isRoleWanted else { return false }
        switch stated.role {
        case .primary, .coResident: return true
        case .occupant, .minor: return stated.email != nil
        case .guarantor: return false
        }
    }

    /// Whether it is in the list, or was and nothing says otherwise.
    var isThere: Bool {
        presence == .present
            || presence == .held && sighting != .notAsked && afterwards.endedOn == nil
    }

    /// Whether its person is neither updated nor moved through it because its status is excluded.
    var isFrozenByStatus: Bool { isExcluded && !status.isEnding && isThere }

    func revisitEveryRun() {
        afterwards.revisitOn = KnownResidency.everyRun
    }

    /// Has the residency planned again on that day, or before it where that is set already.
    func revisit(on day: CivilDate) {
        afterwards.revisitOn = min(afterwards.revisitOn ?? day, day)
    }

    /// Has the residency planned again on that day where it is still to come.
    func revisit(on day: CivilDate, after today: CivilDate) {
        if day > today { revisit(on: day) }
    }

    /// The order in which residencies speak for their person: those living there, then the future ones,
    /// then the rest; the later move-in first.
    static func leads(_ left: RecordPlan, _ right: RecordPlan) -> Bool {
        let ranks = (left.rank, right.rank)
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        let starts = (left.start?.daysSince1970 ?? .min, right.start?.daysSince1970 ?? .min)
        return starts.0 == starts.1 ? left.key < right.key : starts.0 > starts.1
    }

    /// The order in which a resident's residencies speak for it: those seen first.
    static func speaks(_ left: RecordPlan, _ right: RecordPlan) -> Bool {
        let seen = (left.sighting == .listed, right.sighting == .listed)
        return seen.0 == seen.1 ? leads(left, right) : seen.0
    }

    private var rank: Int {
        switch presence {
        case .present: break
        case .held:
            // What was found gone or moving stays so until a snapshot lists it again.
            if afterwards.movesTo != nil || known?.isGone ?? false { return 3 }
        case .moved, .moving, .absent, .gone: return 3
        }
        if status.isLiving { return 0 }
        return status == .future ? 1 : 2
    }

    /// The first day of the tenancy: the move-in, or the lease's start where none is given, but not
    /// before the day a transfer was seen.
    var start: CivilDate? {
        guard let stated = stated.moveIn ?? stated.leaseStart else { return afterwards.beginsOn }
        guard let floor = afterwards.beginsOn else { return stated }
        return max(stated, floor)
    }
}
