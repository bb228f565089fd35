/// Both lists under the scheme learned from them, and what that proves.
struct Comparison {
    let pms: [UnitRecord]
    let units: [UnitRecord]
    let scheme: Scheme
    /// Other readings of the lists that explain nearly as much.
    let rivals: [Scheme]
    let words: WordTable

    /// For PMS units, by place, the unit that a rule proves it to be.
    func certain() -> [Int: Int] {
        let matches = scheme.matches
        guard isSupported(matches.count) else { return [:] }
        let evidence = Evidence(scheme, words)
        var certain: [Int: Int] = Dictionary(minimumCapacity: matches.count)
        for key in matches {
            guard let place = scheme.claims[key]?.first, let unit = scheme.places[key]?.first,
                doubt(place, unit, key, evidence) == nil
            else { continue }
            certain[place] = unit
        }
        for rival in rivals { drop(&certain, contradictedBy: rival) }
        return certain
    }

    /// What speaks against a pair of equal and single keys being the same unit.
    enum Doubt {
        case suspectText
        case renamedBuilding
        case noBuilding
        case building
        case confusable
        case bed
        case floor
        case unnamedBuilding
        case amenity
    }

    /// Takes out every pair of which another reading pairs one with something else.
    private func drop(_ certain: inout [Int: Int], contradictedBy rival: Scheme) {
        var owners: [Int: Int] = [:]
        for (place, unit) in certain { owners[unit] = place }
        for key in rival.matches {
            guard let place = rival.claims[key]?.first, let unit = rival.places[key]?.first else {
                continue
            }
            if let other = certain[place], other != unit { certain[place] = nil }
            if let owner = owners[unit], owner != place { certain[owner] = nil }
        }
    }

    func doubt(_ place: Int, _ unit: Int, _ key: UnitKey, _ evidence: Evidence) -> Doubt? {
        if pms[place].isSuspect || units[unit].isSuspect { return .suspectText }
        switch scheme.correspondence.kind {
        case .single: break
        case .renamed: return .renamedBuilding
        case .dropped: if !scheme.correspondence.isCollisionFree { return .noBuilding }
        case .several:
            if scheme.correspondence.doubtful.contains(scheme.pmsKeys[place].building) {
                return .building
            }
            if scheme.correspondence.unplaced.contains(key.unit) { return .unnamedBuilding }
        }
        if evidence.confusable.contains(key) { return .confusable }
        if evidence.mayBeBed(key, scheme) { return .bed }
        if DesignatorWords.isAmenity(key.unit) { return .amenity }
        let floors = (pms[place].floor, units[unit].floor)
        if let left = floors.0, let right = floors.1, left != right { return .floor }
        if isFloorUnclear(pms[place], scheme.pmsForm)
            || isFloorUnclear(units[unit], scheme.unitForm)
        {
            return .floor
        }
        return nil
    }

    /// Whether 12 on floor 1 may be 12 or 112.
    private func isFloorUnclear(_ record: UnitRecord, _ form: ListForm) -> Bool {
        guard form.joinsFloor, record.floor?.number != nil, let first = record.unit.first?.token
        else { return false }
        return first.number.map { (10..<100).contains($0) } ?? false
    }

    /// Whether so many units have a single equal that it is no chance.
    private func isSupported(_ count: Int) -> Bool {
        count * 2 >= min(pms.count, units.count)
    }
}

/// What both lists say about keys as a whole.
struct Evidence {
    /// Keys that others equal but for O and 0 or I, L and 1, unless both sides have all of them.
    let confusable: Set<UnitKey>
    /// What is left of a side's keys without a last part that may be a bed.
    private let stems: (pms: Set<UnitKey>, units: Set<UnitKey>)

    init(_ scheme: Scheme, _ words: WordTable) {
        stems = (
            Set(scheme.claims.keys.lazy.compactMap(Self.stem)),
            Set(scheme.places.keys.lazy.compactMap(Self.stem))
        )
        var groups: [String: [UnitKey]] = [:]
        func note(_ key: UnitKey) {
            guard let shape = Self.shape(key, words) else { return }
            groups[shape, default: []].append(key)
        }
        for key in scheme.claims.keys { note(key) }
        for key in scheme.places.keys where scheme.claims[key] == nil { note(key) }
        var doubtful: Set<UnitKey> = []
        for group in groups.values where group.count > 1 {
            let isMatched = group.allSatisfy {
                scheme.claims[$0]?.count == 1 && scheme.places[$0]?.count == 1
            }
            if !isMatched { doubtful.formUnion(group) }
        }
        confusable = doubtful
    }

    /// A key without its last part, where that is a letter or a digit as beds have.
    private static func stem(_ key: UnitKey) -> UnitKey? {
        guard key.unit.count > 1, let last = key.unit.last else { return nil }
        guard last.isLetter || last.number.map({ $0 < 10 }) ?? false else { return nil }
        return UnitKey(building: key.building, unit: Array(key.unit.dropLast()))
    }

    /// Whether the last part may be a bed on one side and belong to the unit on the other: what is before it
    /// is a unit, or this unit has beds, on one side alone.
    func mayBeBed(_ key: UnitKey, _ scheme: Scheme) -> Bool {
        if stems.pms.contains(key) != stems.units.contains(key) { return true }
        guard let stem = Self.stem(key) else { return false }
        return (scheme.claims[stem] == nil) != (scheme.places[stem] == nil)
    }

    /// A key as it looks to somebody who takes O for 0 and I or L for 1; nil where nothing in it can be
    /// taken so.
    static func shape(_ key: UnitKey, _ words: WordTable) -> String? {
        var isConfusable = false
        var shape = ""
        for token in key.building { shape += token.text(words) + " " }
        shape += "|"
        for token in key.unit {
            for byte in token.text(words).utf8 {
                switch byte {
                case UInt8(ascii: "o"), UInt8(ascii: "0"):
                    isConfusable = true
                    shape.append("0")
                case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "1"):
                    isConfusable = true
                    shape.append("1")
                default: shape.unicodeScalars.append(Unicode.Scalar(byte))
                }
            }
        }
        return isConfusable ? shape : nil
    }
}
