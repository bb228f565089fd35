/// Names as keys.
package enum PersonName {
    /// First and last name folded, with a separator that folding removes from either.
    package static func key(_ firstName: String, _ lastName: String) -> String {
        Folding.name(firstName) + " " + Folding.name(lastName)
    }
}
