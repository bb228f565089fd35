/// Both lists under the scheme learned from them, and what that proves.
struct Comparison {
    let pms: UnitList
    let units: UnitList
    let scheme: Scheme
    /// Other readings of the lists that explain nearly as much.
    let rivals: [Scheme]
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
        case otherReading
        case tooFew
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
        let correspondence = scheme.correspondence
        switch correspondence.kind {
        case .single: break
        case .renamed: return .renamedBuilding
        case .dropped: if !correspondence.isCollisionFree { return .noBuilding }
        case .several:
            if correspondence.doubtful.contains(scheme.pmsKeys[place].building) { return .building }
            if correspondence.unplaced.contains(key.unit) { return .unnamedBuilding }
        }
        if evidence.isConfusable(key) { return .confusable }
        if evidence.mayBeBed(key) { return .bed }
        if evidence.isAmenity(key) { return .amenity }
        if let floor = left.floor, let other = right.floor, floor != other { return .floor }
        if isFloorUnclear(left, pms, scheme.pmsForm)
            || isFloorUnclear(right, units, scheme.unitForm)
        {
            return .floor
        }
        return nil
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
