/// Which building of the PMS is which of the other side.
struct BuildingCorrespondence: Sendable {
    enum Kind: Sendable, Equatable {
        /// One building at most on both sides; its name, where only one side gives it, says nothing.
        case single
        /// One building on both sides, under two names: nothing says that it is the same.
        case renamed
        /// One side tells several buildings apart and the other none.
        case dropped
        /// Several buildings, each with the one it corresponds to.
        case several
    }

    let kind: Kind
    /// For each PMS building the one on the other side.
    private var pairs: [[Token]: [Token]] = [:]
    /// PMS buildings whose counterpart the lists do not prove.
    private(set) var doubtful: Set<[Token]> = []
    /// PMS buildings that have another name on the other side, known by their units.
    private(set) var renumbered: Set<[Token]> = []
    /// Names of units that some record gives without a building, where others give one.
    private(set) var unplaced: Set<[Token]> = []
    /// Whether no two buildings have a unit of one name, so that names alone tell units apart.
    private(set) var isCollisionFree = false

    /// - Parameter isPrefixed: whether each side's form takes something from the front of units, which may be
    ///   a building's name.
    init(_ pms: [UnitKey], _ units: [UnitKey], isPrefixed: (pms: Bool, units: Bool)) {
        let left = Side(pms)
        let right = Side(units)
        switch (left.isNamed ? left.names.count : 0, right.isNamed ? right.names.count : 0) {
        case (0...1, 0...1):
            let isSame =
                left.names == right.names || !left.isNamed && !isPrefixed.pms
                || !right.isNamed && !isPrefixed.units
                || Self.joined(left.names.first).map { $0 == Self.joined(right.names.first) }
                    ?? false
            kind = isSame ? .single : .renamed
        case (0, _), (_, 0):
            kind = .dropped
            isCollisionFree = (left.isNamed ? left : right).isCollisionFree
        case (1, _) where left.names.isDisjoint(with: right.names),
            (_, 1) where left.names.isDisjoint(with: right.names):
            kind = .dropped
            isCollisionFree = (right.names.count > 1 ? right : left).isCollisionFree
        default:
            kind = .several
            pair(left, right)
            for key in pms + units where key.building.isEmpty { unplaced.insert(key.unit) }
        }
    }

    /// The key by which a PMS unit is looked up.
    func common(pms key: UnitKey) -> UnitKey {
        switch kind {
        case .single, .renamed, .dropped: UnitKey(building: [], unit: key.unit)
        case .several:
            UnitKey(
                building: pairs[key.building] ?? (key.building + [Self.nowhere]),
                unit: key.unit
            )
        }
    }

    /// The key by which a unit is found.
    func common(unit key: UnitKey) -> UnitKey {
        kind == .several ? key : UnitKey(building: [], unit: key.unit)
    }

    /// Marks a PMS building without a counterpart.
    private static let nowhere = Token(number: .max >> 3)

    private struct Side {
        var names: Set<[Token]> = []
        /// How many units each building has, and which.
        var sizes: [[Token]: Int] = [:]
        var byUnit: [[Token]: [[Token]]] = [:]
        var isNamed = false
        var isCollisionFree: Bool { byUnit.values.allSatisfy { $0.count == 1 } }

        init(_ keys: [UnitKey]) {
            var named = 0
            for key in keys where !key.building.isEmpty {
                named += 1
                names.insert(key.building)
            }
            isNamed = named * 2 > keys.count
            guard isNamed, names.count > 1 else { return }
            for key in keys where !key.building.isEmpty {
                if byUnit[key.unit]?.contains(key.building) == true { continue }
                sizes[key.building, default: 0] += 1
                byUnit[key.unit, default: []].append(key.building)
            }
        }
    }

    private static func joined(_ name: [Token]?) -> [UInt64]? {
        // 54-44 is 5444 where both are one building's names.
        guard let name, name.allSatisfy(\.isNumber) else { return nil }
        return [UInt64(name.compactMap { $0.number.map(String.init) }.joined()) ?? 0]
    }

    private mutating func pair(_ left: Side, _ right: Side) {
        var free = right.names
        var rest: [[Token]] = []
        var byJoined: [[UInt64]: [[Token]]] = [:]
        for name in right.names {
            if let joined = Self.joined(name) { byJoined[joined, default: []].append(name) }
        }
        for name in left.names {
            if right.names.contains(name) {
                pairs[name] = name
                free.remove(name)
            } else if let joined = Self.joined(name), let same = byJoined[joined], same.count == 1,
                left.names.count(where: { Self.joined($0) == joined }) == 1
            {
                pairs[name] = same[0]
                free.remove(same[0])
            } else {
                rest.append(name)
            }
        }
        // Records without a building, among others that have one, are equal only to such.
        pairs[[]] = []
        let overlap = Overlap(left.byUnit, right.byUnit)
        let kept = pairs.filter { !$0.key.isEmpty }
        pairRenumbered(rest, free, left, right, overlap)
        let isShifted =
            !rest.isEmpty && !free.isEmpty && Self.isShifted(left.names, right.names, kept.count)
        for name in kept.keys {
            let gain = leastGain(name, overlap)
            let size = left.sizes[name] ?? 0
            if gain <= -max(3, size / 5) || isShifted && gain < max(5, size / 4) {
                doubtful.insert(name)
            }
        }
    }

    /// Pairs buildings whose names are only on one side by the units they have in common.
    private mutating func pairRenumbered(
        _ rest: [[Token]],
        _ free: Set<[Token]>,
        _ left: Side,
        _ right: Side,
        _ overlap: Overlap
    ) {
        var taken: [[Token]: [[Token]]] = [:]
        for name in rest {
            guard let best = overlap.best(for: name, among: free) else { continue }
            let own = overlap[name, best]
            let smaller = min(left.sizes[name] ?? 0, right.sizes[best] ?? 0)
            guard own >= 3, own * 10 >= smaller * 6 else { continue }
            taken[best, default: []].append(name)
        }
        let found = taken.filter { $0.value.count == 1 }
        for (other, names) in found {
            pairs[names[0]] = other
            renumbered.insert(names[0])
        }
        let joined = Dictionary(grouping: left.names) { Self.joined($0) ?? [] }
        for (other, names) in found {
            let name = names[0]
            let own = overlap[name, other]
            let larger = max(left.sizes[name] ?? 0, right.sizes[other] ?? 0)
            // 54-40 beside 5440 may be one building or two.
            let isTwofold = Self.joined(name).map { (joined[$0]?.count ?? 0) > 1 } ?? false
            if isTwofold || own * 10 < larger * 7
                || leastGain(name, overlap) < max(5, own / 4)
                || free.contains(where: { $0 != other && own - overlap[name, $0] < max(5, own / 3) }
                )
            {
                doubtful.insert(name)
            }
        }
    }

    /// By how many units the lists agree better with a building's counterpart than with the best exchange of
    /// two counterparts: what is missing from a list makes a wrong exchange look good on one side only.
    private func leastGain(_ name: [Token], _ overlap: Overlap) -> Int {
        guard let other = pairs[name] else { return .min }
        let own = overlap[name, other]
        var least = Int.max
        for (next, partner) in pairs where next != name && !next.isEmpty {
            let gain =
                own + overlap[next, partner] - overlap[name, partner] - overlap[next, other]
            least = min(least, gain)
        }
        return least
    }

    /// How many units each two buildings have in common by name.
    private struct Overlap {
        private var counts: [[Token]: [[Token]: Int]] = [:]

        init(_ left: [[Token]: [[Token]]], _ right: [[Token]: [[Token]]]) {
            for (unit, names) in left {
                // A name that very many buildings have says little about which is which, and would be slow.
                guard let others = right[unit], names.count * others.count <= 400 else { continue }
                for name in names {
                    for other in others { counts[name, default: [:]][other, default: 0] += 1 }
                }
            }
        }

        subscript(name: [Token], other: [Token]) -> Int { counts[name]?[other] ?? 0 }

        /// The one of these with which a building has most units in common.
        func best(for name: [Token], among others: Set<[Token]>) -> [Token]? {
            let own = counts[name] ?? [:]
            return others.max { first, second in
                let (less, more) = (own[first] ?? 0, own[second] ?? 0)
                return less == more ? second.lexicographicallyPrecedes(first) : less < more
            }
        }
    }

    /// Whether one side counts its buildings from another number or letter than the other.
    private static func isShifted(_ left: Set<[Token]>, _ right: Set<[Token]>, _ kept: Int) -> Bool
    {
        let numbers = left.compactMap(ordinal)
        let others = Set(right.compactMap(ordinal))
        guard kept > 0, numbers.count == left.count, others.count == right.count else {
            return false
        }
        return Set(others.flatMap { other in numbers.map { other - $0 } }).contains { shift in
            shift != 0 && numbers.count { others.contains($0 + shift) } >= kept
        }
    }

    /// The place of a building among others that are called by a number or a letter.
    private static func ordinal(_ name: [Token]) -> Int64? {
        guard name.count == 1 else { return nil }
        if let number = name[0].number { return Int64(number) }
        return name[0].isLetter ? Int64(bitPattern: name[0].raw & 0xFF) : nil
    }
}
