import Foundation

/// Damages bytes in the ways in which answers and exports are damaged, the same for the same seed.
struct Mutation {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(1, bound)))
    }

    /// The bytes after one to four damages: cut, changed, doubled, taken out, or put elsewhere.
    mutating func damage(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0...number(below: 4) where !bytes.isEmpty {
            let at = number(below: bytes.count)
            let length = min(bytes.count - at, 1 + number(below: 24))
            switch number(below: 6) {
            case 0: bytes.removeLast(bytes.count - at)
            case 1: bytes[at] = UInt8(number(below: 256))
            case 2:
                bytes.insert(contentsOf: bytes[at..<at + length], at: number(below: bytes.count))
            case 3: bytes.removeSubrange(at..<at + length)
            case 4:
                let words = [
                    "\"", "{", "}", "[", "]", ",", ";", "\n", "\r\n", "null", "\\u0000", "1e99",
                ]
                bytes.insert(contentsOf: words[number(below: words.count)].utf8, at: at)
            default: bytes.insert(contentsOf: [0xC3, 0x28, 0xEF, 0xBB, 0xBF, 0], at: at)
            }
        }
        return bytes
    }

    /// How long each fuzz test goes on: `LINTEL_FUZZ_SECONDS`, else two seconds.
    static var seconds: Double {
        ProcessInfo.processInfo.environment["LINTEL_FUZZ_SECONDS"].flatMap(Double.init) ?? 2
    }
}
