/// An apartment in Lintel.
///
/// Being in a unit opens no door by itself.
package struct Unit: Sendable, Equatable {
    package var id: UnitID
    package var property: PropertyID
    /// The building's name; empty in a property of one building.
    ///
    /// (building, name) is unique in a property.
    package var building: String
    package var name: String
    package var floor: String
    /// What another system calls it; unique in a property where given.
    package var externalID: String?

    package init(
        id: UnitID,
        property: PropertyID,
        building: String = "",
        name: String,
        floor: String = "",
        externalID: String? = nil
    ) {
        self.id = id
        self.property = property
        self.building = building
        self.name = name
        self.floor = floor
        self.externalID = externalID
    }

    /// The unit as a person reads it: `Bldg A — 12B`.
    package var label: String { building.isEmpty ? name : "\(building) — \(name)" }
}
