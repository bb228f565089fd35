package import LintelModel

/// The units of one fetch as they come, each once.
package struct UnitList: Sendable {
    private var known: Set<PMSUnitID> = []
    private let mayRepeat: Bool

    /// `mayRepeat` tells whether the vendor may list a unit more than once, as a rent roll does for its leases.
    package init(mayRepeat: Bool = false) {
        self.mayRepeat = mayRepeat
    }

    /// Adds a page of units to what a page states.
    package mutating func add(
        _ units: some Sequence<PMSUnit>,
        to part: inout SnapshotPart,
        at place: String
    ) {
        for unit in units {
            if unit.id.text.isEmpty || unit.id.text.utf8.contains(0) {
                part.miss(at: place, "a unit has no id")
            } else if known.insert(unit.id).inserted {
                part.units.append(unit)
            } else if !mayRepeat {
                part.problems.append(
                    SnapshotProblem(
                        .recordSkipped,
                        at: place,
                        "unit \(unit.id) is listed twice; the first counts"
                    )
                )
            }
        }
    }

    package func contains(_ unit: PMSUnitID) -> Bool { known.contains(unit) }
}
