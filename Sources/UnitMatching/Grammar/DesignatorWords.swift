/// The words of designators: USPS Publication 28, appendix C2, and what property managers write beside it.
enum DesignatorWord: Sendable {
    /// Says only that a unit follows: APT, UNIT, STE, NO.
    case unit
    /// Says that a building follows: BLDG, TOWER, BLOCK.
    case building
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
        add(.unit, "apt apartment apartments unit units ste suite no num number nr flat residence")
        add(.building, "bldg building buildings bld bldng tower twr block blk")
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
            ("room", "rm"),
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
    /// What follows a number in 1st, 2nd, 3rd and 4th.
    static let ordinals: Set<Token> = [.word("st"), .word("nd"), .word("rd"), .word("th")]

    /// What a PMS has for bookkeeping, and a platform for doors that nobody lives behind.
    private static let amenities: Set<Token> = [
        .word("admin"), .word("model"), .word("office"), .word("wait"), .word("nonres"),
        .word("vacant"), .word("down"), .word("guest"), .word("gym"), .word("pool"), .word("gate"),
        .word("lobby"), .word("mail"), .word("laundry"), .word("leasing"), .word("roof"),
        .word("storage"), .word("parking"), .word("garage"), .word("common"), .word("test"),
        .word("misc"), .word("other"), .word("house"),
    ]

    private static let counted: Set<Token> = [.word("wait"), .word("test")]

    /// Whether a unit is called by such a word alone, or by one of them with a number that only counts it.
    static func isAmenity(_ unit: ArraySlice<Token>) -> Bool {
        guard let first = unit.first, amenities.contains(first) else { return false }
        return unit.count == 1 || unit.count == 2 && counted.contains(first)
    }

    /// Words that say nothing behind another: a parking space is a parking.
    static let fillers: Set<Token> = [
        .word("space"), .word("stall"), .word("spot"), .word("room"), .word("locker"),
    ]
    static let filled: Set<Token> = [.word("parking"), .word("storage"), .word("garage")]
}
