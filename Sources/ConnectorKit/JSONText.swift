/// The strings of JSON (RFC 8259, 7).
enum JSONText {
    /// The text of a string between its quotes.
    ///
    /// - Throws: ``JSONSkimmer/Failure/malformed(at:)`` at an escape that is none, half a surrogate pair or
    ///   bytes that are no UTF-8.
    static func string(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        hasEscapes: Bool
    ) throws(JSONSkimmer.Failure) -> String {
        let written = UnsafeBufferPointer(rebasing: bytes[range])
        guard hasEscapes else {
            guard let text = String(validating: written, as: UTF8.self) else {
                throw .malformed(at: range.lowerBound)
            }
            return text
        }
        var text: [UInt8] = []
        text.reserveCapacity(written.count)
        var index = 0
        while index < written.count {
            guard written[index] == UInt8(ascii: "\\") else {
                text.append(written[index])
                index += 1
                continue
            }
            guard index + 1 < written.count, let scalar = escaped(written, at: &index) else {
                throw .malformed(at: range.lowerBound + index)
            }
            text.append(contentsOf: String(scalar).utf8)
        }
        guard let whole = String(validating: text, as: UTF8.self) else {
            throw .malformed(at: range.lowerBound)
        }
        return whole
    }

    /// The scalar that an escape stands for, its index moved past it; nil where it stands for none.
    private static func escaped(
        _ written: UnsafeBufferPointer<UInt8>,
        at index: inout Int
    ) -> Unicode.Scalar? {
        let letter = written[index + 1]
        guard letter == UInt8(ascii: "u") else {
            index += 2
            return switch letter {
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            case UInt8(ascii: "/"): "/"
            case UInt8(ascii: "b"): "\u{8}"
            case UInt8(ascii: "f"): "\u{C}"
            case UInt8(ascii: "n"): "\n"
            case UInt8(ascii: "r"): "\r"
            case UInt8(ascii: "t"): "\t"
            default: nil
            }
        }
        guard let first = unit(written, at: index) else { return nil }
        index += 6
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) }
        guard let second = unit(written, at: index), (0xDC00...0xDFFF).contains(second) else {
            return nil
        }
        index += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    /// The number of `\uXXXX` at an index; nil where that does not stand there.
    private static func unit(_ written: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
        guard index + 6 <= written.count, written[index] == UInt8(ascii: "\\"),
            written[index + 1] == UInt8(ascii: "u")
        else { return nil }
        var number: UInt32 = 0
        for byte in written[(index + 2)..<(index + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}
