/// What a PMS unit may be on the other side.
public struct UnitProposal: Sendable, Equatable {
    /// The id of the PMS unit.
    public let pmsUnit: String
    /// The id of the unit proposed.
    public let unit: String
    /// Whether a rule proves it; only such a proposal may be accepted without a person.
    public let isCertain: Bool
    /// Why, in words.
    public let reason: String
}
