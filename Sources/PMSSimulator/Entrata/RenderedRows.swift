import NIOCore

/// Rows of a list as JSON, rendered once: any page is a slice without a copy.
struct RenderedRows: Sendable {
    /// All rows, a comma between two.
    private let bytes: ByteBuffer
    /// Where each row ends.
    private let ends: [Int]

    /// The rows that `render` appends one at a time.
    init<Item>(_ items: some Collection<Item>, render: (Item, inout JSONBytes) -> Void) {
        var json = JSONBytes()
        var ends: [Int] = []
        ends.reserveCapacity(items.count)
        for item in items {
            if !ends.isEmpty { json.raw(",") }
            render(item, &json)
            ends.append(json.bytes.count)
        }
        bytes = ByteBuffer(bytes: json.bytes)
        self.ends = ends
    }

    var count: Int { ends.count }
    var byteCount: Int { bytes.readableBytes }

    /// Consecutive rows, commas between them included; the range lies inside 0..<``count``.
    func slice(_ range: Range<Int>) -> ByteBuffer {
        guard !range.isEmpty else { return ByteBuffer() }
        let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1] + 1
        return bytes.getSlice(at: start, length: ends[range.upperBound - 1] - start) ?? ByteBuffer()
    }
}
