/// What one PMS unit may be on the other side, and how sure that is.
public struct UnitProposal: Sendable, Equatable {
    /// How much the lists prove.
    public enum Verdict: String, Sendable, Equatable, CaseIterable {
        /// A rule proves the first candidate; it may be accepted without a person.
        case certain
        /// The first candidate is most probably right, and a person should look.
        case likely
        /// Several candidates, or weak ones: a person must choose.
        case unclear
        /// Nothing on the other side resembles it.
        case noCounterpart = "no-counterpart"

        /// The verdict as people read it.
        public var words: String {
            switch self {
            case .certain, .likely, .unclear: rawValue
            case .noCounterpart: "no counterpart"
            }
        }
    }

    /// The id of the PMS unit.
    public let pmsUnit: String
    /// How much the lists prove.
    public let verdict: Verdict
    /// At most five, the best first; exactly one where the verdict is certain, none where it is
    /// ``Verdict/noCounterpart``.
    public let candidates: [UnitCandidate]
}

/// A unit that a PMS unit may be.
public struct UnitCandidate: Sendable, Equatable {
    /// The id of the unit.
    public let unit: String
    /// The share of proposals of this kind that were right, as the one unit of this PMS unit alone, on lists of
    /// real buildings: from 0 to 1.
    public let confidence: Double
    /// Whether the PMS unit is probably a bed or part of the unit, which several PMS units share.
    ///
    /// Then the confidence is low, however likely the apartment is.
    public let isShared: Bool
    /// Why, in words: what is equal, by which reading, and what speaks against certainty.
    public let reason: String

    init(unit: String, confidence: Double, isShared: Bool = false, reason: String) {
        self.unit = unit
        self.confidence = confidence
        self.isShared = isShared
        self.reason = reason
    }
}
