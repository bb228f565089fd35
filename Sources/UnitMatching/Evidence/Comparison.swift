/// Both lists under the scheme learned from them, and what that proves.
struct Comparison {
    let pms: UnitList
    let units: UnitList
    let scheme: Scheme
    /// Other readings of the lists that explain nearly as much.
    let rivals: [Scheme]
    /// Keys that some record has under another reading of its own.
    let contested: Set<UnitKey>
    /// Words for a unit that both lists use: where they differ, so may the units.
    let sharedWords: Set<Token>
    /// Whether so many records of a side have no known building where others have theirs, that the part may
    /// be something else.
    let isSplitUnclear: (pms: Bool, units: Bool)
    /// Buildings that both sides have under two words, Tower 1 beside Building 1.
    let towers: Set<Int32>
    let evidence: Evidence
    let buildings: SequenceTable
    let unitNames: SequenceTable
    let words: WordTable

    /// What speaks against a pair of equal and single keys being the same unit.
    enum Doubt {
        case suspectText
        case renamedBuilding
        case noBuilding
        case building
        case unnamedBuilding
        case confusable
        case bed
        case floor
        case amenity
        case date
        case duplicate
        case nameless
        case otherReading
        case word
        case tooFew
    }

    init(
        pms: UnitList,
        units: UnitList,
        learned: SchemeLearner.Learned,
        words: WordTable
    ) {
        self.pms = pms
        self.units = units
        scheme = learned.best
        rivals = learned.rivals
        contested = learned.contested
        buildings = learned.buildings
        unitNames = learned.units
        self.words = words
        evidence = Evidence(learned.best, learned.units, words)
        sharedWords = Set(pms.records.lazy.compactMap(\.word))
            .intersection(units.records.lazy.compactMap(\.word))
        towers = Self.twofold(pms).intersection(Self.twofold(units))
        isSplitUnclear = (
            Self.isSplitUnclear(pms, scheme.pmsForm, scheme.pmsKeys),
            Self.isSplitUnclear(units, scheme.unitForm, scheme.unitKeys)
        )
    }

    /// Buildings whose name a list has behind two different words.
    private static func twofold(_ list: UnitList) -> Set<Int32> {
        var words: [Int32: Token] = [:]
        var twofold: Set<Int32> = []
        for record in list.records {
            guard let word = record.buildingWord else { continue }
            if let other = words.updateValue(word, forKey: record.building), other != word {
                twofold.insert(record.building)
            }
        }
        return twofold
    }

    private static func isSplitUnclear(
        _ list: UnitList,
        _ form: ListForm,
        _ keys: [UnitKey]
    ) -> Bool {
        guard form.split == .front || form.split == .back else { return false }
        var (known, unknown) = (0, 0)
        for (record, key) in zip(list.records, keys) where record.building == SequenceTable.empty {
            let place = form.split == .front ? 0 : record.unit.count - 1
            guard ListForm.isDivided(list.unit(record), at: place) else { continue }
            if key.building == SequenceTable.empty { unknown += 1 } else { known += 1 }
        }
        return unknown * 5 > known + unknown
    }

    /// For each PMS unit, by place, the unit that a rule proves it to be, or -1.
    func certain() -> [Int32] {
        var certain = [Int32](repeating: -1, count: pms.count)
        guard isSupported else { return certain }
        for (key, entry) in scheme.entries where entry.isMatch {
            if doubt(Int(entry.pms), Int(entry.unit), key) == nil {
                certain[Int(entry.pms)] = entry.unit
            }
        }
        guard !rivals.isEmpty else { return certain }
        var owners = [Int32](repeating: -1, count: units.count)
        for (place, unit) in certain.enumerated() where unit >= 0 {
            owners[Int(unit)] = Int32(place)
        }
        for rival in rivals {
            // What another reading pairs with something else is not certain.
            for entry in rival.entries.values where entry.isMatch {
                let (place, unit) = (Int(entry.pms), Int(entry.unit))
                if certain[place] == entry.unit,
                    rival.correspondence.doubtful.contains(rival.pmsKeys[place].building)
                {
                    certain[place] = -1
                }
                if certain[place] >= 0, certain[place] != entry.unit { certain[place] = -1 }
                if owners[unit] >= 0, owners[unit] != entry.pms { certain[Int(owners[unit])] = -1 }
            }
        }
        return certain
    }

    /// Whether so many units have a single equal that it is no chance.
    var isSupported: Bool { scheme.matchCount * 2 >= min(pms.count, units.count) }

    func doubt(_ place: Int, _ unit: Int, _ key: UnitKey) -> Doubt? {
        let (left, right) = (pms.records[place], units.records[unit])
        if left.isSuspect || right.isSuspect { return .suspectText }
        if key.unit == SequenceTable.empty { return .nameless }
        if let doubt = buildingDoubt(place, unit, key) { return doubt }
        if contested.contains(key) { return .duplicate }
        if evidence.isConfusable(key) { return .confusable }
        if evidence.mayBeBed(key) { return .bed }
        if evidence.isAmenity(key) { return .amenity }
        if let word = left.word, let other = right.word, word != other,
            sharedWords.contains(word), sharedWords.contains(other)
        {
            return .word
        }
        if left.isDate != right.isDate, mayBeTurned(key) { return .date }
        if left.buildingWord != right.buildingWord,
            towers.contains(scheme.pmsKeys[place].building)
        {
            return .building
        }
        if let floor = left.floor, let other = right.floor, floor != other { return .floor }
        if isFloorUnclear(left, pms, scheme.pmsForm)
            || isFloorUnclear(right, units, scheme.unitForm)
        {
            return .floor
        }
        return nil
    }

    private func buildingDoubt(_ place: Int, _ unit: Int, _ key: UnitKey) -> Doubt? {
        let correspondence = scheme.correspondence
        let (name, other) = (scheme.pmsKeys[place].building, scheme.unitKeys[unit].building)
        let isNamed = name != SequenceTable.empty && other != SequenceTable.empty
        switch correspondence.kind {
        case .single: if isNamed, !correspondence.isSame(name, other) { return .building }
        case .renamed: return .renamedBuilding
        case .dropped: return .noBuilding
        case .several:
            if correspondence.doubtful.contains(name) { return .building }
            if correspondence.unplaced.contains(key.unit) { return .unnamedBuilding }
        }
        if isSplitUnclear.pms && pms.records[place].building != name
            || isSplitUnclear.units && units.records[unit].building != other
        {
            return .bed
        }
        return nil
    }

    /// Whether what a spreadsheet made a date of may be another unit with month and day exchanged.
    private func mayBeTurned(_ key: UnitKey) -> Bool {
        let parts = unitNames[key.unit]
        guard let turned = unitNames.find(Array(parts.reversed())[...]), turned != key.unit else {
            return false
        }
        return scheme.entries[UnitKey(building: key.building, unit: turned)] != nil
    }

    /// Whether 12 on floor 1 may be 12 or 112.
    private func isFloorUnclear(
        _ record: UnitList.Record,
        _ list: UnitList,
        _ form: ListForm
    ) -> Bool {
        guard form.joinsFloor, record.floor?.number != nil,
            let number = list.unit(record).first?.token.number
        else { return false }
        return (10..<100).contains(number)
    }
}
