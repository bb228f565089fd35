/// Text as a search compares it: in lower case, byte by byte, so that twenty thousand are searched in a moment.
package struct SearchText: Sendable {
    private let bytes: [UInt8]

    package init(_ parts: [String?]) {
        bytes = Array(parts.compactMap(\.self).joined(separator: "\n").lowercased().utf8)
    }

    /// What somebody typed.
    package init(_ typed: String) {
        self.init([typed])
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether the other text stands somewhere in this one.
    package func has(_ other: SearchText) -> Bool {
        let (length, sought) = (bytes.count, other.bytes.count)
        guard sought > 0 else { return true }
        guard sought <= length else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            other.bytes.withUnsafeBufferPointer { other in
                let first = other[0]
                for start in 0...(length - sought) where bytes[start] == first {
                    var index = 1
                    while index < sought, bytes[start + index] == other[index] { index += 1 }
                    if index == sought { return true }
                }
                return false
            }
        }
    }
}
