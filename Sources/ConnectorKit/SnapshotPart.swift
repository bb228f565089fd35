package import LintelModel

/// What part of a snapshot states: units, residencies, and what could not be read.
package struct SnapshotPart: Sendable, Equatable {
    package var units: [PMSUnit] = []
    package var residencies: [PMSResidency] = []
    /// Residents that are listed but whose record could not be read: neither changed nor absent.
    package var unreadable: [PMSResidentID] = []
    /// What was wrong, for people.
    ///
    /// It says where, and what was expected, never a resident's name or address.
    package var problems: [SnapshotProblem] = []

    package init() {}

    package init(
        units: [PMSUnit] = [],
        residencies: [PMSResidency] = [],
        unreadable: [PMSResidentID] = [],
        problems: [SnapshotProblem] = []
    ) {
        self.units = units
        self.residencies = residencies
        self.unreadable = unreadable
        self.problems = problems
    }
}
