package import LintelModel

extension Person {
    /// First and last name, folded for comparison.
    package var nameKey: String { PersonName.key(firstName, lastName) }
}
