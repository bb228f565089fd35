/// Makes time-ordered UUID texts (version 7 of RFC 9562), strictly increasing also inside one
/// millisecond and under a clock that stands still or steps back.
///
/// Random order would cost a database half its speed: each insertion would touch another page.
package struct IDGenerator: Sendable {
    private var milliseconds: UInt64 = 0
    private var counter: UInt32 = 0
    private var random: any RandomNumberGenerator & Sendable

    /// - Parameter random: where the unpredictable part comes from; a seeded one makes tests repeat.
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
            // The counter starts in its lower half, so that a millisecond has room for two million ids.
            counter = UInt32(truncatingIfNeeded: random.next()) & 0x1F_FFFF
        } else {
            counter += 1
            if counter > 0x3F_FFFF {
                milliseconds += 1
                counter = 0
            }
        }
        // 48 bits of time, 4 of version, 12 of counter, 2 of variant, 10 of counter, 52 of chance.
        let high =
            (milliseconds << 16) | 0x7000 | UInt64(counter >> 10)
        let low =
            (UInt64(0b10) << 62) | (UInt64(counter & 0x3FF) << 52) | (random.next() >> 12)
        return Identifier(Self.text(high, low))
    }

    /// A text below every id made at that time or later, and above every one made before.
    package static func lowest(at time: Timestamp) -> String {
        text(UInt64(max(0, time.milliseconds)) << 16, 0)
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = index < 8 ? high : low
                let byte = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index % 8)))
                buffer[position] = hexDigit(byte >> 4)
                buffer[position + 1] = hexDigit(byte & 15)
                position += 2
            }
            return position
        }
    }
}

/// The lower-case hexadecimal digit of a number below 16, as ASCII.
func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a")
}
