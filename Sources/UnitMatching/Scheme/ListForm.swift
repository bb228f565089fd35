/// One way to read a side's list, applied to each of its records that allows it.
///
/// A form is a hypothesis: the one under which most units have a single equal on the other side is taken.
struct ListForm: Hashable, Sendable {
    /// Where a building stands in the unit's text, for records that name none otherwise.
    enum Split: Hashable, Sendable {
        case none
        /// In front: `2-104`.
        case front
        /// At the end: `104-2`.
        case back
        /// In front, without anything between, before a number padded to this many digits: `20104`.
        case glued(width: Int)
    }

    var split = Split.none
    /// Whether the floor's column is the first part of the unit, where the unit does not begin with it.
    var joinsFloor = false
    /// Tokens in front of most units, which say nothing: a property's code.
    var prefix: [Token] = []
}

/// What a record is called under a form: equal keys are equal designators.
struct UnitKey: Hashable, Sendable {
    var building: [Token]
    var unit: [Token]
}

extension ListForm {
    /// The key of a record.
    func key(_ record: UnitRecord, buildings: Set<[Token]>) -> UnitKey {
        var unit = record.unit.map(\.token)
        if !prefix.isEmpty, unit.count > prefix.count, unit.starts(with: prefix) {
            unit.removeFirst(prefix.count)
        }
        var building = record.building
        if building.isEmpty {
            if let found = cut(&unit, record, buildings) { building = found }
        }
        if joinsFloor, let floor = record.floor { join(floor, &unit, record) }
        return UnitKey(building: building, unit: unit)
    }

    private func join(_ floor: Token, _ unit: inout [Token], _ record: UnitRecord) {
        guard let first = unit.first else { return }
        guard let number = first.number else {
            // Lines are called by one letter or a few; PH and STORAGE name a floor of their own.
            if unit.count == 1, first.isLine { unit.insert(floor, at: 0) }
            return
        }
        guard let level = floor.number else { return }
        let width = record.unit.first { $0.token == first }?.width ?? 1
        if width == 2, level < 1000 {
            unit[0] = Token(number: level * 100 + number)
        } else if first != floor, !Self.begins(number, with: level) {
            unit.insert(floor, at: 0)
        }
    }

    private func cut(
        _ unit: inout [Token],
        _ record: UnitRecord,
        _ buildings: Set<[Token]>
    ) -> [Token]? {
        switch split {
        case .none: return nil
        case .front: return front(&unit, buildings)
        case .back:
            for count in stride(from: min(unit.count - 1, 3), through: 1, by: -1) {
                let back = Array(unit[(unit.count - count)...])
                if buildings.contains(back) {
                    unit.removeLast(count)
                    return back
                }
            }
        case .glued(let width):
            return glued(&unit, width, record, buildings) ?? front(&unit, buildings)
        }
        return nil
    }

    private func front(_ unit: inout [Token], _ buildings: Set<[Token]>) -> [Token]? {
        for count in stride(from: min(unit.count - 1, 3), through: 1, by: -1) {
            let front = Array(unit[..<count])
            guard buildings.contains(front) else { continue }
            unit.removeFirst(count)
            return front
        }
        return nil
    }

    private func glued(
        _ unit: inout [Token],
        _ width: Int,
        _ record: UnitRecord,
        _ buildings: Set<[Token]>
    ) -> [Token]? {
        guard width < 10, let first = unit.first, let number = first.number else { return nil }
        let scale = (0..<width).reduce(UInt64(1)) { scale, _ in scale * 10 }
        guard number >= scale,
            let written = record.unit.first(where: { $0.token == first }), written.width > width
        else { return nil }
        let front = [Token(number: number / scale)]
        guard buildings.contains(front) else { return nil }
        unit[0] = Token(number: number % scale)
        return front
    }

    /// Whether a number's digits begin with a floor's: 1204 is on floor 12.
    private static func begins(_ number: UInt64, with floor: UInt64) -> Bool {
        var rest = number
        while rest > floor { rest /= 10 }
        return rest == floor
    }
}
