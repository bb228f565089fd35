package import LintelModel

/// What every format says of everybody and nobody asks for: a test can search for it wherever something
/// is kept.
///
/// No number of the kind was ever given to anybody.
package enum PlantedFacts {
    /// A social security number of the range that is never assigned.
    package static let taxID = "900-55-1234"
    package static let birthDate = CivilDate(daysSince1970: -3254)
    package static let rent = 987_654
}
