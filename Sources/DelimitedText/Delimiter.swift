/// What separates the fields of a row.
package enum Delimiter: UInt8, Sendable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09

    /// The delimiter that a header line uses: the one that stands in it most often outside quotes, a
    /// comma where none does.
    package static func detected(inHeader bytes: some Sequence<UInt8>) -> Delimiter {
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                continue
            }
            guard !isQuoted else { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            for (index, candidate) in allCases.enumerated() where candidate.rawValue == byte {
                counts[index] += 1
            }
        }
        var best = 0
        for index in counts.indices where counts[index] > counts[best] { best = index }
        return allCases[best]
    }
}
