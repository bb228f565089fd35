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
        self.init { list in
            for field in fields { list.add(field) }
        }
    }

    /// The hash of the fields that `list` adds, as of a list of them.
    package init(_ list: (inout Fields) -> Void) {
        var fields = Fields()
        list(&fields)
        text = Self.hexadecimal(SHA256.hash(data: fields.bytes))
    }

    /// Fields as they are hashed.
    package struct Fields {
        fileprivate var bytes: [UInt8] = []

        fileprivate init() { bytes.reserveCapacity(192) }

        /// Adds one field.
        package mutating func add(_ field: String?) {
            guard let field else { return bytes.append(0xFF) }
            bytes.append(contentsOf: field.utf8)
            bytes.append(0xFE)
        }
    }

    package var description: String { text }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.withUnsafeBytes { bytes in
            String(unsafeUninitializedCapacity: 32) { buffer in
                for index in 0..<16 {
                    buffer[2 * index] = (bytes[index] >> 4).hexadecimalDigit
                    buffer[2 * index + 1] = (bytes[index] & 15).hexadecimalDigit
                }
                return 32
            }
        }
    }
}
