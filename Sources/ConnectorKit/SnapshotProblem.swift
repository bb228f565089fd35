/// Something in a snapshot that could not be read.
package struct SnapshotProblem: Sendable, Equatable {
    /// Whether the snapshot as a whole can still say who is absent.
    package enum Effect: String, Sendable {
        /// One record is not read; it counts as neither changed nor absent.
        case recordSkipped
        /// Records may be missing: the snapshot is incomplete and removes nobody.
        case incomplete
    }

    package let effect: Effect
    /// Where it was: a file with line and column, or an operation and page.
    package let place: String
    /// What was found and what was expected, without personal data.
    package let message: String

    package init(_ effect: Effect, at place: String, _ message: String) {
        self.effect = effect
        self.place = place
        self.message = message
    }
}
