import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

/// The checker is held against plans that a faulty planner might make.
@Suite("The plan checker")
struct PlanCheckerTests {
    /// A sound sync of Ana's transfer from 101 to 102.
    static func transfer() -> SyncOutcome {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-10")
        story.transfer("r1", to: "102")
        return story.run()
    }

    static func laws(_ outcome: SyncOutcome, _ edit: (inout SyncOutcome) -> Void) -> [String] {
        var outcome = outcome
        edit(&outcome)
        return PlanChecker.violations(of: outcome.plan, outcome.input).map(\.law)
    }

    @Test("An ending from an incomplete snapshot is found")
    func incomplete() {
        let laws = Self.laws(Self.transfer()) {
            $0.input.attachments[Story.site]?.isComplete = false
        }
        #expect(laws == ["an incomplete snapshot removes nobody"])
    }

    @Test("An ending by a record that cannot be read is found")
    func unreadable() throws {
        let outcome = Self.transfer()
        let source = try #require(outcome.plan.changes.first(where: \.isEnding)?.source)
        let laws = Self.laws(outcome) { $0.input.records[source]?.sighting = .unreadable }
        #expect(laws == ["what cannot be read removes nobody"])
    }

    @Test("A plan from another revision is found")
    func revision() {
        #expect(
            Self.laws(Self.transfer()) { $0.plan.revision += 1 }
                == ["a plan names the revision it was made from"]
        )
    }

    @Test("Revoking before granting is found")
    func order() {
        #expect(
            Self.laws(Self.transfer()) { $0.plan.changes.reverse() }
                == ["a transfer grants before it revokes"]
        )
    }

    @Test("An ending without a cause, and one without an end, are found")
    func endings() {
        #expect(
            Self.laws(Self.transfer()) { $0.plan.changes[1].source = nil }
                == ["an ending names its cause"]
        )
        #expect(
            Self.laws(Self.transfer()) {
                guard case .assignment(let before, var after) = $0.plan.changes[1].change else {
                    return
                }
                after.endedAt = nil
                $0.plan.changes[1].change = .assignment(before: before, after: after)
            } == ["an ended assignment has its end"]
        )
    }

    @Test("A unit that nobody mapped is found")
    func guess() {
        #expect(
            Self.laws(Self.transfer()) {
                $0.input.attachments[Story.site]?.knownUnits[PMSUnitID("102")]?.mapping = nil
            } == ["a resident's unit is the mapped one, never a guess"]
        )
    }

    @Test("Ending what was done by hand is found")
    func byHand() {
        let outcome = Self.transfer()
        #expect(
            Self.laws(outcome) {
                guard case .assignment(var before?, let after) = $0.plan.changes[1].change else {
                    return
                }
                before.source = .manual
                $0.plan.changes[1].change = .assignment(before: before, after: after)
                $0.input.assignments = [before.person: [before]]
            } == ["what was done by hand is not undone by a sync"]
        )
    }

    @Test("A second person with an address, and a second open stay in a unit, are found")
    func doubles() {
        var story = Story.ana()
        let outcome = story.run()
        let doubled = Self.laws(outcome) {
            guard case .person(_, var person) = $0.plan.changes[0].change else { return }
            person.id = PersonID("other")
            person.email = "ANA.DIAZ@example.com"
            $0.plan.changes.append(
                PlannedChange(
                    .person(before: nil, after: person),
                    because: Reason(.newResident, "twice"),
                    source: nil
                )
            )
        }
        #expect(doubled == ["no e-mail address has two people"])
        let twice = Self.laws(outcome) {
            guard case .assignment(_, var stay) = $0.plan.changes[1].change else { return }
            stay.id = AssignmentID("other")
            $0.plan.changes.append(
                PlannedChange(
                    .assignment(before: nil, after: stay),
                    because: Reason(.moveIn, "twice"),
                    source: $0.plan.changes[1].source
                )
            )
        }
        #expect(twice == ["one open assignment a person and unit"])
    }

    @Test("A change that starts from something else than what is there is found")
    func stale() {
        #expect(
            Self.laws(Self.transfer()) {
                guard case .assignment(var before?, let after) = $0.plan.changes[1].change else {
                    return
                }
                before.from = before.from.adding(days: 1)
                $0.plan.changes[1].change = .assignment(before: before, after: after)
            } == ["a change starts from what is there"]
        )
    }

    @Test("A unit given to somebody else than the resident is found")
    func somebodyElse() {
        let law = ["a unit is given to whom the resident is"]
        let transfer = Self.laws(Self.transfer()) {
            for key in $0.input.links.keys { $0.input.links[key]?.person = PersonID("other") }
        }
        #expect(transfer == law)
        var story = Story.ana()
        let newcomer = Self.laws(story.run()) { $0.plan.links[0].person = PersonID("other") }
        #expect(newcomer == law)
        #expect(Self.laws(story.run()) { _ in } == [])
    }
}
