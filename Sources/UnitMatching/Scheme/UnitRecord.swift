/// A designator taken apart: what its columns and words say, before the list as a whole is looked at.
struct UnitRecord: Sendable {
    /// The building by its column, or by a word in the unit's text; empty where neither names one.
    var building: [Token]
    var floor: Token?
    /// The unit, without words that say only that it is one.
    var unit: [Lexeme]
    var isSuspect: Bool
    /// Whether a spreadsheet may have made a date of it.
    var isDate = false
}

/// Takes designators apart, those of both lists with the same tables.
struct UnitParser {
    var lexer: Lexer
    let words: DesignatorWords

    init() {
        var lexer = Lexer()
        words = DesignatorWords(&lexer.words)
        self.lexer = lexer
    }

    /// One side's list, taken apart.
    ///
    /// - Parameters:
    ///   - designators: the list.
    ///   - known: buildings that columns name on either side, to tell where a building's name ends.
    mutating func parse(
        _ designators: [UnitDesignator],
        known: Set<[Token]>
    ) -> [UnitRecord] {
        designators.map { parse($0, known) }
    }

    /// The buildings that a list's building columns name.
    mutating func buildings(_ designators: [UnitDesignator]) -> Set<[Token]> {
        var texts = Set<String>()
        var found = Set<[Token]>()
        for designator in designators where !designator.building.isEmpty {
            guard texts.insert(designator.building).inserted else { continue }
            let building = name(lexer.lex(designator.building).lexemes)
            if !building.isEmpty { found.insert(building) }
        }
        return found
    }

    private mutating func parse(
        _ designator: UnitDesignator,
        _ known: Set<[Token]>
    ) -> UnitRecord {
        let building =
            designator.building.isEmpty ? LexedText() : lexer.lex(designator.building)
        let isNamed = !designator.name.isEmpty || !designator.building.isEmpty
        let text = lexer.lex(isNamed ? designator.name : designator.displayText)
        let floor = designator.floor.isEmpty ? nil : self.floor(lexer.lex(designator.floor).lexemes)
        var record = UnitRecord(
            building: name(building.lexemes),
            floor: floor,
            unit: [],
            isSuspect: building.isSuspect || text.isSuspect
        )
        var lexemes = text.lexemes
        if let split = self.building(in: &lexemes, known), record.building.isEmpty {
            record.building = split
        }
        record.unit = unit(lexemes, &record)
        return record
    }

    /// A building's name without the word for building.
    private func name(_ lexemes: [Lexeme]) -> [Token] {
        let kept = lexemes.filter {
            if case .building = words[$0.token] { return false }
            if case .unit = words[$0.token] { return false }
            return true
        }
        return (kept.isEmpty ? lexemes : kept).map { canonical($0.token) }
    }

    private func floor(_ lexemes: [Lexeme]) -> Token? {
        for lexeme in lexemes {
            switch words[lexeme.token] {
            case .floor: continue
            case .number(let value): return Token(number: value)
            default: return canonical(lexeme.token)
            }
        }
        return nil
    }

    private func canonical(_ token: Token) -> Token {
        if case .spelling(let common) = words[token] { return common }
        if case .number(let value) = words[token] { return Token(number: value) }
        return token
    }

    /// Takes `Bldg 2` out of a unit's text: from the word to where its name ends.
    private func building(in lexemes: inout [Lexeme], _ known: Set<[Token]>) -> [Token]? {
        guard
            let at = lexemes.firstIndex(where: {
                if case .building = words[$0.token] { return true }
                return false
            }), at + 1 < lexemes.count
        else { return nil }
        let rest = Array(lexemes[(at + 1)...])
        if at > 0 {
            // What follows the unit, as in `4B (Bldg 2)`, is the building to its end.
            lexemes.removeSubrange(at...)
            return rest.map { canonical($0.token) }
        }
        guard rest.count > 1 else { return nil }
        var length = 0
        for count in 1..<rest.count where known.contains(rest[..<count].map { canonical($0.token) })
        {
            length = count
        }
        if length == 0 {
            length =
                (1..<rest.count).first { rest[$0].gap == .wide }
                ?? (1..<rest.count).first { rest[$0].gap >= .space } ?? 1
        }
        lexemes = Array(rest[length...])
        return rest[..<length].map { canonical($0.token) }
    }

    /// What is left of a unit's text without noise, halves joined and spellings made one.
    private func unit(_ lexemes: [Lexeme], _ record: inout UnitRecord) -> [Lexeme] {
        var kept: [Lexeme] = []
        kept.reserveCapacity(lexemes.count)
        for (index, lexeme) in lexemes.enumerated() {
            var lexeme = lexeme
            if lexeme.token.isNumber {
                if lexeme.isAfterSlash, lexeme.token == Token(number: 2),
                    kept.last?.token == Token(number: 1), kept.count > 1
                {
                    kept[kept.count - 1].token = DesignatorWords.half
                    continue
                }
            } else {
                switch words[lexeme.token] {
                case .unit where lexemes.count > 1: continue
                case .spelling(let common) where !isOrdinal(lexeme, after: kept.last):
                    if DesignatorWords.fillers.contains(common), let last = kept.last?.token,
                        DesignatorWords.filled.contains(last)
                    {
                        continue
                    }
                    lexeme.token = common
                case .number(let value): lexeme.token = Token(number: value)
                case .floor where index + 1 < lexemes.count && lexemes[index + 1].token.isNumber:
                    continue
                case .month(let value) where isDate(index, lexemes):
                    lexeme.token = Token(number: value)
                    record.isDate = true
                default: if isOrdinal(lexeme, after: kept.last) { continue }
                }
            }
            kept.append(lexeme)
        }
        return kept.isEmpty ? lexemes : kept
    }

    /// Whether it is the `st` of 1st.
    private func isOrdinal(_ lexeme: Lexeme, after number: Lexeme?) -> Bool {
        guard let number, number.token.isNumber, lexeme.gap == .none else { return false }
        return DesignatorWords.ordinals.contains(lexeme.token)
    }

    /// Whether the month is one of two parts, the other a number: 19-May, Jan-32.
    private func isDate(_ index: Int, _ lexemes: [Lexeme]) -> Bool {
        lexemes.count == 2 && lexemes[1].gap == .tight && lexemes[1 - index].token.isNumber
    }
}
