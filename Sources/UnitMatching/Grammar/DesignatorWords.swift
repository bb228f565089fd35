/// The words of designators: USPS Publication 28, appendix C2, and what property managers write beside it.
enum DesignatorWord: Sendable {
    /// Says only that a unit follows, with a common spelling: APT, UNIT, STE, NO.
    case unit(Token)
    /// Says that a building follows, with a common spelling: BLDG, TOWER.
    case building(Token)
    /// Says that a floor follows: FL, LEVEL.
    case floor
    /// Another spelling of a word that tells units apart: PENTHOUSE is PH, STRG is STORAGE.
    case spelling(Token)
    /// A number in letters: first, two.
    case number(UInt64)
    /// A month as a spreadsheet writes it.
    case month(UInt64)
}

/// Which words mean what.
struct DesignatorWords: Sendable {
    private var meanings: [Token: DesignatorWord] = [:]

    /// The words this grammar knows, in a table of longer words that grows by them.
    init(_ words: inout WordTable) {
        func add(_ meaning: DesignatorWord, _ texts: String) {
            for text in texts.split(separator: " ") {
                meanings[words.token(String(text))] = meaning
            }
        }
        for (word, spellings) in [
            ("apt", "apt apartment apartments"), ("unit", "unit units"),
            ("ste", "ste suite suites"),
            ("no", "no num number nr"), ("flat", "flat"), ("home", "residence"),
        ] {
            add(.unit(words.token(word)), spellings)
        }
        add(.building(words.token("bldg")), "bldg building buildings bld bldng")
        add(.building(words.token("tower")), "tower twr")
        add(.floor, "fl flr floor level lvl")
        for (word, spellings) in [
            ("ph", "penthouse pnthse phse"),
            ("parking", "pkg pkng prkg prk ps pk"),
            ("storage", "stor strg stg stge storg strge"),
            ("commercial", "com comm cmrcl"),
            ("retail", "rtl ret"),
            ("office", "ofc off"),
            ("garage", "gar garg grge"),
            ("townhouse", "th twnhse townhome"),
            ("basement", "bsmt bsmnt basemnt"),
            ("room", "rm bedroom"),
            ("bed", "bd"),
            ("space", "spc"),
            ("front", "frnt"),
            ("upper", "uppr"),
            ("lower", "lowr"),
            ("lobby", "lbby"),
            ("hangar", "hngr hanger"),
            ("trailer", "trlr"),
            ("department", "dept"),
            ("garden", "grdn gdn"),
            ("mezzanine", "mezz"),
            ("locker", "lkr"),
            ("stall", "stl"),
            ("spot", ""),
        ] {
            let token = words.token(word)
            add(.spelling(token), spellings)
            meanings[token] = .spelling(token)
        }
        let numbers = [
            "one first", "two second", "three third", "four fourth", "five fifth", "six sixth",
            "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh",
            "twelve twelfth",
        ]
        for (index, texts) in numbers.enumerated() { add(.number(UInt64(index + 1)), texts) }
        let months = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        for (index, text) in months.enumerated() { add(.month(UInt64(index + 1)), text) }
    }

    subscript(token: Token) -> DesignatorWord? {
        token.isNumber || token.isLetter ? nil : meanings[token]
    }

    static let half = Token.word("half")
    static let floorWord = Token.word("floor")
    static let penthouse = Token.word("ph")
    static let beds: Set<Token> = [.word("room"), .word("bed")]
    /// What follows a number in 1st, 2nd, 3rd and 4th.
    static let ordinals: Set<Token> = [.word("st"), .word("nd"), .word("rd"), .word("th")]

    /// What a PMS has for bookkeeping, and a platform for doors that nobody lives behind.
    private static let amenities: Set<Token> = [
        .word("admin"), .word("club"), .word("common"), .word("down"), .word("gate"),
        .word("guest"), .word("gym"), .word("laundry"), .word("leasing"), .word("lobby"),
        .word("mail"), .word("misc"), .word("model"), .word("nonres"), .word("office"),
        .word("other"), .word("pool"), .word("roof"), .word("test"), .word("vacant"),
        .word("wait"),
    ]

    /// What is an amenity alone, and somebody's with a number.
    private static let stores: Set<Token> = [
        .word("garage"), .word("house"), .word("parking"), .word("storage"),
    ]

    /// Whether a unit is called by such a word, or by one of them with a number that only counts it.
    static func isAmenity(_ unit: ArraySlice<Token>) -> Bool {
        guard let first = unit.first, unit.count <= 2 else { return false }
        if stores.contains(first) { return unit.count == 1 }
        return amenities.contains(first) && (unit.count == 1 || unit.last?.isNumber ?? false)
    }

    /// Words that say nothing behind another: a parking space is a parking.
    static let fillers: Set<Token> = [.word("space"), .word("stall"), .word("spot")]
    static let filled: Set<Token> = [.word("parking"), .word("garage")]

    /// Whether a word tells a kind of unit apart, in any spelling.
    func isKind(_ token: Token) -> Bool {
        guard case .spelling = self[token] else { return false }
        return true
    }
}
