/// Says in words why two designators are certainly one unit.
struct Reasons {
    private let comparison: Comparison
    private var buildings: [UnitKey: String] = [:]
    private let ending: String

    init(_ comparison: Comparison) {
        self.comparison = comparison
        var ending = ""
        let scheme = comparison.scheme
        for (form, side) in [(scheme.pmsForm, "the PMS"), (scheme.unitForm, "the other list")]
        where !form.prefix.isEmpty {
            ending += "; \(side) writes \(Self.name(form.prefix[...], comparison.words)) in front"
        }
        if scheme.pmsForm.joinsFloor || scheme.unitForm.joinsFloor {
            ending += "; the floor is the first part of the unit"
        }
        self.ending = ending + "; no other unit fits"
    }

    /// What is equal, by which reading.
    mutating func reason(
        _ place: Int,
        _ unit: Int,
        _ pmsUnit: UnitDesignator,
        _ other: UnitDesignator
    ) -> String {
        let building = self.building(
            comparison.scheme.pmsKeys[place].building,
            comparison.scheme.unitKeys[unit].building
        )
        var reason = ""
        reason.reserveCapacity(
            building.utf8.count + pmsUnit.name.utf8.count + other.name.utf8.count
                + ending.utf8.count + 24
        )
        reason += building
        reason += pmsUnit.name
        if pmsUnit.name == other.name {
            reason += " on both sides"
        } else {
            reason += " = "
            reason += other.name
            if hasOtherZeros(place, unit) { reason += ", leading zeros" }
        }
        reason += ending
        return reason
    }

    private func hasOtherZeros(_ place: Int, _ unit: Int) -> Bool {
        let left = comparison.pms.records[place].unit
        let right = comparison.units.records[unit].unit
        guard left.count == right.count else { return false }
        for offset in 0..<left.count {
            let one = comparison.pms.lexemes[left.lowerBound + offset]
            let two = comparison.units.lexemes[right.lowerBound + offset]
            if one.token == two.token, one.width != two.width, min(one.width, two.width) > 0 {
                return true
            }
        }
        return false
    }

    private mutating func building(_ name: Int32, _ other: Int32) -> String {
        let correspondence = comparison.scheme.correspondence
        switch correspondence.kind {
        case .single, .renamed, .dropped: return ""
        case .several: break
        }
        // Two places of buildings, like those of a building and a unit, make a key.
        let key = UnitKey(building: name, unit: other)
        if let known = buildings[key] { return known }
        let from = Self.name(comparison.buildings[name], comparison.words)
        let to = Self.name(comparison.buildings[other], comparison.words)
        let text =
            correspondence.renumbered.contains(name)
            ? "building \(from) is \(to) there, by the units they have; "
            : from == to ? "building \(from) on both sides; " : "building \(from) = \(to); "
        buildings[key] = text
        return text
    }

    private static func name(_ tokens: ArraySlice<Token>, _ words: WordTable) -> String {
        tokens.map { $0.text(words).uppercased() }.joined(separator: "-")
    }
}
