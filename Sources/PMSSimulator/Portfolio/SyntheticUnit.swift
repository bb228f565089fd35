/// A unit of a synthetic property.
package struct SyntheticUnit: Sendable, Equatable {
    /// The PMS's id of the unit, unique in the portfolio.
    package let id: Int
    /// The PMS's id of the first space in it, numbered independently of the units.
    package let spaceID: Int
    /// How many beds are let by themselves; 1 for a unit that is let whole.
    package var beds = 1
    package let building: Int
    package let floor: Int
    /// The number on the door, unique in its building: 101 is the first of the first floor.
    package let number: String
    package let bedrooms: Int

    /// The PMS's id of the space that is that bed, from 0.
    func spaceID(ofBed bed: Int) -> Int { spaceID + bed * PropertyBuilder.FirstID.newcomer }

    /// What is written on that bed's door.
    func number(ofBed bed: Int) -> String {
        beds == 1 ? number : "\(number)-\(SyntheticBuilding.name(at: bed))"
    }
}
