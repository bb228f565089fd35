import LintelModel

/// What one residency says about its person and one unit.
struct Claim {
    enum Kind: Equatable {
        /// The person lives there, or will.
        case lives(Assignment.State)
        /// Nothing may change through this residency.
        case holds
        /// The tenancy ends, for this reason.
        case ends(Reason.Code)
    }

    var kind: Kind
    let record: RecordPlan
    /// The unit it is about; nil where its PMS unit is unmapped, ignored or not given.
    let unit: UnitID?
    /// The first day, where the PMS or an earlier run tells one.
    let start: CivilDate?
    /// The last day of a tenancy that ends or has ended.
    var end: CivilDate?

    var lives: Bool {
        guard case .lives = kind else { return false }
        return true
    }

    /// Whether settling its unit ended it, an applicant's whose stay never began.
    var hasJustEnded: Bool {
        kind == .holds && record.afterwards.endedOn != nil && record.known?.endedOn == nil
    }

    /// Whether it is an ending, or became one in this plan.
    var isOver: Bool { ending != nil || hasJustEnded }

    /// Why it ends, where it does.
    var ending: Reason.Code? {
        guard case .ends(let code) = kind else { return nil }
        return code
    }

    /// Whether the first day is a move-in date and not only a lease's start, which moves at renewals.
    var hasMoveIn: Bool { record.stated.moveIn != nil }

    /// Whether the PMS states a move-out that is today or earlier.
    func hasStatedMoveOut(on today: CivilDate) -> Bool {
        record.stated.moveOut.map { $0 <= today } ?? false
    }
}
