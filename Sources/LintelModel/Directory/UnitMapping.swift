/// What a PMS unit is on our side.
package enum UnitMapping: Sendable, Equatable, Codable {
    /// The PMS unit is this unit.
    case unit(UnitID)
    /// Nobody is ever assigned through this PMS unit: a parking space, a model apartment.
    case ignored
}
