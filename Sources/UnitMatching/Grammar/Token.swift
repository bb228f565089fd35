/// A number or a word of a designator, comparable at the cost of one integer.
///
/// Numbers compare by value, so that `012` is `12`. Words are lower case.
struct Token: Hashable, Comparable, Sendable {
    /// Two bits of tag, then the value, the letters of a short word, or the place of a long one.
    let raw: UInt64

    private static let numberTag: UInt64 = 0
    private static let shortTag: UInt64 = 1 << 62
    private static let longTag: UInt64 = 2 << 62

    /// A number below 10¹⁸.
    init(number: UInt64) { raw = Self.numberTag | number }

    /// A word of at most seven ASCII letters.
    init?(short word: some Collection<UInt8>) {
        guard word.count <= 7 else { return nil }
        var bits: UInt64 = 0
        for byte in word {
            guard byte < 0x80 else { return nil }
            bits = bits << 8 | UInt64(byte)
        }
        raw = Self.shortTag | bits
    }

    init(long place: Int) { raw = Self.longTag | UInt64(place) }

    var isNumber: Bool { raw >> 62 == 0 }

    /// The value of a number; nil for a word.
    var number: UInt64? { isNumber ? raw : nil }

    /// Whether it is one letter, as beds, lines and wings are called.
    var isLetter: Bool { raw >> 62 == 1 && raw & ~Self.shortTag < 0x100 }

    /// Whether it is a word of at most three letters, as the lines of a house are called: D, FG, EFG.
    var isLine: Bool {
        raw >> 62 == 1 && raw & ~Self.shortTag < 0x1_000_000 && self != .word("ph")
    }

    /// The letter of PHA, a penthouse called A; nil for any other word.
    var penthouse: Token? {
        let letters = raw & ~Self.shortTag
        guard raw >> 62 == 1, letters >> 8 == 0x7068, letters & 0xFF != 0 else { return nil }
        return Token(raw: Self.shortTag | letters & 0xFF)
    }

    private init(raw: UInt64) { self.raw = raw }

    /// The letters of a word of one or two, as bytes.
    var letters: [UInt8]? {
        guard raw >> 62 == 1, raw & ~Self.shortTag < 0x1_0000 else { return nil }
        let bytes = [raw >> 8, raw].map { UInt8(truncatingIfNeeded: $0) }.filter { $0 != 0 }
        return bytes.allSatisfy { $0 &- 0x61 < 26 } ? bytes : nil
    }

    static func < (left: Token, right: Token) -> Bool { left.raw < right.raw }

    /// A literal word of at most seven ASCII letters.
    static func word(_ text: StaticString) -> Token {
        text.withUTF8Buffer { Token(short: $0) ?? Token(long: .max >> 3) }
    }

    /// Hands over the bytes of the word, or the digits of the number.
    func forEachByte(_ words: WordTable, _ body: (UInt8) -> Void) {
        if let number {
            var scale: UInt64 = 1
            while number / scale >= 10 { scale *= 10 }
            while scale > 0 {
                body(UInt8(ascii: "0") + UInt8(number / scale % 10))
                scale /= 10
            }
        } else if raw >> 62 == 1 {
            let bits = raw & ~Self.shortTag
            for shift in stride(from: UInt64(48), through: 0, by: -8) {
                let byte = UInt8(truncatingIfNeeded: bits >> shift)
                if byte != 0 { body(byte) }
            }
        } else {
            for byte in words.long[Int(raw & ~(3 << 62))].utf8 { body(byte) }
        }
    }

    /// The word or number as text; long words are looked up.
    func text(_ words: WordTable) -> String {
        if let number { return String(number) }
        var letters: [UInt8] = []
        forEachByte(words) { letters.append($0) }
        return String(decoding: letters, as: UTF8.self)
    }
}

/// The words too long for a token of their own, each once.
struct WordTable: Sendable {
    private(set) var long: [String] = []
    private var places: [String: Int] = [:]

    /// The token of a lower-case word or a very long number.
    mutating func token(_ word: String) -> Token {
        if let short = Token(short: word.utf8) { return short }
        if let place = places[word] { return Token(long: place) }
        places[word] = long.count
        long.append(word)
        return Token(long: long.count - 1)
    }
}
