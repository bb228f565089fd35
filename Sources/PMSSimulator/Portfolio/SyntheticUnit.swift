/// A unit of a synthetic property, with its one space.
package struct SyntheticUnit: Sendable, Equatable {
    /// The PMS's id of the unit, unique in the portfolio.
    package let id: Int
    /// The PMS's id of the space in it, numbered independently of the units.
    package let spaceID: Int
    package let building: Int
    package let floor: Int
    /// The number on the door, unique in its building: 101 is the first of the first floor.
    package let number: String
    package let bedrooms: Int
}
