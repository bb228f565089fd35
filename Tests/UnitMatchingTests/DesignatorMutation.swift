import UnitMatching

/// Damages texts of units in the ways in which hands, spreadsheets, encodings and attackers do, the same for
/// the same seed.
struct DesignatorMutation {
    var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func one(in count: Int) -> Bool { random.one(in: count) }

    private static let pieces = [
        "-", " ", "#", "/", "(", ")", ",", ".", "_", "0", "1", "O", "I", "l", "A", "½", "1/2", "№",
        "Apt",
        "Bldg ", "Building", "Floor 2", "PH", "half", "st", "th", "May", "first", "\u{200B}",
        "\u{202E}",
        "\u{410}", "\u{661}", "\u{FF11}", "e\u{301}", "\u{1F3E0}", "\0", "\r\n", "\t", "\u{FFFD}",
        "9999999999999999999", "999999999999999999", "18446744073709551616", "000000000000",
        "\u{34F}", "\u{FE0F}", "\u{E0041}", "\u{1D7CF}", "\u{130}", "\u{DF}", "\u{FB01}",
    ]

    /// A unit with one of its texts damaged.
    mutating func damaged(_ unit: UnitDesignator) -> UnitDesignator {
        var texts = [unit.building, unit.name, unit.floor, unit.displayText]
        let at = random.pick([0, 1, 1, 1, 2, 3])
        texts[at] = damaged(texts[at])
        return UnitDesignator(
            id: unit.id,
            building: texts[0],
            name: texts[1],
            floor: texts[2],
            displayText: texts[3]
        )
    }

    private mutating func damaged(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0...Int.random(in: 0...2, using: &random) {
            let at = Int.random(in: 0...scalars.count, using: &random)
            let length = min(scalars.count - at, Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0...5, using: &random) {
            case 0: scalars.removeSubrange(at..<at + length)
            case 1: scalars.insert(contentsOf: scalars[at..<at + length], at: 0)
            case 2: scalars.reverse()
            case 3:
                var bytes = Array(String(String.UnicodeScalarView(scalars)).utf8)
                if !bytes.isEmpty {
                    bytes[min(at, bytes.count - 1)] = UInt8.random(in: 0...255, using: &random)
                }
                scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
            default: scalars.insert(contentsOf: random.pick(Self.pieces).unicodeScalars, at: at)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Up to 200 units called by anything.
    mutating func anything(_ letter: String) -> [UnitDesignator] {
        let vocabulary = (0..<Int.random(in: 1...12, using: &random)).map { _ in anyText() }
        return (0..<Int.random(in: 0...200, using: &random)).map { number in
            UnitDesignator(
                id: "\(letter)\(number)",
                building: one(in: 2) ? "" : random.pick(vocabulary),
                name: random.pick(vocabulary) + (one(in: 3) ? "" : random.pick(vocabulary)),
                floor: one(in: 3) ? random.pick(vocabulary) : "",
                displayText: one(in: 9) ? random.pick(vocabulary) : ""
            )
        }
    }

    private mutating func anyText() -> String {
        switch Int.random(in: 0...5, using: &random) {
        case 0: return String(Int.random(in: 0...1300, using: &random))
        case 1: return ""
        case 2:
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            return String(decoding: bytes, as: UTF8.self)
        case 3:
            let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
            }
            return String(String.UnicodeScalarView(scalars))
        case 4:
            return String(
                repeating: random.pick(Self.pieces),
                count: random.pick([1, 2, 3, 30, 120, 4000])
            )
        default:
            return (0..<Int.random(in: 1...6, using: &random)).map { _ in random.pick(Self.pieces) }
                .joined()
        }
    }

    /// A letter or digit, and what looks like it or hides beside it.
    mutating func deception() -> (from: String, to: String) {
        let mark = random.pick([
            "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202E}",
            "\u{2060}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{AD}", "\u{180E}", "\u{E0061}",
            "\u{FE0F}", "\u{61C}", "\u{115F}", "\u{3164}", "\u{0}", "\u{8}",
        ])
        return random.pick([
            ("A", "\u{410}"), ("A", "\u{391}"), ("B", "\u{412}"), ("C", "\u{421}"),
            ("E", "\u{415}"),
            ("1", "\u{661}"), ("1", "\u{4C0}"), ("0", "\u{41E}"), ("0", "\u{39F}"),
            ("2", "\u{1D7D0}"),
            ("3", "\u{417}"), ("1", "1" + mark), ("2", mark + "2"), ("A", "A" + mark),
            ("0", mark + "0"),
        ])
    }

    /// Whether a unit's building or name has anything that ``deception()`` makes.
    static func isDeceptive(_ unit: UnitDesignator) -> Bool {
        (unit.building + unit.name).unicodeScalars.contains { $0.value < 0x20 || $0.value > 0x7E }
    }
}
