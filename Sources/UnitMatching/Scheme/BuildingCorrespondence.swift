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
    /// Whether no two buildings have a unit of one name, so that names alone tell units apart.
    private(set) var isCollisionFree = false

    init(_ pms: [UnitKey], _ units: [UnitKey]) {
        let left = Side(pms)
        let right = Side(units)
        switch (left.isNamed ? left.names.count : 0, right.isNamed ? right.names.count : 0) {
        case (0...1, 0...1):
            let isSame =
                !left.isNamed || !right.isNamed || left.names == right.names
                || Self.joined(left.names.first) == Self.joined(right.names.first)
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
        }
    }

    /// The key by which a PMS unit is looked up.
    func common(pms key: UnitKey) -> UnitKey {
        switch kind {
        case .single, .renamed, .dropped: UnitKey(building: [], unit: key.unit)
        case .several:
            UnitKey(building: pairs[key.building] ?? (key.building + [Self.nowhere]), unit: key.unit)
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
        let shared = Self.shared(left, right)
        for (name, other) in pairs where !name.isEmpty {
            let own = shared[name]?[other] ?? 0
            let most = shared[name]?.filter { $0.key != other }.values.max() ?? 0
            if most > own + max(3, (left.sizes[name] ?? 0) / 5) { doubtful.insert(name) }
        }
        guard !rest.isEmpty, !free.isEmpty else { return }
        if pairs.count > 1, Self.isShifted(left.names, right.names, kept: pairs.count - 1) {
            for name in pairs.keys where !name.isEmpty && !isProven(name, left, right, shared) {
                doubtful.insert(name)
            }
        }
        var taken: [[Token]: [[Token]]] = [:]
        for name in rest {
            let counts = shared[name] ?? [:]
            guard
                let best = free.max(by: { first, second in
                    let (less, more) = (counts[first] ?? 0, counts[second] ?? 0)
                    return less == more
                        ? second.lexicographicallyPrecedes(first) : less < more
                })
            else { continue }
            let own = shared[name]?[best] ?? 0
            let size = min(left.sizes[name] ?? 0, right.sizes[best] ?? 0)
            guard own >= 3, own * 10 >= size * 6 else { continue }
            taken[best, default: []].append(name)
        }
        for (other, names) in taken where names.count == 1 {
            pairs[names[0]] = other
            renumbered.insert(names[0])
            if !isProven(names[0], left, right, shared) { doubtful.insert(names[0]) }
        }
    }

    /// Whether a building has clearly more units in common with its counterpart than with any other, and
    /// that one with it.
    private func isProven(
        _ name: [Token],
        _ left: Side,
        _ right: Side,
        _ shared: [[Token]: [[Token]: Int]]
    ) -> Bool {
        guard let other = pairs[name] else { return false }
        let own = shared[name]?[other] ?? 0
        let margin = max(3, own / 5)
        let elsewhere = shared[name]?.filter { $0.key != other }.values.max() ?? 0
        let others = shared.filter { $0.key != name }.compactMap { $0.value[other] }.max() ?? 0
        return own - elsewhere >= margin && own - others >= margin
            && own * 10 >= min(left.sizes[name] ?? 0, right.sizes[other] ?? 0) * 7
    }

    /// How many units each two buildings have in common by name.
    private static func shared(_ left: Side, _ right: Side) -> [[Token]: [[Token]: Int]] {
        var shared: [[Token]: [[Token]: Int]] = [:]
        for (unit, names) in left.byUnit {
            // A name that every building has says nothing about which is which, and many would be slow.
            guard let others = right.byUnit[unit], names.count * others.count <= 64 else { continue }
            for name in names {
                for other in others { shared[name, default: [:]][other, default: 0] += 1 }
            }
        }
        return shared
    }

    /// Whether one side counts its buildings from another number than the other.
    private static func isShifted(_ left: Set<[Token]>, _ right: Set<[Token]>, kept: Int) -> Bool {
        let numbers = left.compactMap { $0.count == 1 ? $0[0].number.map(Int64.init) : nil }
        let others = Set(right.compactMap { $0.count == 1 ? $0[0].number.map(Int64.init) : nil })
        guard numbers.count == left.count, others.count == right.count else { return false }
        for shift in [Int64(-2), -1, 1, 2, 10, 100, -10, -100] {
            if numbers.count(where: { others.contains($0 + shift) }) >= kept { return true }
        }
        return false
    }
}
