package import LintelModel

/// One change of the directory, with what it was before and what it is after.
///
/// Indirect, since plans are filtered and sorted and a change holds many texts.
package indirect enum Change: Sendable, Equatable, Codable {
    /// A person comes in (no `before`) or changes.
    case person(before: Person?, after: Person)
    /// A PMS resident is from now on this person, was another (`before`), or is nobody again (no `after`).
    case link(before: ResidentLink?, after: ResidentLink?)
    /// An assignment begins (no `before`), changes its dates or state, ends, or opens again.
    case assignment(before: Assignment?, after: Assignment)
}

/// A change with its place in the plan: why, from which record, and whether the brake counts it.
package struct PlannedChange: Sendable, Equatable, Codable {
    package var change: Change
    package var reason: Reason
    /// The residency whose facts caused it.
    package var source: RecordKey?
    /// Whether it takes a unit from somebody without a stated move-out.
    package var isUnstatedRemoval: Bool
    /// The hash of what the PMS says about this person and unit; nil where nothing was taken or moved.
    package var fact: String?

    package init(
        _ change: Change,
        because reason: Reason,
        source: RecordKey?,
        isUnstatedRemoval: Bool = false
    ) {
        self.change = change
        self.reason = reason
        self.source = source
        self.isUnstatedRemoval = isUnstatedRemoval
    }

    /// Whether an open assignment gets a first or an earlier move-out date, or ends by one that it did not have
    /// before.
    package var isEarlierMoveOut: Bool {
        guard case .assignment(let before?, let after) = change, before.isOpen else { return false }
        let date: CivilDate?
        if after.isOpen {
            date = after.expectedUntil
        } else {
            let isByPerson = [.decided, .byHand, .undone].contains(reason.code)
            date = isByPerson || isUnstatedRemoval ? nil : after.until
        }
        guard let date else { return false }
        return before.expectedUntil.map { date < $0 } ?? true
    }

    /// Whether an assignment that was open is not open afterwards.
    package var isEnding: Bool {
        guard case .assignment(let before?, let after) = change else { return false }
        return before.isOpen && !after.isOpen
    }

    /// Whether an assignment is open that was not before.
    package var isGrant: Bool {
        guard case .assignment(let before, let after) = change else { return false }
        return after.isOpen && !(before?.isOpen ?? false)
    }

    /// Whether it is one that the brake counts.
    package var takesOrMoves: Bool { isUnstatedRemoval || isEarlierMoveOut }

    /// The unit of an assignment; nil for other changes.
    package var unit: UnitID? {
        guard case .assignment(_, let after) = change else { return nil }
        return after.unit
    }

    /// Whose change it is.
    package var person: PersonID {
        switch change {
        case .person(_, let after): after.id
        case .link(let before, let after): (after ?? before)?.person ?? PersonID("")
        case .assignment(_, let after): after.person
        }
    }
}
