/// A side's list, each designator taken apart: what its columns and words say, before the list as a whole is
/// looked at.
struct UnitList: Sendable {
    struct Record: Sendable {
        /// The building by its column, or by a word in the unit's text; a place among the buildings.
        var building: Int32
        var floor: Token?
        /// The unit, without words that say only that it is one: a range of the list's lexemes.
        var unit: Range<Int>
        /// Whether its text looks like what it is not, or says two things.
        var isSuspect: Bool
        /// The word for a building that stood before its name, in its common spelling.
        var buildingWord: Token?
        /// The word for a unit that stood before it, in its common spelling.
        var word: Token?
        /// Whether a spreadsheet made a date of it, so that its parts may stand in either order.
        var isDate = false
    }

    var records: [Record] = []
    var lexemes: [Lexeme] = []

    var count: Int { records.count }

    func unit(_ record: Record) -> ArraySlice<Lexeme> { lexemes[record.unit] }
}

/// Takes the designators of both sides apart, with the same tables.
struct UnitParser {
    private(set) var lexer = Lexer()
    let words: DesignatorWords
    /// The buildings that columns or words name on either side.
    private(set) var buildings = SequenceTable()
    private var known: [String: Building] = [:]
    /// How many of them columns name: only these tell where a name ends inside a text.
    private var columnCount = 0
    private var scratch: [Lexeme] = []
    private var name: [Token] = []

    init() { words = DesignatorWords(&lexer.words) }

    /// Notes the buildings that a list's column names, so that texts can be cut where their names end.
    mutating func note(_ designators: [UnitDesignator]) {
        var last = ""
        for designator in designators where designator.building != last {
            last = designator.building
            _ = building(last)
        }
        columnCount = buildings.count
    }

    /// One side's list, taken apart.
    mutating func parse(_ designators: [UnitDesignator]) -> UnitList {
        var list = UnitList()
        list.records.reserveCapacity(designators.count)
        list.lexemes.reserveCapacity(designators.count * 3)
        var last = (text: "", found: building(""))
        for designator in designators {
            if designator.building != last.text {
                last = (designator.building, building(designator.building))
            }
            list.records.append(parse(designator, last.found, &list.lexemes))
        }
        return list
    }

    private struct Building {
        var place = SequenceTable.empty
        var isSuspect = false
        var word: Token?
    }

    private mutating func building(_ text: String) -> Building {
        if text.isEmpty { return Building() }
        if let found = known[text] { return found }
        var found = Building()
        found.isSuspect = lexer.lex(text, into: &scratch)
        found.place = buildings.place(of: named(scratch[...]))
        for lexeme in scratch {
            if case .building(let word) = words[lexeme.token] { found.word = word }
        }
        known[text] = found
        return found
    }

    private mutating func parse(
        _ designator: UnitDesignator,
        _ building: Building,
        _ lexemes: inout [Lexeme]
    ) -> UnitList.Record {
        var isFloorSuspect = false
        let floor = designator.floor.isEmpty ? nil : floor(designator.floor, &isFloorSuspect)
        let isNamed = !designator.name.isEmpty || !designator.building.isEmpty
        let isSuspect = lexer.lex(
            isNamed ? designator.name : designator.displayText,
            into: &scratch
        )
        var record = UnitList.Record(
            building: building.place,
            floor: floor,
            unit: 0..<0,
            isSuspect: building.isSuspect || isSuspect || isFloorSuspect,
            buildingWord: building.word
        )
        if let cut = cutBuilding(), cut != record.building {
            // A text that names another building than its column does is not to be trusted.
            if record.building == SequenceTable.empty {
                record.building = cut
            } else {
                record.isSuspect = true
            }
        }
        let start = lexemes.count
        appendUnit(&lexemes, &record)
        record.unit = start..<lexemes.count
        return record
    }

    /// A building's name without the word for building.
    private func named(_ lexemes: ArraySlice<Lexeme>) -> [Token] {
        let kept = lexemes.filter {
            switch words[$0.token] {
            case .building, .unit: false
            default: true
            }
        }
        return (kept.isEmpty ? lexemes : kept[...]).map { canonical($0.token) }
    }

    private mutating func floor(_ text: String, _ isSuspect: inout Bool) -> Token? {
        isSuspect = lexer.lex(text, into: &scratch)
        for lexeme in scratch {
            switch words[lexeme.token] {
            case .floor: continue
            case .number(let value): return Token(number: value)
            default: return canonical(lexeme.token)
            }
        }
        return nil
    }

    private func canonical(_ token: Token) -> Token {
        switch words[token] {
        case .spelling(let common): common
        case .number(let value): Token(number: value)
        default: token
        }
    }

    /// Takes `Bldg 2` out of the unit's text: from the word to where its name ends.
    private mutating func cutBuilding() -> Int32? {
        guard
            let at = scratch.firstIndex(where: {
                if case .building = words[$0.token] { return true }
                return false
            }), at + 1 < scratch.count
        else { return nil }
        let rest = scratch[(at + 1)...]
        if at > 0 {
            // What follows the unit, as in `4B (Bldg 2)`, is the building to its end.
            let place = buildings.place(of: rest.map { canonical($0.token) })
            scratch.removeSubrange(at...)
            return place
        }
        guard rest.count > 1 else { return nil }
        let tokens = rest.map { canonical($0.token) }
        var length = 0
        for count in 1..<rest.count {
            if let found = buildings.find(tokens[..<count]), found < columnCount { length = count }
        }
        let word = rest.dropFirst().firstIndex {
            if case .unit = words[$0.token] { return true }
            return false
        }
        if let word { length = word - at - 1 }
        if length == 0 {
            let gaps = (1..<rest.count).filter { scratch[at + 1 + $0].gap >= .space }
            length = gaps.first { scratch[at + 1 + $0].gap == .wide } ?? gaps.first ?? 1
        }
        scratch.removeSubrange(...(at + length))
        return buildings.place(of: tokens[..<length])
    }

    /// Appends what is left of the unit's text without noise, halves joined and spellings made one.
    private func appendUnit(_ kept: inout [Lexeme], _ record: inout UnitList.Record) {
        let start = kept.count
        if let date = spreadsheetDate() {
            kept += date
            record.isDate = true
            return
        }
        for (index, lexeme) in scratch.enumerated() {
            var lexeme = lexeme
            let last = kept.count > start ? kept[kept.count - 1] : nil
            if lexeme.token.isNumber {
                if lexeme.isAfterSlash, lexeme.token == Token(number: 2), let last,
                    last.token == Token(number: 1), !last.isAfterSlash, last.gap > .none,
                    kept.count > start + 1
                {
                    kept[kept.count - 1].token = DesignatorWords.half
                    continue
                }
            } else if let word = words[lexeme.token] {
                switch word {
                case .unit(let common) where scratch.count > 1:
                    record.word = record.word ?? common
                    continue
                case .spelling(let common) where !isOrdinal(lexeme, after: last):
                    // The room of an apartment, as in 101 Rm 2, is called like its bed.
                    if DesignatorWords.beds.contains(common), last != nil,
                        index == scratch.count - 2, isBedLike(scratch[index + 1].token)
                    {
                        continue
                    }
                    if DesignatorWords.fillers.contains(common), let last,
                        DesignatorWords.filled.contains(last.token)
                    {
                        continue
                    }
                    lexeme.token = common
                case .number(let value): lexeme.token = Token(number: value)
                case .floor
                where scratch.count > 2 && index + 1 < scratch.count
                    && scratch[index + 1].token.isNumber:
                    continue
                case .floor: lexeme.token = DesignatorWords.floorWord
                case .spelling:
                    // 4TH is the fourth, or a town house.
                    record.isSuspect = true
                    continue
                default: break
                }
            } else if isOrdinal(lexeme, after: last) {
                continue
            } else if let letter = lexeme.token.penthouse {
                lexeme.token = DesignatorWords.penthouse
                kept.append(lexeme)
                lexeme = Lexeme(token: letter, width: 0, gap: .none)
            }
            kept.append(lexeme)
        }
        if kept.count == start { kept += scratch }
    }

    private func isBedLike(_ token: Token) -> Bool {
        token.isLetter || token.number.map { $0 < 10 } ?? false
    }

    /// Whether it is the `st` of 1st.
    private func isOrdinal(_ lexeme: Lexeme, after number: Lexeme?) -> Bool {
        guard let number, number.token.isNumber, lexeme.gap == .none else { return false }
        return DesignatorWords.ordinals.contains(lexeme.token)
    }

    /// Month and day of `5-19` where a spreadsheet made a date of it: 19-May, May-19, 2026-05-19.
    private func spreadsheetDate() -> [Lexeme]? {
        func month(_ lexeme: Lexeme) -> Lexeme? {
            guard case .month(let value) = words[lexeme.token] else { return nil }
            return Lexeme(token: Token(number: value), width: 1, gap: .none)
        }
        if scratch.count == 2, scratch[1].gap == .tight {
            if scratch[0].token.isNumber, let month = month(scratch[1]) {
                return [month, scratch[0]]
            }
            if scratch[1].token.isNumber, let month = month(scratch[0]) {
                return [month, scratch[1]]
            }
        }
        // 2026-05-19, with or without a time of nothing but zeros.
        guard scratch.count == 3 || scratch.count == 6, scratch[0].width == 4,
            scratch[1].width == 2, scratch[2].width == 2, scratch[1].gap == .tight,
            scratch[2].gap == .tight,
            scratch[3...].allSatisfy({ $0.token == Token(number: 0) && $0.width == 2 }),
            let year = scratch[0].token.number, (1990...2099).contains(year),
            let month = scratch[1].token.number, (1...12).contains(month),
            let day = scratch[2].token.number, (1...31).contains(day)
        else { return nil }
        return [
            Lexeme(token: Token(number: month), width: 1, gap: .none),
            Lexeme(token: Token(number: day), width: 1, gap: .tight),
        ]
    }
}
