import Crypto

package import struct Foundation.Data

/// SHA-256 of some content cut to 128 bits, as 32 hexadecimal digits: the same in every process.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// A hash that was stored before.
    package init(stored text: String) {
        self.text = text
    }

    /// The hash of bytes as they came.
    package init(of data: Data) {
        text = Self.hexadecimal(SHA256.hash(data: data))
    }

    /// The hash of fields in order; nil differs from empty, and no two lists of fields run into each
    /// other.
    package init(of fields: [String?]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192)
        for field in fields {
            guard let field else {
                bytes.append(0xFF)
                continue
            }
            bytes.append(contentsOf: field.utf8)
            bytes.append(0xFE)
        }
        text = Self.hexadecimal(SHA256.hash(data: bytes))
    }

    package var description: String { text }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            var position = 0
            for byte in digest.prefix(16) {
                buffer[position] = hexDigit(byte >> 4)
                buffer[position + 1] = hexDigit(byte & 15)
                position += 2
            }
            return position
        }
    }
}
