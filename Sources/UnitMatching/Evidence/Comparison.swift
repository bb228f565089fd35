/// Both lists under the scheme learned from them, and what that proves.
struct Comparison {
    let pms: [UnitRecord]
    let units: [UnitRecord]
    let scheme: Scheme
    let words: WordTable

    /// For PMS units, by place, the unit that a rule proves it to be.
    func certain() -> [Int: Int] {
        let matches = scheme.matches
        guard isSupported(matches.count) else { return [:] }
        let confusable = confusable(Set(matches))
        var certain: [Int: Int] = Dictionary(minimumCapacity: matches.count)
        for key in matches {
            guard let place = scheme.claims[key]?.first, let unit = scheme.places[key]?.first,
                doubt(place, unit, key, confusable) == nil
            else { continue }
            certain[place] = unit
        }
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
    }

    func doubt(_ place: Int, _ unit: Int, _ key: UnitKey, _ confusable: Set<UnitKey>) -> Doubt? {
        if pms[place].isSuspect || units[unit].isSuspect { return .suspectText }
        switch scheme.correspondence.kind {
        case .single: break
        case .renamed: return .renamedBuilding
        case .dropped: if !scheme.correspondence.isCollisionFree { return .noBuilding }
        case .several:
            if scheme.correspondence.doubtful.contains(scheme.pmsKeys[place].building) {
                return .building
            }
            if key.building.isEmpty { return .unnamedBuilding }
        }
        if confusable.contains(key) { return .confusable }
        if mayBeBed(key) { return .bed }
        if let left = pms[place].floor, let right = units[unit].floor, left != right {
            return .floor
        }
        return nil
    }

    /// Whether so many units have a single equal that it is no chance.
    private func isSupported(_ count: Int) -> Bool {
        count * 2 >= min(pms.count, units.count)
    }

    /// Whether the unit without its last part is a unit on one side and not on the other: then the last part
    /// may be a bed there and a unit here.
    private func mayBeBed(_ key: UnitKey) -> Bool {
        guard key.unit.count > 1, let last = key.unit.last else { return false }
        guard last.isLetter || last.number.map({ $0 < 10 }) ?? false else { return false }
        let stem = UnitKey(building: key.building, unit: Array(key.unit.dropLast()))
        return (scheme.claims[stem] == nil) != (scheme.places[stem] == nil)
    }

    /// Keys that others on either side equal but for O and 0 or I, L and 1, unless both sides have all of them.
    private func confusable(_ matches: Set<UnitKey>) -> Set<UnitKey> {
        var groups: [String: [UnitKey]] = [:]
        func note(_ key: UnitKey) {
            guard let shape = Self.shape(key, words) else { return }
            groups[shape, default: []].append(key)
        }
        for key in scheme.claims.keys { note(key) }
        for key in scheme.places.keys where scheme.claims[key] == nil { note(key) }
        var doubtful: Set<UnitKey> = []
        for group in groups.values where group.count > 1 && !matches.isSuperset(of: group) {
            doubtful.formUnion(group)
        }
        return doubtful
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
