/// Names of two parts as a person reads them, and as keys.
package enum PersonName {
    /// First and last name; a company has the latter alone.
    package static func full(_ firstName: String, _ lastName: String) -> String {
        [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// First and last name folded, with a separator that folding removes from either.
    package static func key(_ firstName: String, _ lastName: String) -> String {
        Folding.name(firstName) + " " + Folding.name(lastName)
    }
}
