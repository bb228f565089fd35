package import LintelModel

/// A PMS unit as the last applied snapshot left it, with its mapping.
package struct KnownPMSUnit: Sendable, Equatable {
    package var unit: PMSUnit
    /// Whether the last complete snapshot listed it.
    package var isListed: Bool
    /// Nil where nobody has said what it is.
    package var mapping: UnitMapping?

    package init(unit: PMSUnit, isListed: Bool = true, mapping: UnitMapping? = nil) {
        self.unit = unit
        self.isListed = isListed
        self.mapping = mapping
    }
}
