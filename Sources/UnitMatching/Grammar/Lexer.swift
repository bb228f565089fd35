/// A number or word with how it was written.
struct Lexeme: Sendable {
    /// What stood before it.
    enum Gap: UInt8, Sendable, Comparable {
        /// Nothing: letters and digits that touch.
        case none
        /// A hyphen, a dot or a number sign.
        case tight
        /// A space.
        case space
        /// A dash between spaces, a comma, a bracket, a slash: a boundary between parts.
        case wide

        static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
    }

    var token: Token
    /// How many digits a number was written with.
    var width: UInt8
    var gap: Gap
    /// Whether the gap before it was a slash, as in 1/2.
    var isAfterSlash = false
}

/// Splits a designator at every change between letters and digits, and at everything that is neither.
struct Lexer {
    /// Bytes after which a text is no designator any more.
    static let longest = 120

    var words = WordTable()

    /// Replaces what is there by the lexemes of a text.
    ///
    /// - Returns: whether something in the text looks like what it is not: letters of another script, invisible
    ///   or direction marks, or far too much of it. Nothing is certain about such a text.
    mutating func lex(_ text: String, into lexemes: inout [Lexeme]) -> Bool {
        lexemes.removeAll(keepingCapacity: true)
        var text = text
        let isPlain = text.withUTF8 { bytes in
            guard bytes.count <= Self.longest else { return false }
            for byte in bytes where byte >= 0x7F || byte < 0x20 { return false }
            lexASCII(bytes, &lexemes)
            return true
        }
        if isPlain { return false }
        let (scalars, isSuspect) = Self.plain(text)
        if scalars.allSatisfy(\.isASCII) {
            scalars.map { UInt8($0.value) }.withUnsafeBufferPointer { lexASCII($0, &lexemes) }
        } else {
            lexScalars(scalars, &lexemes)
        }
        return isSuspect
    }

    private mutating func lexASCII(_ bytes: UnsafeBufferPointer<UInt8>, _ lexemes: inout [Lexeme]) {
        var gap = Lexeme.Gap.none
        var isAfterSlash = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let start = index
            if Self.isDigit(byte) {
                var value: UInt64 = 0
                while index < bytes.count, Self.isDigit(bytes[index]) {
                    if index - start < 18 { value = value * 10 + UInt64(bytes[index] - 0x30) }
                    index += 1
                }
                let width = index - start
                let token =
                    width <= 18
                    ? Token(number: value)
                    : words.token(String(decoding: bytes[start..<index], as: UTF8.self))
                lexemes.append(
                    Lexeme(
                        token: token,
                        width: UInt8(min(width, 255)),
                        gap: gap,
                        isAfterSlash: isAfterSlash
                    )
                )
                (gap, isAfterSlash) = (.none, false)
            } else if Self.isLetter(byte) {
                while index < bytes.count, Self.isLetter(bytes[index]) { index += 1 }
                let letters = bytes[start..<index].lazy.map { $0 | 0x20 }
                let token =
                    Token(short: letters)
                    ?? words.token(String(decoding: letters, as: UTF8.self))
                lexemes.append(
                    Lexeme(token: token, width: 0, gap: gap, isAfterSlash: isAfterSlash)
                )
                (gap, isAfterSlash) = (.none, false)
            } else {
                gap = max(gap, Self.gap(byte))
                isAfterSlash = byte == UInt8(ascii: "/")
                index += 1
            }
        }
    }

    private mutating func lexScalars(_ scalars: [Unicode.Scalar], _ lexemes: inout [Lexeme]) {
        // Only the few texts with anything but ASCII come here.
        var run = ""
        var gap = Lexeme.Gap.none
        func flush(_ lexer: inout Lexer) {
            guard !run.isEmpty else { return }
            let isNumber = run.utf8.allSatisfy(Self.isDigit)
            let token =
                isNumber && run.utf8.count <= 18
                ? Token(number: UInt64(run) ?? 0) : lexer.words.token(run)
            lexemes.append(
                Lexeme(
                    token: token,
                    width: isNumber ? UInt8(min(run.utf8.count, 255)) : 0,
                    gap: gap
                )
            )
            (run, gap) = ("", .none)
        }
        for scalar in scalars {
            let isDigit = scalar.isASCII && Self.isDigit(UInt8(scalar.value))
            let isLetter =
                scalar.isASCII
                ? Self.isLetter(UInt8(scalar.value))
                : scalar.properties.isAlphabetic || scalar.properties.isDiacritic
            if isDigit || isLetter {
                if let last = run.utf8.last, Self.isDigit(last) != isDigit { flush(&self) }
                run += isDigit ? String(scalar) : scalar.properties.lowercaseMapping
            } else {
                flush(&self)
                gap = max(gap, scalar.isASCII ? Self.gap(UInt8(scalar.value)) : .wide)
            }
        }
        flush(&self)
    }

    /// Dashes, spaces and numerals of other blocks as ASCII, invisible marks dropped, and whether anything
    /// there could deceive.
    private static func plain(_ text: String) -> ([Unicode.Scalar], Bool) {
        var scalars: [Unicode.Scalar] = []
        var isSuspect = text.utf8.count > longest
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar.value {
            case 0x20..<0x7F: scalars.append(scalar)
            case 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x202F, 0x3000: scalars.append(" ")
            case 0x2010...0x2012, 0x2212: scalars.append("-")
            case 0x2013...0x2015, 0xB7, 0x2022: scalars.append(",")
            case 0xBD: scalars += [" ", "1", "/", "2"]
            case 0x2116: scalars += [" ", "n", "o", " "]
            case 0xBA, 0xAA, 0xB0: scalars.append(" ")
            case 0xFF01...0xFF5E:
                // Full-width forms of ASCII.
                scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? " ")
            // Latin letters with their marks, but none that looks like another or like a sign.
            case 0xC0...0x130, 0x132...0x137, 0x139...0x148, 0x14A...0x17E, 0x300...0x34E:
                scalars.append(scalar)
            default:
                isSuspect = true
                let category = scalar.properties.generalCategory
                let isSeen = category != .format && category != .control
                if isSeen, !scalar.properties.isDefaultIgnorableCodePoint { scalars.append(scalar) }
            }
        }
        return (scalars, isSuspect)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    private static func gap(_ byte: UInt8) -> Lexeme.Gap {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "_"),
            UInt8(ascii: "'"):
            .tight
        case UInt8(ascii: " "): .space
        default: .wide
        }
    }
}
