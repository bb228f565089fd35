/// What both lists as a whole say about their keys.
struct Evidence {
    private let scheme: Scheme
    /// What a unit looks like to somebody who takes O for 0 and I or L for 1, as a hash, by the unit's place;
    /// 0 where nothing in it can be taken so.
    private let shapes: [UInt64]
    /// Units of one such look, where there are several.
    private var twins: [UInt64: [Int32]] = [:]
    /// The place of a unit without its last part, where that part is a letter or a digit as beds have; else -1.
    private var stems: [Int32]
    private let amenities: Set<Int32>
    /// Keys under which a side has others with one more part.
    private var parents: (pms: Set<UnitKey>, units: Set<UnitKey>) = ([], [])

    init(_ scheme: Scheme, _ units: SequenceTable, _ words: WordTable) {
        self.scheme = scheme
        var shapes: [UInt64] = []
        shapes.reserveCapacity(units.count)
        stems = []
        stems.reserveCapacity(units.count)
        var amenities: Set<Int32> = []
        var looks: [UInt64: Int32] = Dictionary(minimumCapacity: units.count)
        for place in 0..<Int32(units.count) {
            let unit = units[place]
            let shape = Self.shape(unit, words)
            shapes.append(shape)
            if shape != 0 {
                if let twin = looks.updateValue(place, forKey: shape) {
                    twins[shape, default: [twin]].append(place)
                }
            }
            stems.append(Self.isBedLike(unit) ? units.find(unit.dropLast()) ?? -1 : -1)
            if DesignatorWords.isAmenity(unit) || DesignatorWords.isAmenity(unit.dropFirst()) {
                amenities.insert(place)
            }
        }
        self.shapes = shapes
        self.amenities = amenities
        for (key, entry) in scheme.entries {
            guard let stem = stem(of: key) else { continue }
            if entry.pmsCount > 0 { parents.pms.insert(stem) }
            if entry.unitCount > 0 { parents.units.insert(stem) }
        }
    }

    /// The look of a unit, see ``shapes``.
    func shape(of unit: Int32) -> UInt64 { shapes[Int(unit)] }

    /// The key of what a unit would be a bed of.
    func stem(of key: UnitKey) -> UnitKey? {
        let stem = stems[Int(key.unit)]
        return stem < 0 ? nil : UnitKey(building: key.building, unit: stem)
    }

    func isAmenity(_ key: UnitKey) -> Bool { amenities.contains(key.unit) }

    /// Whether others equal a key but for O and 0 or I, L and 1, unless both sides have all of them.
    func isConfusable(_ key: UnitKey) -> Bool {
        guard let twins = twins[shapes[Int(key.unit)]] else { return false }
        let group = twins.compactMap { scheme.entries[UnitKey(building: key.building, unit: $0)] }
        return group.count > 1 && !group.allSatisfy(\.isMatch)
    }

    /// Whether the last part may be a bed on one side and belong to the unit on the other: what is before it
    /// is a unit, or this unit has beds, on one side alone.
    func mayBeBed(_ key: UnitKey) -> Bool {
        if parents.pms.contains(key) != parents.units.contains(key) { return true }
        guard let stem = stem(of: key), let entry = scheme.entries[stem] else { return false }
        return (entry.pmsCount == 0) != (entry.unitCount == 0)
    }

    private static func isBedLike(_ unit: ArraySlice<Token>) -> Bool {
        guard unit.count > 1, let last = unit.last else { return false }
        return last.isLetter || last.number.map { $0 < 10 } ?? false
    }

    private static func shape(_ unit: ArraySlice<Token>, _ words: WordTable) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var isConfusable = false
        func note(_ byte: UInt8) {
            var byte = byte
            switch byte {
            case UInt8(ascii: "o"), UInt8(ascii: "0"): byte = UInt8(ascii: "0")
            case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "1"): byte = UInt8(ascii: "1")
            default:
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
                return
            }
            isConfusable = true
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        var isNumber = false
        for token in unit {
            // Two numbers had something between them: 1-11 does not look like 11-1.
            if isNumber, token.isNumber { note(UInt8(ascii: "-")) }
            isNumber = token.isNumber
            token.forEachByte(words, note)
        }
        return isConfusable ? max(hash, 1) : 0
    }
}
