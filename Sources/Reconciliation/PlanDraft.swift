import LintelModel

/// A plan in the making: the input, what the rules have found so far, and the directory as it will be.
struct PlanDraft {
    let input: PlanningInput
    let clock: CivilClock?
    var ids: IDGenerator

    /// Every residency in question by its resident, records in the order of their keys.
    var residents: [ResidentKey: [RecordPlan]] = [:]
    /// The residents in the order in which rules look at them.
    let order: [ResidentKey]

    var links: [ResidentKey: ResidentLink]
    var people: [PersonID: Person]
    var holders: [String: PersonID]
    /// PMS units by attachment, as they will be.
    var pmsUnits: [AttachmentID: [PMSUnitID: KnownPMSUnit]]

    var personChanges: [PlannedChange] = []
    /// Where a person's change stands among ``personChanges``.
    var changedPeople: [PersonID: Int] = [:]
    var assignmentChanges: [PlannedChange] = []
    var alerts: [AlertDraft] = []
    var raised: Set<AlertCause> = []
    /// Linked residents of whom everything but endings waits.
    var frozen: Set<ResidentKey> = []
    /// Stays that may be those of a record which waits for a decision.
    var awaited: Set<AwaitedStay> = []
    var changedLinks: Set<ResidentKey> = []
    var changedPMSUnits: [AttachmentID: [KnownPMSUnit]] = [:]

    init(_ input: PlanningInput, ids: IDGenerator) {
        self.input = input
        self.ids = ids
        clock = CivilClock(name: input.property.timeZone)
        links = input.links
        people = input.people
        holders = input.holders
        pmsUnits = input.attachments.mapValues(\.knownUnits)
        for (key, record) in input.records {
            guard let plan = RecordPlan(record, key: key) else { continue }
            let resident = ResidentKey(
                connection: record.connection,
                resident: key.residency.resident
            )
            residents[resident, default: []].append(plan)
        }
        for key in residents.keys { residents[key]?.sort { $0.key < $1.key } }
        order = residents.keys.sorted()
    }

    /// Whether a record's snapshot may take anything from anybody.
    func mayRemove(_ record: RecordPlan) -> Bool {
        input.attachments[record.key.attachment]?.isComplete ?? false
    }

    /// Lists an alert unless its cause is listed already.
    mutating func raise(_ alert: @autoclosure () -> AlertDraft, for cause: AlertCause) {
        guard raised.insert(cause).inserted else { return }
        alerts.append(alert())
    }

    mutating func raise(_ alert: AlertDraft) {
        raise(alert, for: AlertCause(kind: alert.kind, subject: alert.subject))
    }

    /// The plan, in its final order: people, then per person what begins before what ends.
    func finished() -> Plan {
        var plan = Plan(
            property: input.property.id,
            revision: input.revision,
            day: input.today
        )
        plan.changes = personChanges + assignmentChanges
        plan.alerts = alerts.sorted {
            ($0.kind.rawValue, $0.subject) < ($1.kind.rawValue, $1.subject)
        }
        for resident in order {
            for record in residents[resident] ?? [] {
                let after = record.afterwards
                if record.sighting != .notAsked, after != record.known {
                    plan.residencies.append(after)
                }
            }
            if changedLinks.contains(resident), let link = links[resident] {
                plan.links.append(link)
            }
        }
        plan.pmsUnits = changedPMSUnits
        return plan
    }
}

/// What tells one alert from another.
struct AlertCause: Hashable {
    let kind: AlertDraft.Kind
    let subject: String
}

/// A person, a unit and a folded first name: what a renewal under a new PMS id leaves unchanged.
struct AwaitedStay: Hashable {
    let person: PersonID
    let unit: UnitID
    let firstName: String
}
