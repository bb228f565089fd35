package import LintelModel

/// The units of one fetch as they come, each once.
///
/// A unit that comes again with other facts may be another one under the same id: the first counts,
/// and who is said to be in it may be in either.
package struct UnitList: Sendable {
    /// How a unit stands to those that came before it.
    package enum Standing: Sendable {
        case new
        /// Its id came before, and nothing new is to be told of it.
        case repeated
        /// Its id came before, with other facts.
        case contradicting
    }

    /// The hash of the first unit of each id: a list may be long.
    private var known: [PMSUnitID: Int] = [:]
    /// Ids that came with different facts.
    private var ambiguous: Set<PMSUnitID> = []
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
            func note(_ message: String) {
                part.problems.append(
                    SnapshotProblem(.recordSkipped, at: place, "unit \(unit.id) \(message)")
                )
            }
            if unit.id.text.isEmpty || unit.id.text.utf8.contains(0) {
                part.miss(at: place, "a unit has no id")
                continue
            }
            switch take(unit) {
            case .new: part.units.append(unit)
            case .repeated: if !mayRepeat { note("is listed twice; the first counts") }
            case .contradicting:
                note("is listed twice, with another building, name or floor; the first counts")
            }
        }
    }

    /// Takes a unit, and tells how it stands to those before it.
    ///
    /// A contradiction is told once of each id.
    package mutating func take(_ unit: PMSUnit) -> Standing {
        guard let first = known[unit.id] else {
            known[unit.id] = unit.hashValue
            return .new
        }
        guard first != unit.hashValue, ambiguous.insert(unit.id).inserted else { return .repeated }
        return .contradicting
    }

    /// Checks that an id stands for one unit at most, and so says where somebody is.
    ///
    /// - Throws: ``UnreadableMember`` where it came with different facts.
    package func requireOne(_ unit: PMSUnitID) throws(UnreadableMember) {
        guard ambiguous.contains(unit) else { return }
        throw UnreadableMember(
            "unit \(VendorWords.clean(unit.text)) is listed with more than one building, name or "
                + "floor; expected one unit of that id"
        )
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

    package func contains(_ unit: PMSUnitID) -> Bool { known[unit] != nil }
}
