/// Sequences of tokens, each kept once and known by its place: equal sequences have equal places.
///
/// An open-addressing table over one array, since lists have many units and each is looked up several times.
struct SequenceTable: Sendable {
    private var tokens: [Token] = []
    /// Where each sequence begins among ``tokens``, and at last where the next will.
    private var starts: [Int] = [0]
    /// Places by hash, -1 where there is none.
    private var slots: [Int32] = Array(repeating: -1, count: 1024)

    /// The place of the empty sequence.
    static let empty: Int32 = 0

    init() { _ = place(of: []) }

    var count: Int { starts.count - 1 }

    subscript(place: Int32) -> ArraySlice<Token> {
        tokens[starts[Int(place)]..<starts[Int(place) + 1]]
    }

    /// The place of a sequence, which it gets where it has none.
    mutating func place(of sequence: ArraySlice<Token>) -> Int32 {
        if count * 2 > slots.count { grow() }
        let slot = slot(of: sequence)
        if slots[slot] >= 0 { return slots[slot] }
        let place = Int32(count)
        slots[slot] = place
        tokens.append(contentsOf: sequence)
        starts.append(tokens.count)
        return place
    }

    mutating func place(of sequence: [Token]) -> Int32 { place(of: sequence[...]) }

    /// The place of a sequence that has one.
    func find(_ sequence: ArraySlice<Token>) -> Int32? {
        let found = slots[slot(of: sequence)]
        return found < 0 ? nil : found
    }

    private func slot(of sequence: ArraySlice<Token>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(sequence)) & mask
        while slots[slot] >= 0 {
            if isEqual(slots[slot], sequence) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ place: Int32, _ sequence: ArraySlice<Token>) -> Bool {
        let start = starts[Int(place)]
        guard starts[Int(place) + 1] - start == sequence.count else { return false }
        for (offset, token) in sequence.enumerated() where tokens[start + offset] != token {
            return false
        }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        let mask = slots.count - 1
        for place in 0..<count {
            var slot = Int(truncatingIfNeeded: Self.hash(self[Int32(place)])) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(place)
        }
    }

    private static func hash(_ sequence: ArraySlice<Token>) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for token in sequence {
            hash = (hash ^ token.raw) &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash >> 29
        }
        return hash
    }
}
