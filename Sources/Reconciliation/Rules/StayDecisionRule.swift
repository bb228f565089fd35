import LintelModel

/// What people decided about a person's stay in a unit: that it stays as it is, that it ends, that the brake
/// lets it go.
extension PlanDraft {
    static func fact(_ claims: [Claim]) -> String {
        Fact.stay(claims.map(\.record.afterwards))
    }

    static func fact(_ claims: [Claim], of all: [Claim]) -> String {
        Fact.stay(claims.map(\.record.afterwards), ofAll: all.map(\.record.afterwards))
    }

    /// What ended long ago in the PMS, and stayed here because somebody decided so, ends on the day on which
    /// the decision no longer holds.
    func endingNow(_ stay: Stay) -> [Claim] {
        guard !input.pins.isEmpty,
            input.pins[Pin.Cause(.stay, Fact.subject(stay.person, in: stay.unit))] != nil
        else { return stay.claims }
        return stay.claims.map { claim in
            guard claim.ending != nil, claim.end != nil, claim.end == claim.record.known?.endedOn
            else { return claim }
            var claim = claim
            claim.end = input.today
            claim.record.afterwards.endedOn = input.today
            return claim
        }
    }

    /// Whether somebody decided that a person and a unit stay as they are while the PMS says what it says.
    mutating func isPinned(
        _ person: PersonID,
        _ unit: UnitID,
        _ claims: [Claim],
        _ all: [Claim]
    ) -> Bool {
        guard !input.pins.isEmpty else { return false }
        let subject = Fact.subject(person, in: unit)
        return decision(on: .stay, subject, fact: Self.fact(claims, of: all)) != nil
    }

    /// Approvals of the brake: one whose removal this plan does is used up, one whose facts changed is void.
    mutating func judgeApprovals(
        _ person: PersonID,
        _ claims: [Claim],
        _ changes: inout [PlannedChange]
    ) {
        for pin in approvals[person] ?? [] {
            let planned = changes.firstIndex {
                $0.takesOrMoves && $0.unit.map { Fact.subject(person, in: $0) } == pin.cause.subject
            }
            let own = claims.filter { claim in
                claim.unit.map { Fact.subject(person, in: $0) } == pin.cause.subject
            }
            let fact = Self.fact(own, of: claims)
            guard decision(on: .removal, pin.cause.subject, fact: fact) != nil else { continue }
            if let planned {
                spend(pin)
                changes[planned].isUnstatedRemoval = false
            }
        }
    }

    /// A move-out day that has passed while the PMS still has everybody there living on ends nothing: it is
    /// asked about, and ends where somebody decided so.
    mutating func askWhetherOverdue(_ stay: inout Stay) {
        guard stay.claims.contains(where: { $0.kind == .lives(.current) }),
            let out = Self.expected(stay.claims)
        else { return }
        let grace = input.property.settings.daysLateOut
        guard out.adding(days: grace) < input.today else { return }
        let living = stay.claims.filter(\.lives)
        let fact = Self.fact(stay.claims)
        let subject = Fact.subject(stay.person, in: stay.unit)
        let pin = decision(on: Pin.Topic(.moveOutOverdue), subject, fact: fact)
        if pin?.action == .endNow, living.allSatisfy({ mayRemove($0.record) }) {
            stay.claims = stay.claims.map { claim in
                guard claim.lives else { return claim }
                var ending = claim
                ending.kind = .ends(.decided)
                ending.end = input.today
                return ending
            }
            return
        }
        let days = out.days(to: input.today)
        raise(
            AlertDraft(
                .moveOutOverdue,
                subject: subject,
                detail: "the move-out from \(label(of: stay.unit)) was stated for \(out), "
                    + "\(days) \(days == 1 ? "day" : "days") ago, and the PMS still says "
                    + Set(living.map(\.record.stated.statusWord)).sorted().joined(separator: ", "),
                residents: Set(living.map(\.record.resident.resident)).sorted(),
                fact: fact,
                waysOut: [.endNow, .keep],
                person: stay.person
            )
        )
    }
}
