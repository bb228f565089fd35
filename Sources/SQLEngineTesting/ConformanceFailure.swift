/// A rule of the engines that a database broke: what was checked, what was found and expected.
package struct ConformanceFailure: Error, CustomStringConvertible {
    package let description: String
}

/// Fails unless two values are equal.
func expect<Value: Equatable>(_ what: String, _ found: Value, is expected: Value) throws {
    guard found == expected else {
        throw ConformanceFailure(description: "\(what): found \(found), expected \(expected)")
    }
}

/// Fails unless something holds.
func expect(_ what: String, _ holds: Bool) throws {
    guard holds else { throw ConformanceFailure(description: "\(what): does not hold") }
}
