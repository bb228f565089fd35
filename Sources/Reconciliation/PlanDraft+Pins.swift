import LintelModel

/// Decisions of people while a plan is made: a rule asks for the one on its cause, and one whose fact has
/// changed is spent.
extension PlanDraft {
    /// The decision on a cause, where its fact still stands.
    mutating func decision(on topic: Pin.Topic, _ subject: String, fact: String) -> Pin? {
        guard !input.pins.isEmpty, let pin = input.pins[Pin.Cause(topic, subject)] else {
            return nil
        }
        guard pin.fact == fact else {
            spentPins.insert(pin.id)
            return nil
        }
        heldPins.insert(pin.id)
        return pin
    }

    /// The decision on a resident's alert.
    mutating func decision(
        on kind: AlertDraft.Kind,
        of resident: ResidentPlan,
        fact: @autoclosure () -> String
    ) -> Pin? {
        guard !input.pins.isEmpty else { return nil }
        return decision(on: Pin.Topic(kind), Fact.subject(resident.key), fact: fact())
    }

    /// Has everybody whom a decision concerns planned again in every run, as long as it holds: spends those
    /// that are outlived.
    mutating func revisitPinned() {
        guard !input.pins.isEmpty else { return }
        spentPins.formUnion(outlivedPins())
        let holding = input.pins.values.filter { !spentPins.contains($0.id) }
        let pinned = Set(holding.compactMap(\.resident))
        let people = Set(holding.compactMap(\.person))
        for resident in residents
        where pinned.contains(resident.key)
            || resident.link.map({ people.contains($0.person) }) ?? false
        {
            resident.revisitEveryRun()
        }
    }

    /// Marks a decision as done: it took effect once and for all in this plan.
    mutating func spend(_ pin: Pin?) {
        if let pin { spentPins.insert(pin.id) }
    }

    /// Decisions nobody asked for although everything they are about was seen: their cause is gone.
    private func outlivedPins() -> [PinID] {
        var unseenResidents: Set<ResidentKey> = []
        var unseenPeople: Set<PersonID> = []
        var asked: Set<ResidentKey> = []
        for resident in residents {
            if resident.records.contains(where: { $0.sighting != .notAsked }) {
                asked.insert(resident.key)
            }
            guard resident.records.contains(where: { !isSeen($0) }) else { continue }
            unseenResidents.insert(resident.key)
            if let person = resident.link?.person { unseenPeople.insert(person) }
        }
        return input.pins.values.filter { pin in
            guard !heldPins.contains(pin.id), pin.cause.topic != .listing,
                pin.cause.topic != Pin.Topic(.heldPlan)
            else { return false }
            if let resident = pin.resident {
                return asked.contains(resident) && !unseenResidents.contains(resident)
            }
            if let person = pin.person {
                return input.property.settings.unitSync && input.people[person] != nil
                    && !unseenPeople.contains(person)
            }
            return true
        }
        .map(\.id)
    }

    /// Whether the snapshot says all there is to say of a record, or has nothing to say of it.
    private func isSeen(_ record: RecordPlan) -> Bool {
        switch record.sighting {
        case .listed, .notAsked: true
        case .unreadable: false
        case .notListed: mayRemove(record)
        }
    }
}
