import LintelModel

/// A plan in the making: the input, what the rules have found so far, and the directory as it will be.
struct PlanDraft {
    let input: PlanningInput
    let clock: CivilClock?
    var ids: IDGenerator

    /// Every resident in question, in the order in which rules look at them.
    let residents: [ResidentPlan]

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
    /// Stays that may be those of a record which waits for a decision.
    var awaited: Set<AwaitedStay> = []
    var changedPMSUnits: [AttachmentID: [KnownPMSUnit]] = [:]

    /// Decisions that held in this plan, those whose work it does, and those whose facts have changed.
    var heldPins: Set<PinID> = []
    var spentPins: Set<PinID> = []
    /// Residencies that a decision takes from one person and gives to another.
    var handedOver: [PersonID: [RecordPlan]] = [:]

    /// Approved removals by the person they concern.
    let approvals: [PersonID: [Pin]]

    /// Residents by the person they are or were, once somebody asks for them.
    private var linked: [PersonID: [ResidentPlan]]?

    init(_ input: PlanningInput, ids: IDGenerator) {
        self.input = input
        self.ids = ids
        clock = CivilClock(name: input.property.timeZone)
        people = input.people
        holders = input.holders
        // Room for everybody whom the plan may bring in.
        people.reserveCapacity(people.count + input.records.count)
        holders.reserveCapacity(holders.count + input.records.count)
        pmsUnits = input.attachments.mapValues(\.knownUnits)
        approvals = input.pins.values.reduce(into: [:]) { found, pin in
            guard pin.cause.topic == .removal, let person = pin.person else { return }
            found[person, default: []].append(pin)
        }
        var records: [(resident: ResidentKey, plan: RecordPlan)] = []
        records.reserveCapacity(input.records.count)
        for (key, record) in input.records {
            guard let plan = RecordPlan(record, key: key, input) else { continue }
            records.append((plan.resident, plan))
        }
        records.sort { left, right in
            let (mine, other) = (left.resident, right.resident)
            if mine.resident != other.resident { return mine.resident < other.resident }
            if mine.connection != other.connection { return mine.connection < other.connection }
            return left.plan.key < right.plan.key
        }
        var residents: [ResidentPlan] = []
        residents.reserveCapacity(records.count)
        var rest = records[...]
        while let key = rest.first?.resident {
            let own = rest.prefix { $0.resident == key }
            residents.append(ResidentPlan(key, own.map(\.plan), input.links[key]))
            rest = rest.dropFirst(own.count)
        }
        self.residents = residents
    }

    /// Whether a record's snapshot may take anything from anybody.
    func mayRemove(_ record: RecordPlan) -> Bool {
        input.attachments[record.key.attachment]?.isComplete ?? false
    }

    /// Says who a resident is.
    mutating func link(_ resident: ResidentPlan, _ link: ResidentLink) {
        resident.link = link
        linked?[link.person, default: []].append(resident)
    }

    /// The PMS residents who are this person as the plan stands.
    mutating func linkedResidents(of person: PersonID) -> [ResidentPlan] {
        let index =
            linked
            ?? Dictionary(
                grouping: residents.filter { $0.link != nil },
                by: { $0.link?.person ?? person }
            )
        linked = index
        return (index[person] ?? []).filter { $0.link?.person == person }
    }

    /// Lists an alert unless its cause is listed already.
    mutating func raise(_ alert: @autoclosure () -> AlertDraft, for cause: AlertCause) {
        guard raised.insert(cause).inserted else { return }
        alerts.append(alert())
    }

    /// Lists an alert unless its cause is listed already, or somebody decided to keep things as they are
    /// while its fact stands.
    mutating func raise(_ alert: AlertDraft) {
        let cause = AlertCause(kind: alert.kind, subject: alert.subject)
        guard !raised.contains(cause) else { return }
        let pin = decision(on: Pin.Topic(alert.kind), alert.subject, fact: alert.fact)
        guard pin?.action != .keep else { return }
        raise(alert, for: cause)
    }

    /// The plan, in its final order: people, then per person what begins before what ends.
    mutating func finished() -> Plan {
        revisitPinned()
        var plan = Plan(
            property: input.property.id,
            revision: input.revision,
            day: input.today
        )
        // Moved and not copied: there may be tens of thousands.
        swap(&plan.changes, &personChanges)
        plan.changes += assignmentChanges
        plan.alerts = alerts.sorted {
            ($0.kind.rawValue, $0.subject) < ($1.kind.rawValue, $1.subject)
        }
        plan.spentPins = spentPins.sorted()
        plan.frozen = residents.count { resident in
            resident.link != nil && resident.records.contains { $0.isFrozenByStatus }
        }
        plan.residencies.reserveCapacity(input.records.count)
        for resident in residents {
            for record in resident.records {
                let after = record.afterwards
                if record.sighting != .notAsked, after != record.known {
                    plan.residencies.append(after)
                }
            }
            if resident.isLinkChanged, let link = resident.link { plan.links.append(link) }
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
