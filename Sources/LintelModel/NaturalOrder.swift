/// The order in which a person expects names with numbers: 2 before 10, A before b.
package enum NaturalOrder {
    /// A text that sorts, byte by byte, as the name does: each number has its length before it.
    package static func key(_ name: String) -> String {
        var key: [UInt8] = []
        let bytes = Array(name.lowercased().utf8)
        var position = 0
        while position < bytes.count {
            guard isDigit(bytes[position]) else {
                key.append(bytes[position])
                position += 1
                continue
            }
            var end = position
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            let digits = bytes[position..<end].drop { $0 == UInt8(ascii: "0") }
            // Digits stand before letters, and a longer number after a shorter one.
            key.append(UInt8(ascii: "0"))
            key.append(UInt8(truncatingIfNeeded: min(digits.count, 200)) + 33)
            key += digits
            position = end
        }
        return String(decoding: key, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
