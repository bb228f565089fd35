/// A number that no synthetic portfolio can have.
package struct PortfolioShapeError: Error, Equatable, CustomStringConvertible {
    /// What the number counts, as the command line names it.
    package let name: String
    package let found: String
    package let expected: String

    static func outOfRange(_ name: String, found: String, expected: String) -> Self {
        PortfolioShapeError(name: name, found: found, expected: expected)
    }

    package var description: String { "\(name) is \(found); expected \(expected)" }
}
