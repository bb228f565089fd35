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

    /// What one page of units states, from its records.
    ///
    /// - Parameters:
    ///   - rows: The records, those that are malformed among them.
    ///   - property: Whose units were asked for; one of another property is left out, and told.
    ///   - place: Where this is, for people.
    ///   - read: A record's unit, and the property it names; that is empty where it names none.
    /// - Returns: The units that are new, and what was wrong.
    package mutating func part<Record>(
        of rows: [JSONRow<Record>],
        in property: PMSPropertyID,
        at place: String,
        _ read: (Record) -> (property: String, unit: PMSUnit)
    ) -> SnapshotPart {
        var part = SnapshotPart()
        var units: [PMSUnit] = []
        for row in rows {
            guard case .record(let record) = row else {
                part.miss(at: place, "a unit's record is malformed")
                continue
            }
            let (named, unit) = read(record)
            guard named.isEmpty || named == property.text else {
                part.miss(at: place, "a unit of property \(named) came; it is left out")
                continue
            }
            units.append(unit)
        }
        add(units, to: &part, at: place)
        return part
    }

    package func contains(_ unit: PMSUnitID) -> Bool { known.contains(unit) }
}
