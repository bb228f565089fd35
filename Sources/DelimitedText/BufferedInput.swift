/// The part of a text that is in memory, and where more of it comes from.
struct BufferedInput {
    private(set) var bytes: [UInt8]
    /// Where reading goes on in ``bytes``.
    var position = 0
    /// Where ``bytes`` begin in the text.
    private(set) var offset = 0
    /// Whether the text ends where ``bytes`` do.
    private(set) var isLast: Bool
    private let source: DelimitedReader.Source?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isLast = true
        source = nil
    }

    init(_ source: @escaping DelimitedReader.Source) {
        bytes = []
        isLast = false
        self.source = source
    }

    /// Lets go of what was read and appends the next piece.
    mutating func fill() throws(DelimitedError) {
        guard !isLast, let source else { return }
        guard let more = try source() else {
            isLast = true
            return
        }
        offset += position
        if position == bytes.count {
            bytes = more
        } else {
            bytes = Array(bytes[position...]) + more
        }
        position = 0
    }

    /// Makes this the end of the text.
    mutating func close() {
        position = bytes.count
        isLast = true
    }

    mutating func skipByteOrderMark() throws(DelimitedError) {
        while bytes.count < 3, !isLast { try fill() }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            position = 3
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw DelimitedError(
                .invalidUTF8,
                line: 1,
                "the text is UTF-16; expected UTF-8, so save it as \"CSV UTF-8\""
            )
        }
    }

    /// The first line that is not empty, all there is of it.
    mutating func firstLine() throws(DelimitedError) -> ArraySlice<UInt8> {
        while true {
            let rest = bytes[position...].drop {
                $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
            }
            let hasEnd = rest.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            if hasEnd || isLast || rest.count > DelimitedReader.longestRow { return rest }
            try fill()
        }
    }
}
