import LintelModel

extension SnapshotPart {
    /// Notes a record that is not read; where not even its id could be, who is absent cannot be said.
    package mutating func skip(_ resident: String, at place: String, _ message: String) {
        if resident.isEmpty {
            problems.append(SnapshotProblem(.incomplete, at: place, message))
        } else {
            unreadable.append(PMSResidentID(resident))
            problems.append(SnapshotProblem(.recordSkipped, at: place, message))
        }
    }

    /// Notes that records may be missing.
    package mutating func miss(at place: String, _ message: String) {
        problems.append(SnapshotProblem(.incomplete, at: place, message))
    }
}
