package import LintelModel

/// A PMS unit as the last applied snapshot left it, with its mapping.
package struct KnownPMSUnit: Sendable, Equatable, Codable {
    package var unit: PMSUnit
    /// Whether the last complete snapshot listed it.
    package var isListed: Bool
    /// Nil where nobody has said what it is.
    package var mapping: UnitMapping?
    /// What the PMS called it when it was mapped; nil where it never was.
    package var mappedAs: String?

    package init(
        unit: PMSUnit,
        isListed: Bool = true,
        mapping: UnitMapping? = nil,
        mappedAs: String? = nil
    ) {
        self.unit = unit
        self.isListed = isListed
        self.mapping = mapping
        self.mappedAs = mappedAs
    }

    /// Whether the PMS gave it another name since it was mapped.
    package var isRenamed: Bool {
        guard mapping != nil, let mappedAs else { return false }
        return mappedAs != unit.label
    }
}
