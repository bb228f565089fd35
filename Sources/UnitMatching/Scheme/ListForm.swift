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
        /// The first part, whether any building is known by that name or not.
        case first
        /// The last part, likewise.
        case last
    }

    var split = Split.none
    /// Whether the floor's column is the first part of the unit, where the unit does not begin with it.
    var joinsFloor = false
    /// By how many floors the column counts otherwise than the units do: ground floors are 0 or 1.
    var floorShift: Int64 = 0
    /// Tokens in front of most units, which say nothing: a property's code.
    var prefix: [Token] = []
}

extension ListForm {
    /// Whether buildings are taken from a part of the unit that no column and no word names.
    var isGuess: Bool { split == .first || split == .last }

    /// Whether a unit of several parts has something between its first or last part and the rest.
    static func isDivided(_ lexemes: ArraySlice<Lexeme>, at place: Int) -> Bool {
        guard lexemes.count > 1 else { return false }
        return lexemes[lexemes.startIndex + max(place, 1)].gap > .none
    }
}

/// What a record is called under a form: equal keys are equal designators.
struct UnitKey: Hashable, Sendable {
    /// Places in the tables of buildings and of units.
    var building: Int32
    var unit: Int32

    func hash(into hasher: inout Hasher) {
        hasher.combine(
            UInt64(UInt32(bitPattern: building)) << 32 | UInt64(UInt32(bitPattern: unit))
        )
    }
}

/// Makes keys of records: holds the table of units, which all forms share.
struct KeyMaker {
    private(set) var buildings: SequenceTable
    private(set) var units = SequenceTable()
    private var unit: [Token] = []

    /// How many buildings columns or words name; guesses come after them.
    private let namedCount: Int

    init(_ buildings: SequenceTable) {
        self.buildings = buildings
        namedCount = buildings.count
    }

    /// Whether a column or a word names a building.
    func isNamed(_ building: Int32) -> Bool {
        building != SequenceTable.empty && building < namedCount
    }

    /// The place of a building that a column or a word names.
    func named(_ name: ArraySlice<Token>) -> Int32? {
        guard let found = buildings.find(name), found < namedCount else { return nil }
        return found
    }

    /// The keys of a list's records under a form.
    mutating func keys(_ list: UnitList, _ form: ListForm) -> [UnitKey] {
        list.records.map { record in
            unit.removeAll(keepingCapacity: true)
            for lexeme in list.unit(record) { unit.append(lexeme.token) }
            let prefix = form.prefix
            if !prefix.isEmpty, unit.count > prefix.count, unit.starts(with: prefix) {
                unit.removeFirst(prefix.count)
            }
            var building = record.building
            if building == SequenceTable.empty, form.split != .none {
                building = cut(form.split, list.unit(record)) ?? building
            }
            if form.joinsFloor, let floor = record.floor {
                join(floor, form.floorShift, list.unit(record))
            }
            return UnitKey(building: building, unit: units.place(of: unit[...]))
        }
    }

    private mutating func join(_ floor: Token, _ shift: Int64, _ lexemes: ArraySlice<Lexeme>) {
        guard let first = unit.first else { return }
        var floor = floor
        if shift != 0 {
            guard let number = floor.number, Int64(number) + shift >= 0 else { return }
            floor = Token(number: UInt64(Int64(number) + shift))
        }
        guard let number = first.number else {
            // Lines are called by one letter or a few; PH and STORAGE name a floor of their own.
            if unit.count == 1, first.isLine { unit.insert(floor, at: 0) }
            return
        }
        guard let level = floor.number else { return }
        let width = lexemes.first { $0.token == first }?.width ?? 1
        if width == 2, level < 1000 {
            unit[0] = Token(number: level * 100 + number)
        } else if first != floor, !Self.begins(number, with: level) {
            unit.insert(floor, at: 0)
        }
    }

    private mutating func cut(_ split: ListForm.Split, _ lexemes: ArraySlice<Lexeme>) -> Int32? {
        switch split {
        case .none: nil
        case .front: cutFront()
        case .back: cutBack()
        case .glued(let width): cutGlued(width, lexemes) ?? cutFront()
        case .first: cutPart(0, lexemes)
        case .last: cutPart(unit.count - 1, lexemes)
        }
    }

    /// Takes the first or last part as a building where something stands between it and the rest.
    private mutating func cutPart(_ place: Int, _ lexemes: ArraySlice<Lexeme>) -> Int32? {
        guard ListForm.isDivided(lexemes, at: place), lexemes.count == unit.count else {
            return nil
        }
        return buildings.place(of: [unit.remove(at: place)])
    }

    private mutating func cutFront() -> Int32? {
        for count in stride(from: min(unit.count - 1, 3), through: 1, by: -1) {
            guard let found = named(unit[..<count]) else { continue }
            unit.removeFirst(count)
            return found
        }
        return nil
    }

    private mutating func cutBack() -> Int32? {
        for count in stride(from: min(unit.count - 1, 3), through: 1, by: -1) {
            guard let found = named(unit[(unit.count - count)...]) else { continue }
            unit.removeLast(count)
            return found
        }
        return nil
    }

    private mutating func cutGlued(_ width: Int, _ lexemes: ArraySlice<Lexeme>) -> Int32? {
        guard width < 10, let first = unit.first, let number = first.number else { return nil }
        let scale = (0..<width).reduce(UInt64(1)) { scale, _ in scale * 10 }
        guard number >= scale, let written = lexemes.first(where: { $0.token == first }),
            written.width > width
        else { return nil }
        // A building that the other side does not know is one all the same.
        unit[0] = Token(number: number % scale)
        return buildings.place(of: [Token(number: number / scale)])
    }

    /// Whether a number's digits begin with a floor's: 1204 is on floor 12.
    private static func begins(_ number: UInt64, with floor: UInt64) -> Bool {
        var rest = number
        while rest > floor { rest /= 10 }
        return rest == floor
    }
}
