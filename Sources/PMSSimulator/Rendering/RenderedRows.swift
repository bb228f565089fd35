import NIOCore

/// Rows of a list, rendered once: any page is a slice without a copy.
struct RenderedRows: Sendable {
    /// All rows, the separator between two.
    private let bytes: ByteBuffer
    /// Where each row ends.
    private let ends: [Int]
    /// What stands between two rows: a comma in JSON, a line break in XML.
    let separator: UInt8

    /// The rows that `render` appends one at a time.
    init<Item>(
        _ items: some Collection<Item>,
        separator: UInt8 = UInt8(ascii: ","),
        render: (Item, inout WireBytes) -> Void
    ) {
        var text = WireBytes()
        var ends: [Int] = []
        ends.reserveCapacity(items.count)
        for item in items {
            if !ends.isEmpty { text.bytes.append(separator) }
            render(item, &text)
            ends.append(text.bytes.count)
        }
        bytes = ByteBuffer(bytes: text.bytes)
        self.ends = ends
        self.separator = separator
    }

    var count: Int { ends.count }
    var byteCount: Int { bytes.readableBytes }

    /// Consecutive rows, separators between them included; the range lies inside 0..<``count``.
    func slice(_ range: Range<Int>) -> ByteBuffer {
        guard !range.isEmpty else { return ByteBuffer() }
        let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1] + 1
        return bytes.getSlice(at: start, length: ends[range.upperBound - 1] - start) ?? ByteBuffer()
    }
}
