/// A unit as one side names it: a PMS or an access platform.
///
/// Nothing is expected of the texts but that a person wrote them: `4B`, `Apt 004-B`, `Bldg 2 — 04B` and a
/// floor in a column of its own all occur in one list.
public struct UnitDesignator: Sendable, Equatable {
    /// The side's own id, returned in proposals; it takes no part in matching.
    public let id: String
    /// The building's name; empty where the side names none.
    public let building: String
    /// The unit's name or number inside its building, as it is written.
    public let name: String
    /// The floor, where the side has a column for it; else empty.
    public let floor: String
    /// What the side shows for the whole unit; read only where building and name are empty.
    public let displayText: String

    /// A designator of these parts.
    public init(
        id: String,
        building: String = "",
        name: String,
        floor: String = "",
        displayText: String = ""
    ) {
        self.id = id
        self.building = building
        self.name = name
        self.floor = floor
        self.displayText = displayText
    }
}
