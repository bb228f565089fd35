/// What tells one residency from another inside a PMS property.
package struct ResidencyKey: Hashable, Comparable, Sendable, Codable {
    package var resident: PMSResidentID
    /// The lease's id; empty where the PMS names none.
    package var lease: String
    /// The unit, or the space where the unit has several; nil where none is given yet.
    package var unit: PMSUnitID?

    package init(resident: PMSResidentID, lease: String, unit: PMSUnitID?) {
        self.resident = resident
        self.lease = lease
        self.unit = unit
    }

    /// The resident and the lease tell nearly all residencies apart: hashing the unit too would cost more than it
    /// spares.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(resident)
        hasher.combine(lease)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.resident.text, left.lease, left.unit?.text ?? "")
            < (right.resident.text, right.lease, right.unit?.text ?? "")
    }
}
