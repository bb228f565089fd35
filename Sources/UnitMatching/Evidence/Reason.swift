extension Comparison {
    /// Why two designators are certainly one unit, in words.
    func reason(
        _ place: Int,
        _ unit: Int,
        _ pmsUnit: UnitDesignator,
        _ other: UnitDesignator
    ) -> String {
        var parts: [String] = []
        let key = scheme.pmsKeys[place]
        switch scheme.correspondence.kind {
        case .several:
            let from = name(key.building)
            let to = name(scheme.unitKeys[unit].building)
            if scheme.correspondence.renumbered.contains(key.building) {
                parts.append("building \(from) is \(to) there: their units are the same")
            } else {
                parts.append("building \(from) = \(to)")
            }
        case .dropped: parts.append("no two buildings have a unit of one name")
        case .single, .renamed: break
        }
        var equal = "\(pmsUnit.name) = \(other.name)"
        if pmsUnit.name == other.name { equal = pmsUnit.name + " on both sides" }
        let left = pms[place].unit
        let right = units[unit].unit
        if zip(left, right).contains(where: { $0.token == $1.token && $0.width != $1.width }) {
            equal += ", leading zeros"
        }
        parts.append(equal)
        for form in [scheme.pmsForm, scheme.unitForm] {
            if !form.prefix.isEmpty {
                parts.append("\(name(form.prefix)) stands before every unit")
            }
            if form.joinsFloor { parts.append("the floor is the first part of the unit") }
        }
        parts.append("no other unit fits")
        return parts.joined(separator: "; ")
    }

    private func name(_ tokens: [Token]) -> String {
        tokens.map { $0.text(words).uppercased() }.joined(separator: "-")
    }
}
