/// The text of XML (XML 1.0, 2.4 and 4.1).
enum XMLText {
    /// The text between two tags or two quotes, references replaced.
    ///
    /// - Throws: ``XMLSkimmer/Failure/malformed(at:)`` at a reference to anything but the five entities of
    ///   XML or a character, and at bytes that are no UTF-8.
    static func string(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>
    ) throws(XMLSkimmer.Failure) -> String {
        let written = UnsafeBufferPointer(rebasing: bytes[range])
        guard written.contains(UInt8(ascii: "&")) else {
            guard let text = String(validating: written, as: UTF8.self) else {
                throw .malformed(at: range.lowerBound)
            }
            return text
        }
        var text: [UInt8] = []
        text.reserveCapacity(written.count)
        var index = 0
        while index < written.count {
            guard written[index] == UInt8(ascii: "&") else {
                text.append(written[index])
                index += 1
                continue
            }
            let end = written[index...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
            guard let end, let scalar = character(of: written[(index + 1)..<end]) else {
                throw .malformed(at: range.lowerBound + index)
            }
            text.append(contentsOf: String(scalar).utf8)
            index = end + 1
        }
        guard let whole = String(validating: text, as: UTF8.self) else {
            throw .malformed(at: range.lowerBound)
        }
        return whole
    }

    /// The character a reference stands for, given what is between `&` and `;`.
    private static func character(
        of reference: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Unicode.Scalar? {
        let word = String(decoding: reference, as: UTF8.self)
        switch word {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard word.first == "#" else { return nil }
        let digits = word.dropFirst()
        let isHex = digits.first == "x"
        let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, number > 0, !digits.contains("+") else { return nil }
        return Unicode.Scalar(number)
    }
}
