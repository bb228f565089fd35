import LintelModel

/// Checks a plan against the laws that no rule may break, whatever it found.
///
/// It shares no code with the planner, so that one mistake does not hide the other. A plan that fails is
/// never applied.
package enum PlanChecker {
    /// One broken law, for people; names ids only.
    package struct Violation: Sendable, Equatable, CustomStringConvertible {
        package let law: String
        package let subject: String
        package var description: String { "\(law): \(subject)" }
    }

    /// Every law the plan breaks; empty for a sound plan.
    package static func violations(of plan: Plan, _ input: PlanningInput) -> [Violation] {
        var found: [Violation] = []
        if plan.property != input.property.id || plan.revision != input.revision {
            found.append(
                Violation(
                    law: "a plan names the revision it was made from",
                    subject: "\(plan.revision)"
                )
            )
        }
        checkPeople(plan, input, &found)
        checkEndings(plan, input, &found)
        checkGrants(plan, input, &found)
        checkOwners(plan, input, &found)
        checkOrder(plan, &found)
        checkBefore(plan, input, &found)
        checkPins(plan, input, &found)
        return found
    }

    /// No person has two e-mails, no e-mail two persons.
    private static func checkPeople(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        var emails: [PersonID: String?] = input.people.mapValues { $0.email.map(Folding.email) }
        emails.reserveCapacity(emails.count + plan.changes.count)
        for change in plan.changes {
            guard case .person(let before, let after) = change.change else { continue }
            if let before, before.id != after.id {
                found.append(Violation(law: "a change keeps its person", subject: after.id.text))
            }
            let email: String? = after.email.map(Folding.email)
            emails.updateValue(email, forKey: after.id)
        }
        var holders = input.holders
        for (email, person) in input.holders where emails[person] != .some(.some(email)) {
            if emails[person] != nil { holders[email] = nil }
        }
        holders.reserveCapacity(emails.count)
        for (person, email) in emails {
            guard let email else { continue }
            if let other = holders[email], other != person {
                found.append(
                    Violation(
                        law: "no e-mail address has two people",
                        subject: "\(person), \(other)"
                    )
                )
            }
            holders[email] = person
        }
    }

    /// An ending names its cause, and none comes from an incomplete snapshot or an unreadable record.
    private static func checkEndings(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        for change in plan.changes where change.isEnding || change.isUnstatedRemoval {
            if isByHand(change) { continue }
            guard let source = change.source, !change.reason.sentence.isEmpty,
                input.records[source] != nil
            else {
                found.append(
                    Violation(law: "an ending names its cause", subject: change.person.text)
                )
                continue
            }
            if input.attachments[source.attachment]?.isComplete != true {
                found.append(
                    Violation(
                        law: "an incomplete snapshot removes nobody",
                        subject: change.person.text
                    )
                )
            }
            if input.records[source]?.sighting == .unreadable {
                found.append(
                    Violation(
                        law: "what cannot be read removes nobody",
                        subject: change.person.text
                    )
                )
            }
            if case .assignment(let before?, let after) = change.change {
                if before.source == .manual, change.reason.code != .decided {
                    found.append(
                        Violation(
                            law: "what was done by hand is not undone by a sync",
                            subject: before.id.text
                        )
                    )
                }
                if change.isEnding, after.until == nil || after.endedAt == nil {
                    found.append(
                        Violation(law: "an ended assignment has its end", subject: after.id.text)
                    )
                }
            }
        }
    }

    /// Nobody is put anywhere but into the unit that the source's PMS unit is mapped to, and never twice.
    private static func checkGrants(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        struct Place: Hashable {
            let person: PersonID
            let unit: UnitID
        }
        let listed = plan.pmsUnits.mapValues { units in
            Dictionary(units.map { ($0.unit.id, $0.unit.parent) }) { first, _ in first }
        }
        var open: [Place: AssignmentID] = [:]
        for assignment in input.assignments.values.joined() where assignment.isOpen {
            open[Place(person: assignment.person, unit: assignment.unit)] = assignment.id
        }
        for change in plan.changes {
            guard case .assignment(_, let after) = change.change else { continue }
            let place = Place(person: after.person, unit: after.unit)
            guard after.isOpen else {
                if open[place] == after.id { open[place] = nil }
                continue
            }
            if let other = open[place], other != after.id {
                found.append(
                    Violation(law: "one open assignment a person and unit", subject: after.id.text)
                )
            }
            open[place] = after.id
            if change.isGrant, !isMapped(change.source, to: after.unit, listed, input) {
                found.append(
                    Violation(
                        law: "a resident's unit is the mapped one, never a guess",
                        subject: after.id.text
                    )
                )
            }
            if input.units[after.unit]?.property != input.property.id {
                found.append(
                    Violation(law: "a unit is of the plan's property", subject: after.unit.text)
                )
            }
        }
    }

    /// Nobody is given a unit through a resident who is somebody else, or nobody, once the plan is done.
    private static func checkOwners(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        var owners: [ResidentKey: PersonID?] = [:]
        owners.reserveCapacity(plan.links.count)
        for case .link(let before, let after) in plan.changes.lazy.map(\.change) {
            guard let resident = (after ?? before)?.resident else { continue }
            owners.updateValue(after?.person, forKey: resident)
        }
        for link in plan.links { owners.updateValue(link.person, forKey: link.resident) }
        for change in plan.changes where change.isGrant {
            // A grant without a source is found by the law of mapping.
            guard let source = change.source, let record = input.records[source] else { continue }
            let resident = ResidentKey(
                connection: record.connection,
                resident: source.residency.resident
            )
            let owner = owners[resident] ?? input.links[resident]?.person
            if owner != change.person {
                found.append(
                    Violation(
                        law: "a unit is given to whom the resident is",
                        subject: change.person.text
                    )
                )
            }
        }
    }

    private static func isMapped(
        _ source: RecordKey?,
        to unit: UnitID,
        _ listed: [AttachmentID: [PMSUnitID: PMSUnitID?]],
        _ input: PlanningInput
    ) -> Bool {
        guard let source, let pmsUnit = source.residency.unit,
            let known = input.attachments[source.attachment]?.knownUnits
        else { return false }
        if let mapping = known[pmsUnit]?.mapping { return mapping == .unit(unit) }
        let parent =
            known[pmsUnit]?.unit.parent ?? listed[source.attachment]?[pmsUnit] ?? nil
        return parent.flatMap { known[$0]?.mapping } == .unit(unit)
    }

    /// Every change of something starts from what the directory has.
    private static func checkBefore(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        // Where each was changed last.
        var assignments: [AssignmentID: Int] = [:]
        var people: [PersonID: Int] = [:]
        var links: [ResidentKey: ResidentLink?] = [:]
        assignments.reserveCapacity(plan.changes.count)
        people.reserveCapacity(plan.changes.count)
        func check(_ isTrue: Bool, _ subject: String) {
            guard !isTrue else { return }
            found.append(Violation(law: "a change starts from what is there", subject: subject))
        }
        for (index, change) in plan.changes.enumerated() {
            switch change.change {
            case .link(let before, let after):
                guard let resident = (after ?? before)?.resident else { continue }
                check((links[resident] ?? input.links[resident]) == before, resident.resident.text)
                links[resident] = after
            case .person(let before, let after):
                var there = input.people[after.id]
                if let earlier = people.updateValue(index, forKey: after.id),
                    case .person(_, let person) = plan.changes[earlier].change
                {
                    there = person
                }
                check(there == before, after.id.text)
            case .assignment(let before, let after):
                var there = input.assignments[after.person]?.first { $0.id == after.id }
                if let earlier = assignments.updateValue(index, forKey: after.id),
                    case .assignment(_, let assignment) = plan.changes[earlier].change
                {
                    there = assignment
                }
                check(there == before, after.id.text)
            }
        }
    }

    /// The days somebody gave for an assignment by hand are kept without the PMS.
    private static func isByHand(_ change: PlannedChange) -> Bool {
        guard case .assignment(let before?, let after) = change.change else { return false }
        return before.source == .manual && change.reason.code == .byHand
            && after.until != nil && before.expectedUntil != nil
    }

    /// What a person decided to leave as it is is left as it is while the decision holds.
    private static func checkPins(
        _ plan: Plan,
        _ input: PlanningInput,
        _ found: inout [Violation]
    ) {
        guard !input.pins.isEmpty else { return }
        let spent = Set(plan.spentPins)
        for case .assignment(_, let after) in plan.changes.map(\.change) {
            let subject = "\(after.person) \(after.unit)"
            if let pin = input.pins[Pin.Cause(.stay, subject)], !spent.contains(pin.id) {
                found.append(Violation(law: "what is pinned stays as it is", subject: subject))
            }
        }
    }

    /// A transfer grants before it revokes.
    private static func checkOrder(_ plan: Plan, _ found: inout [Violation]) {
        var ended: [PersonID: Set<UnitID>] = [:]
        for change in plan.changes {
            guard case .assignment(_, let after) = change.change else { continue }
            if change.isEnding { ended[after.person, default: []].insert(after.unit) }
            guard change.isGrant else { continue }
            // A later stay in the same unit follows its earlier one.
            if ended[after.person]?.remove(after.unit) == nil, ended[after.person]?.isEmpty == false
            {
                found.append(
                    Violation(
                        law: "a transfer grants before it revokes",
                        subject: after.person.text
                    )
                )
            }
        }
    }
}
