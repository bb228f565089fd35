import Foundation

/// Folding of names and e-mail addresses: what two spellings must share to count as the same.
package enum Folding {
    /// A name with case, accents, apostrophes, hyphens, full stops and runs of space ignored: `O'Brien-
    /// Núñez ` and `obriennunez` fold alike.
    package static func name(_ text: String) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        // The first byte of a two-byte letter whose second byte comes next.
        var lead: UInt8 = 0
        for byte in text.utf8 {
            if lead != 0 {
                folded += latin[Int(lead - 0xC3) << 6 | Int(byte & 0x3F)]
                lead = 0
                continue
            }
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
            case UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "`"),
                0...32:
                continue
            case 0xC3...0xC5: lead = byte
            case 0x80...: return unicodeName(text)
            default: folded.append(byte)
            }
        }
        return String(decoding: folded, as: UTF8.self)
    }

    /// The folded form of each letter from U+00C0 to U+017F, which nearly every accented name is made of.
    private static let latin: [[UInt8]] = (UInt32(0xC0)...0x17F).map { code in
        Unicode.Scalar(code).map { Array(unicodeName(String($0)).utf8) } ?? []
    }

    /// An e-mail address trimmed and lower-cased.
    package static func email(_ text: String) -> String {
        // Nearly every address is ASCII without space around it.
        if text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { return text.lowercased() }
        return text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    private static func unicodeName(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark, .dashPunctuation, .spaceSeparator,
                .control, .format, .initialPunctuation, .finalPunctuation:
                continue
            default: break
            }
            switch scalar {
            case "'", "`", "´", "ʼ", ".": continue
            case "ß": folded.append(contentsOf: "ss".unicodeScalars)
            case "ø": folded.append("o")
            case "ł": folded.append("l")
            case "đ": folded.append("d")
            case "æ": folded.append(contentsOf: "ae".unicodeScalars)
            case "œ": folded.append(contentsOf: "oe".unicodeScalars)
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }
}
