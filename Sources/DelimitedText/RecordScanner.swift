/// Finds where a record's fields begin and end, in one pass and without copying.
///
/// Grammar: RFC 4180, with `\n` and `\r` as line ends beside `\r\n`. Quotes count only at a field's start.
struct RecordScanner {
    enum Outcome: Equatable {
        /// A record lies between the start and ``RecordScanner/end``.
        case record
        /// An empty line.
        case blank
        /// The text ended before the record began.
        case finished
        /// The buffer ended inside the record.
        case needsMore
        /// The text ended inside a quoted field that opens that many lines below the record's first.
        case unclosedQuote(lineOffset: Int)
    }

    var delimiter: UInt8
    private(set) var fields: [FieldRange] = []
    /// The position after the record and its line end.
    private(set) var end = 0
    /// How many line ends the record holds, its own included.
    private(set) var lineBreaks = 0
    private(set) var isTerminated = false
    /// The first field with a stray quote, and the first with U+0000.
    private(set) var strayQuoteField: Int?
    private(set) var nulField: Int?
    private(set) var hasNonASCII = false
    /// How far below the record's first line the quote opens in which the buffer ended.
    private(set) var openQuoteLineOffset: Int?

    init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Scans one record of a text that ends, where `isLast` says so, with the buffer.
    mutating func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        lineBreaks = 0
        isTerminated = false
        strayQuoteField = nil
        nulField = nil
        hasNonASCII = false
        openQuoteLineOffset = nil
        end = start
        guard start < bytes.count else { return isLast ? .finished : .needsMore }
        var position = start
        while true {
            if position < bytes.count, bytes[position] == Self.quote {
                switch scanQuoted(bytes, &position, isLast: isLast) {
                case .complete: break
                case .cut: return .needsMore
                case .open(let line): return .unclosedQuote(lineOffset: line)
                }
            } else {
                scanPlain(bytes, &position)
            }
            guard position < bytes.count else {
                guard isLast else { return .needsMore }
                end = position
                return .record
            }
            let byte = bytes[position]
            position += 1
            if byte == delimiter { continue }
            if byte == Self.carriageReturn {
                if position < bytes.count {
                    if bytes[position] == Self.lineFeed { position += 1 }
                } else if !isLast {
                    return .needsMore
                }
            }
            lineBreaks += 1
            isTerminated = true
            end = position
            let isEmptyLine =
                fields.count == 1 && fields[0].start == start && fields[0].end == start
            return isEmptyLine ? .blank : .record
        }
    }

    private enum QuotedOutcome {
        case complete
        case cut
        case open(lineOffset: Int)
    }

    /// Scans from an opening quote to the delimiter or line end after the field.
    private mutating func scanQuoted(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        isLast: Bool
    ) -> QuotedOutcome {
        let count = bytes.count
        let opening = lineBreaks
        openQuoteLineOffset = opening
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            guard position < count else { return isLast ? .open(lineOffset: opening) : .cut }
            let byte = bytes[position]
            if byte == Self.quote {
                if position + 1 < count {
                    guard bytes[position + 1] == Self.quote else { break }
                    hasEscapes = true
                    position += 2
                    continue
                }
                guard isLast else { return .cut }
                break
            }
            position += 1
            if byte >= 0x80 {
                hasNonASCII = true
            } else if byte < 0x20 {
                if byte == 0 {
                    nulField = nulField ?? fields.count
                } else if byte == Self.lineFeed {
                    lineBreaks += 1
                } else if byte == Self.carriageReturn {
                    guard position < count || isLast else { return .cut }
                    if position < count, bytes[position] == Self.lineFeed { position += 1 }
                    lineBreaks += 1
                }
            }
        }
        openQuoteLineOffset = nil
        fields.append(FieldRange(start: start, end: position, hasEscapes: hasEscapes))
        position += 1
        if position < count {
            let byte = bytes[position]
            if byte != delimiter, byte != Self.lineFeed, byte != Self.carriageReturn {
                let field = fields.count - 1
                strayQuoteField = strayQuoteField ?? field
                scanPlain(bytes, &position)
                fields.removeLast()
            }
        }
        return .complete
    }

    /// Scans from the start of an unquoted field to the delimiter or line end after it.
    private mutating func scanPlain(_ bytes: Span<UInt8>, _ position: inout Int) {
        let start = position
        let count = bytes.count
        let delimiter = delimiter
        while position < count {
            let byte = bytes[position]
            if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            if byte == Self.quote {
                strayQuoteField = strayQuoteField ?? fields.count
            } else if byte >= 0x80 {
                hasNonASCII = true
            } else if byte == 0 {
                nulField = nulField ?? fields.count
            }
            position += 1
        }
        fields.append(FieldRange(start: start, end: position, hasEscapes: false))
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
