/// A person in a unit, from a date, until a date or open.
package struct Assignment: Sendable, Equatable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case upcoming
        case current
        case ended
    }

    /// Who put the person there.
    package enum Source: String, Sendable, Codable, CaseIterable {
        /// A sync did, from what the PMS states.
        case sync
        /// A person did, by hand.
        case manual
    }

    package var id: AssignmentID
    package var person: PersonID
    package var unit: UnitID
    package var state: State
    package var source: Source
    /// The first day.
    package var from: CivilDate
    /// The day it ended; nil while it is open.
    package var until: CivilDate?
    /// The instant it ended; nil while it is open.
    package var endedAt: Timestamp?
    /// The move-out day the PMS states, shown while the assignment is open; it ends nothing by itself.
    package var expectedUntil: CivilDate?

    package init(
        id: AssignmentID,
        person: PersonID,
        unit: UnitID,
        state: State,
        source: Source = .sync,
        from: CivilDate,
        until: CivilDate? = nil,
        endedAt: Timestamp? = nil,
        expectedUntil: CivilDate? = nil
    ) {
        self.id = id
        self.person = person
        self.unit = unit
        self.state = state
        self.source = source
        self.from = from
        self.until = until
        self.endedAt = endedAt
        self.expectedUntil = expectedUntil
    }

    package var isOpen: Bool { state != .ended }

    /// The assignment, ended on that day at that instant.
    package func ended(on day: CivilDate, at now: Timestamp) -> Assignment {
        var assignment = self
        assignment.state = .ended
        assignment.until = day
        assignment.endedAt = now
        assignment.expectedUntil = nil
        return assignment
    }

    /// The assignment, as if a person had put it there by hand.
    package var keptByHand: Assignment {
        var assignment = self
        assignment.source = .manual
        return assignment
    }
}
