/// Which building of the PMS is which of the other side.
struct BuildingCorrespondence: Sendable {
    enum Kind: Sendable, Equatable {
        /// One building at most on both sides; its name, where only one side gives it, says nothing.
        case single
        /// One building on a side, under a name that the other side does not have: nothing says that it is the
        /// same, or which.
        case renamed
        /// One side tells several buildings apart and the other none.
        case dropped
        /// Several buildings, each with the one it corresponds to.
        case several
    }

    let kind: Kind
    /// For each PMS building the one on the other side.
    private var pairs: [Int32: Int32] = [:]
    /// PMS buildings whose counterpart the lists do not prove.
    private(set) var doubtful: Set<Int32> = []
    /// PMS buildings that have another name on the other side, known by their units.
    private(set) var renumbered: Set<Int32> = []
    /// Names of units that some record gives without a building, where others give one.
    private(set) var unplaced: Set<Int32> = []

    /// What both sides' keys say about their buildings.
    ///
    /// - Parameters:
    ///   - pms: the keys of the PMS units.
    ///   - units: the keys of the units.
    ///   - buildings: the table that the keys' buildings are places in.
    ///   - isPrefixed: whether each side's form takes something from the front of units, which may be a
    ///     building's name.
    ///   - isGuessed: whether each side's form takes a part of the unit as a building that nothing names.
    init(
        _ pms: [UnitKey],
        _ units: [UnitKey],
        _ buildings: SequenceTable,
        isPrefixed: (pms: Bool, units: Bool),
        isGuessed: (pms: Bool, units: Bool)
    ) {
        let left = Side(pms)
        let right = Side(units)
        switch (left.isNamed ? left.sizes.count : 0, right.isNamed ? right.sizes.count : 0) {
        case (0...1, 0...1):
            let names = (left.sizes.keys.first, right.sizes.keys.first)
            let isSame: Bool
            if left.isNamed, right.isNamed {
                isSame = names.0 == names.1 || Self.isJoined(names.0, names.1, buildings)
            } else if isGuessed.pms || isGuessed.units {
                // A part that all units have in front or at the end may be anything.
                isSame = !left.isNamed && !right.isNamed
            } else {
                isSame = !left.isNamed && !isPrefixed.pms || !right.isNamed && !isPrefixed.units
            }
            kind = isSame ? .single : .renamed
            if left.isNamed, right.isNamed, isSame, let name = names.0, let other = names.1 {
                pairs[name] = other
            }
        case (0, _), (_, 0):
            let names = Set(
                (left.isNamed ? left : right).sizes.keys.map { Self.joined($0, buildings) }
            )
            // 70-25 and 7025 in one list are one building.
            kind = names.count == 1 && !names.contains(nil) ? .single : .dropped
        case (1, _) where right.sizes[left.sizes.keys.first ?? 0] == nil,
            (_, 1) where left.sizes[right.sizes.keys.first ?? 0] == nil:
            kind = .renamed
        default:
            kind = .several
            pair(left, right, Overlap(pms, units), buildings)
            for key in pms where key.building == SequenceTable.empty { unplaced.insert(key.unit) }
            for key in units where key.building == SequenceTable.empty { unplaced.insert(key.unit) }
        }
    }

    /// Whether two names of the one building are equal, as far as spelling goes.
    func isSame(_ name: Int32, _ other: Int32) -> Bool {
        name == other || pairs[name] == other
    }

    /// The key by which a PMS unit is looked up.
    func common(pms key: UnitKey) -> UnitKey {
        switch kind {
        case .single, .renamed, .dropped: UnitKey(building: SequenceTable.empty, unit: key.unit)
        // A building without a counterpart has a key that nothing on the other side has.
        case .several:
            UnitKey(building: pairs[key.building] ?? -1 - key.building, unit: key.unit)
        }
    }

    /// The key by which a unit is found.
    func common(unit key: UnitKey) -> UnitKey {
        kind == .several ? key : UnitKey(building: SequenceTable.empty, unit: key.unit)
    }

    /// How a side names its buildings.
    private struct Side {
        /// How many units each building has.
        var sizes: [Int32: Int] = [:]
        /// Whether so many units have one that it tells them apart.
        let isNamed: Bool

        init(_ keys: [UnitKey]) {
            var named = 0
            var last: (building: Int32, count: Int) = (SequenceTable.empty, 0)
            for key in keys where key.building != SequenceTable.empty {
                named += 1
                if key.building != last.building {
                    if last.count > 0 { sizes[last.building, default: 0] += last.count }
                    last = (key.building, 0)
                }
                last.count += 1
            }
            if last.count > 0 { sizes[last.building, default: 0] += last.count }
            isNamed = named * 3 > keys.count
        }
    }

    /// A name of numbers alone, written in one: 54-40 is 5440.
    private static func joined(_ name: Int32, _ buildings: SequenceTable) -> UInt64? {
        let tokens = buildings[name]
        guard !tokens.isEmpty, tokens.allSatisfy(\.isNumber) else { return nil }
        return UInt64(tokens.compactMap { $0.number.map(String.init) }.joined())
    }

    /// Whether two names are one number, which one side writes with hyphens: 54-40 and 5440.
    private static func isJoined(
        _ left: Int32?,
        _ right: Int32?,
        _ buildings: SequenceTable
    ) -> Bool {
        guard let left, let right, let name = joined(left, buildings),
            name == joined(right, buildings)
        else { return false }
        let parts = [buildings[left], buildings[right]].sorted { $0.count < $1.count }
        // Of 1-11 and 11-1 nothing but 111 is equal.
        return parts[0].count == 1 && parts[1].count > 1
            && parts[1].allSatisfy { ($0.number ?? 0) >= 10 }
    }

    private mutating func pair(
        _ left: Side,
        _ right: Side,
        _ overlap: Overlap,
        _ buildings: SequenceTable
    ) {
        func byJoined(_ side: Side) -> [UInt64: [Int32]] {
            var names: [UInt64: [Int32]] = [:]
            for name in side.sizes.keys {
                if let joined = Self.joined(name, buildings) {
                    names[joined, default: []].append(name)
                }
            }
            return names
        }
        let joined = (left: byJoined(left), right: byJoined(right))
        var free = Set(right.sizes.keys)
        var rest: [Int32] = []
        for name in left.sizes.keys {
            if right.sizes[name] != nil {
                pairs[name] = name
                free.remove(name)
            } else if let number = Self.joined(name, buildings),
                let same = joined.right[number], same.count == 1, joined.left[number]?.count == 1,
                Self.isJoined(name, same[0], buildings)
            {
                pairs[name] = same[0]
                free.remove(same[0])
            } else {
                rest.append(name)
            }
        }
        let kept = Array(pairs.keys)
        let isShifted = Self.isShifted(left, right, buildings)
        let found = renumber(rest, free, left, right, overlap)
        // Where some buildings keep their names or have no counterpart, others are not renamed but missing.
        let isComplete = kept.isEmpty && found.count == rest.count && found.count == free.count
        let owners = Dictionary(pairs.map { ($0.value, $0.key) }, uniquingKeysWith: min)
        for name in kept {
            let gain = leastGain(name, overlap, owners)
            let size = left.sizes[name] ?? 0
            if gain <= -max(3, size / 5) || isShifted && gain < max(5, size / 4) {
                doubtful.insert(name)
            }
        }
        for (other, name) in found {
            let own = overlap[name, other]
            let larger = max(left.sizes[name] ?? 0, right.sizes[other] ?? 0)
            // 54-40 beside 5440 may be one building or two.
            let isTwofold =
                Self.joined(name, buildings).map { (joined.left[$0]?.count ?? 0) > 1 } ?? false
            if !isComplete || isTwofold || own * 10 < larger * 7
                || leastGain(name, overlap, owners) < max(5, own / 4)
            {
                doubtful.insert(name)
            }
        }
        // Records without a building, among others that have one, are equal only to such.
        pairs[SequenceTable.empty] = SequenceTable.empty
    }

    /// Pairs buildings whose names are only on one side by the units they have in common.
    private mutating func renumber(
        _ rest: [Int32],
        _ free: Set<Int32>,
        _ left: Side,
        _ right: Side,
        _ overlap: Overlap
    ) -> [(other: Int32, name: Int32)] {
        var taken: [Int32: [Int32]] = [:]
        for name in rest {
            guard let best = overlap.best(for: name, among: free) else { continue }
            let own = overlap[name, best]
            let smaller = min(left.sizes[name] ?? 0, right.sizes[best] ?? 0)
            guard own >= 3, own * 10 >= smaller * 6 else { continue }
            taken[best, default: []].append(name)
        }
        let found = taken.filter { $0.value.count == 1 }.map { (other: $0.key, name: $0.value[0]) }
        for (other, name) in found {
            pairs[name] = other
            renumbered.insert(name)
        }
        return found
    }

    /// By how many units the lists agree better with a building's counterpart than with the best exchange of
    /// two counterparts: what is missing from a list makes a wrong exchange look good on one side only.
    private func leastGain(_ name: Int32, _ overlap: Overlap, _ owners: [Int32: Int32]) -> Int {
        guard let other = pairs[name] else { return .min }
        let own = overlap[name, other]
        var least = own
        // Only buildings that have units in common with either can be exchanged to any gain.
        for (partner, count) in overlap.ofPMS(name) where partner != other {
            guard let next = owners[partner] else { continue }
            least = min(least, own + overlap[next, partner] - count - overlap[next, other])
        }
        for (next, count) in overlap.ofUnits(other) where next != name {
            guard let partner = pairs[next] else { continue }
            least = min(least, own + overlap[next, partner] - overlap[name, partner] - count)
        }
        return least
    }

    /// Whether one side may count its buildings from another number or letter than the other: both have some
    /// that the other lacks, and a shift finds as many as equal names do.
    private static func isShifted(_ left: Side, _ right: Side, _ buildings: SequenceTable) -> Bool {
        // Phase A, Phase B: what most have in front tells none apart.
        var fronts: [[Token]: Int] = [:]
        for name in left.sizes.keys { fronts[Array(buildings[name].dropLast()), default: 0] += 1 }
        guard let front = fronts.max(by: { $0.value < $1.value })?.key else { return false }
        let numbers = ordinals(left, front, buildings)
        let others = ordinals(right, front, buildings)
        // Doors and offices beside buildings have names of their own.
        guard numbers.count * 2 > left.sizes.count, others.count * 2 > right.sizes.count else {
            return false
        }
        let known = Set(others)
        let kept = numbers.count { known.contains($0) }
        guard kept > 0, kept < numbers.count, kept < others.count, let first = numbers.first,
            let last = numbers.last, let start = others.first, let end = others.last
        else { return false }
        var shifts: Set<Int64> = [start - first, end - last, 1, -1]
        if numbers.count * others.count <= 2_500 {
            shifts.formUnion(numbers.flatMap { number in others.map { $0 - number } })
        }
        return shifts.contains { shift in
            shift != 0 && numbers.count { known.contains($0 + shift) } >= kept
        }
    }

    private static func ordinals(
        _ side: Side,
        _ front: [Token],
        _ buildings: SequenceTable
    ) -> [Int64] {
        side.sizes.keys.compactMap { name in
            Array(buildings[name].dropLast()) == front ? ordinal(buildings[name].last) : nil
        }
        .sorted()
    }

    /// The place of a building among others that are called by a number or by letters, Z before AA.
    private static func ordinal(_ token: Token?) -> Int64? {
        guard let token else { return nil }
        if let number = token.number { return Int64(number) }
        return token.letters.map { $0.reduce(0) { $0 * 26 + Int64($1 - 0x60) } }
    }
}

/// How many units each two buildings have in common by name.
private struct Overlap {
    private var byPMS: [Int32: [Int32: Int]] = [:]
    private var byUnits: [Int32: [Int32: Int]] = [:]

    init(_ pms: [UnitKey], _ units: [UnitKey]) {
        let left = Self.sorted(pms)
        let right = Self.sorted(units)
        var (from, to) = (0, 0)
        while from < left.count, to < right.count {
            let (unit, other) = (left[from] >> 32, right[to] >> 32)
            if unit < other {
                from += 1
            } else if other < unit {
                to += 1
            } else {
                let ends = (
                    left[from...].firstIndex { $0 >> 32 != unit } ?? left.count,
                    right[to...].firstIndex { $0 >> 32 != unit } ?? right.count
                )
                // A name that very many buildings have says little about which is which, and would be slow.
                if (ends.0 - from) * (ends.1 - to) <= 400 {
                    note(left[from..<ends.0], right[to..<ends.1])
                }
                (from, to) = ends
            }
        }
    }

    private mutating func note(_ names: ArraySlice<UInt64>, _ others: ArraySlice<UInt64>) {
        for name in names {
            let name = Int32(truncatingIfNeeded: name)
            for other in others {
                let other = Int32(truncatingIfNeeded: other)
                byPMS[name, default: [:]][other, default: 0] += 1
                byUnits[other, default: [:]][name, default: 0] += 1
            }
        }
    }

    /// Units with their buildings, each pair once, by unit.
    private static func sorted(_ keys: [UnitKey]) -> [UInt64] {
        var pairs: [UInt64] = []
        pairs.reserveCapacity(keys.count)
        for key in keys where key.building != SequenceTable.empty {
            pairs.append(UInt64(key.unit) << 32 | UInt64(key.building))
        }
        pairs.sort()
        var last: UInt64 = .max
        pairs.removeAll { pair in
            defer { last = pair }
            return pair == last
        }
        return pairs
    }

    subscript(name: Int32, other: Int32) -> Int { byPMS[name]?[other] ?? 0 }

    func ofPMS(_ name: Int32) -> [Int32: Int] { byPMS[name] ?? [:] }

    func ofUnits(_ other: Int32) -> [Int32: Int] { byUnits[other] ?? [:] }

    /// The one of these with which a building has most units in common; of several, none.
    func best(for name: Int32, among others: Set<Int32>) -> Int32? {
        var best: (other: Int32, count: Int, isAlone: Bool)?
        for (other, count) in ofPMS(name) where others.contains(other) {
            if let found = best, count <= found.count {
                if count == found.count { best?.isAlone = false }
            } else {
                best = (other, count, true)
            }
        }
        guard let best, best.isAlone else { return nil }
        return best.other
    }
}
