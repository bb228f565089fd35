/// Both lists read under one pair of forms: which buildings correspond, and which keys are equal.
struct Scheme: Sendable {
    /// What has a key: the first of each side, and how many.
    struct Entry: Sendable {
        var pms: Int32 = -1
        var pmsCount: Int32 = 0
        var unit: Int32 = -1
        var unitCount: Int32 = 0

        /// Whether one PMS unit and one unit have the key alone.
        var isMatch: Bool { pmsCount == 1 && unitCount == 1 }
    }

    let pmsForm: ListForm
    let unitForm: ListForm
    let pmsKeys: [UnitKey]
    let unitKeys: [UnitKey]
    let correspondence: BuildingCorrespondence
    /// By the keys that both sides have in common, see ``BuildingCorrespondence``.
    let entries: [UnitKey: Entry]
    let matchCount: Int

    init(
        _ pms: (form: ListForm, keys: [UnitKey]),
        _ units: (form: ListForm, keys: [UnitKey]),
        _ buildings: SequenceTable
    ) {
        (pmsForm, pmsKeys) = pms
        (unitForm, unitKeys) = units
        let correspondence = BuildingCorrespondence(
            pms.keys,
            units.keys,
            buildings,
            isPrefixed: (!pms.form.prefix.isEmpty, !units.form.prefix.isEmpty),
            isGuessed: (pms.form.isGuess, units.form.isGuess)
        )
        self.correspondence = correspondence
        var entries: [UnitKey: Entry] = Dictionary(
            minimumCapacity: max(pms.keys.count, units.keys.count)
        )
        for (place, key) in pms.keys.enumerated() {
            let common = correspondence.common(pms: key)
            entries[common, default: Entry()].note(pms: place)
        }
        for (place, key) in units.keys.enumerated() {
            let common = correspondence.common(unit: key)
            entries[common, default: Entry()].note(unit: place)
        }
        self.entries = entries
        matchCount = entries.values.count(where: \.isMatch)
    }

    /// The key of a PMS unit as both sides have it.
    func common(pms place: Int) -> UnitKey { correspondence.common(pms: pmsKeys[place]) }

    /// The key of a unit as both sides have it.
    func common(unit place: Int) -> UnitKey { correspondence.common(unit: unitKeys[place]) }
}

extension Scheme.Entry {
    fileprivate mutating func note(pms place: Int) {
        if pmsCount == 0 { pms = Int32(place) }
        pmsCount += 1
    }

    fileprivate mutating func note(unit place: Int) {
        if unitCount == 0 { unit = Int32(place) }
        unitCount += 1
    }
}
