/// A unit as a PMS names it, or one space (bed) of a unit let by the bed.
package struct PMSUnit: Sendable, Hashable, Codable {
    /// The vendor's id; of a space, `UNIT/SPACE`, since vendors number the two independently.
    package var id: PMSUnitID
    /// The unit a space belongs to; nil for a unit.
    ///
    /// A space maps through its unit unless mapped itself.
    package var parent: PMSUnitID?
    package var building: String
    package var name: String
    package var floor: String

    package init(
        id: PMSUnitID,
        parent: PMSUnitID? = nil,
        building: String = "",
        name: String,
        floor: String = ""
    ) {
        self.id = id
        self.parent = parent
        self.building = building
        self.name = name
        self.floor = floor
    }

    /// The unit as a person reads it: `Bldg A — 12B`.
    package var label: String { building.isEmpty ? name : "\(building) — \(name)" }

    package var hash: ContentHash {
        ContentHash(of: [id.text, parent?.text, building, name, floor])
    }
}
