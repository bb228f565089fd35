/// Makes time-ordered ids of 15 characters, strictly increasing also inside one millisecond and under a
/// clock that stands still or steps back.
///
/// 42 bits of milliseconds since 1970 and 33 of counter, five bits a character in Crockford's base 32 in
/// lower case, which every collation orders as the numbers are ordered and which leaves out `i`, `l`, `o`
/// and `u`. Fifteen bytes are what a Swift string holds without an allocation. Random order would cost a
/// database half its speed: each insertion would touch another page.
package struct IDGenerator: Sendable {
    /// How many characters an id may have: 15, or the 36 of the UUIDs that older databases hold.
    package static let lengths = [15, 36]

    private static let counterBits: UInt64 = 33
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private var milliseconds: UInt64 = 0
    private var counter: UInt64 = 0
    private var random: any RandomNumberGenerator & Sendable

    /// - Parameter random: where two generators of one millisecond part; a seeded one makes tests repeat.
    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
    }

    /// The next id, greater than every id this generator made before.
    package mutating func next<Kind>(
        _ kind: Kind.Type = Kind.self,
        at now: Timestamp
    ) -> Identifier<Kind> {
        let clock = UInt64(max(0, now.milliseconds))
        if clock > milliseconds {
            milliseconds = clock
            // The counter starts in its lower half, so that a millisecond has room for four billion ids.
            counter = random.next() >> (64 - Self.counterBits + 1)
        } else {
            // Beyond what its bits hold it carries into those of the time.
            counter += 1
        }
        return Identifier(Self.text(milliseconds, counter))
    }

    /// A text below every id made at that time or later, and above every one made before.
    package static func lowest(at time: Timestamp) -> String {
        text(UInt64(max(0, time.milliseconds)), 0)
    }

    /// Whether a word is written as ids are, those of older databases included.
    package static func isID(_ word: some StringProtocol) -> Bool {
        let bytes = word.utf8
        guard lengths.contains(bytes.count) else { return false }
        let letters = bytes.filter { $0 != UInt8(ascii: "-") }
        return letters.count == (bytes.count == 36 ? 32 : 15)
            && letters.allSatisfy { digits.contains($0) }
    }

    private static func text(_ milliseconds: UInt64, _ counter: UInt64) -> String {
        // 75 bits do not fit one word: the nine upper characters hold the time and the counter's upper bits.
        let upper = milliseconds << 3 + counter >> 30
        return String(unsafeUninitializedCapacity: 15) { buffer in
            for index in 0..<9 {
                buffer[index] = digits[Int(upper >> UInt64(40 - 5 * index) & 31)]
            }
            for index in 0..<6 {
                buffer[9 + index] = digits[Int(counter >> UInt64(25 - 5 * index) & 31)]
            }
            return 15
        }
    }
}
