import Testing

/// Two small lists that say something about matching, and the name of the golden file that tells what.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// What a property manager should take from it; the first line of the golden file.
    let about: String
    let pms: String
    let units: String

    init(_ name: String, _ about: String, pms: String, units: String) {
        (self.name, self.about, self.pms, self.units) = (name, about, pms, units)
    }

    var testDescription: String { name }

    static let all =
        spelling + floors + buildings + buildingNames + slips + duplicates + beds + amenities
        + hostile
}
