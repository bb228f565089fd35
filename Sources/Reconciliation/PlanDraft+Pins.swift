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
        let pin = decision(on: Pin.Topic(kind), Fact.subject(resident.key), fact: fact())
        if let pin { decidedResidents[pin.id] = resident }
        return pin
    }

    /// Marks a decision as done: it took effect once and for all in this plan.
    mutating func spend(_ pin: Pin?) {
        if let pin { spentPins.insert(pin.id) }
    }

    /// Decisions nobody asked for although what they are about was looked at: their cause is gone.
    func outlivedPins() -> [PinID] {
        guard !input.pins.isEmpty else { return [] }
        let asked = Set(
            residents.filter { $0.records.contains { $0.sighting != .notAsked } }
                .map(\.key)
        )
        return input.pins.values.filter { pin in
            guard !heldPins.contains(pin.id), pin.cause.topic != .listing,
                pin.cause.topic != Pin.Topic(.heldPlan)
            else { return false }
            if let resident = pin.resident { return asked.contains(resident) }
            if let person = pin.person {
                return input.property.settings.unitSync && input.people[person] != nil
            }
            return true
        }
        .map(\.id)
    }
}
