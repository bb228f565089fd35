package import struct Foundation.Data

/// Takes out of an answer, or a request, whatever may be about somebody, and leaves its shape.
///
/// Names of members and elements stay, and so do the words of statuses, types and refusals. Of every
/// other text each letter becomes `x` and each digit `9`, so that its length and its kind still show: a
/// date stays a date, and tells no day.
package enum Redaction {
    /// The body without what is about somebody, and without those secrets; whatever its format, and whether
    /// it is whole or not.
    package static func redact(_ body: Data, hiding secrets: [Secret]) -> String {
        let bytes = Array(body)
        let first = bytes.first { !isSpace($0) }
        let masked =
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): json(bytes)
            case UInt8(ascii: "<"), 0xEF: xml(bytes)
            default: form(bytes)
            }
        var text = String(decoding: masked, as: UTF8.self)
        for secret in secrets where !secret.revealed.isEmpty {
            text = text.replacing(secret.revealed, with: secret.description)
        }
        return text
    }

    /// Whether the value of that member, element or attribute says how things stand, not who somebody is.
    private static func tells(_ name: ArraySlice<UInt8>) -> Bool {
        let local = name.split(separator: UInt8(ascii: ":")).last ?? name
        let folded = String(decoding: local, as: UTF8.self).lowercased()
        return folded.contains("status") || folded.hasSuffix("type") || refusals.contains(folded)
    }

    private static let refusals: Set<String> = [
        "message", "faultstring", "faultcode", "errordescription", "usermessage", "error", "code",
    ]

    // MARK: JSON

    private static func json(_ bytes: [UInt8]) -> [UInt8] {
        var masked = bytes
        var index = 0
        var name: ArraySlice<UInt8> = []
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\"") else {
                if isDigit(bytes[index]), !tells(name) { masked[index] = UInt8(ascii: "9") }
                index += 1
                continue
            }
            let end = endOfString(bytes, from: index + 1)
            var next = min(end + 1, bytes.count)
            while next < bytes.count, isSpace(bytes[next]) { next += 1 }
            if next < bytes.count, bytes[next] == UInt8(ascii: ":") {
                name = bytes[(index + 1)..<end]
            } else if !tells(name) {
                mask(&masked, (index + 1)..<end)
            }
            index = end + 1
        }
        return masked
    }

    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.count)
    }

    // MARK: XML

    private static func xml(_ bytes: [UInt8]) -> [UInt8] {
        var masked = bytes
        var index = 0
        var name: ArraySlice<UInt8> = []
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") {
                let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
                let tag = bytes[(index + 1)..<max(index + 1, end)]
                name = tag.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") }
                if tag.first != UInt8(ascii: "?") { attributes(of: tag, in: bytes, &masked) }
                index = end + 1
            } else {
                let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                if !tells(name) { mask(&masked, index..<end) }
                index = end
            }
        }
        return masked
    }

    private static func attributes(
        of tag: ArraySlice<UInt8>,
        in bytes: [UInt8],
        _ masked: inout [UInt8]
    ) {
        var index = tag.startIndex
        while let equals = tag[index...].firstIndex(of: UInt8(ascii: "=")),
            equals + 1 < tag.endIndex
        {
            let quote = tag[equals + 1]
            let end = tag[(equals + 2)...].firstIndex(of: quote) ?? tag.endIndex
            let name = tag[index..<equals].split(whereSeparator: isSpace).last ?? []
            // A namespace is the format's own.
            if !tells(name), !name.starts(with: Array("xmlns".utf8)), equals + 2 < end {
                mask(&masked, (equals + 2)..<end)
            }
            index = min(end + 1, tag.endIndex)
        }
    }

    // MARK: Forms and other text

    /// Masks what follows each `=` up to the next `&`; all of it where there is neither.
    private static func form(_ bytes: [UInt8]) -> [UInt8] {
        var masked = bytes
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "="))
            mask(&masked, (equals.map { $0 + 1 } ?? start)..<end)
            start = end + 1
        }
        return masked
    }

    // MARK: Bytes

    private static func mask(_ bytes: inout [UInt8], _ range: Range<Int>) {
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                0x80...0xFF:
                bytes[index] = UInt8(ascii: "x")
            case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes[index] = UInt8(ascii: "9")
            default: break
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
