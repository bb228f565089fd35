/// The name of a member or element as it is written in the text being read: compared without making a string of it.
///
/// It is lent to the reader of what it names and does not outlive it. Escapes are compared as written.
package struct WireKey {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The name as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static func == (key: WireKey, name: StaticString) -> Bool {
        guard key.bytes.count == name.utf8CodeUnitCount, name.hasPointerRepresentation else {
            return false
        }
        for index in key.bytes.indices where key.bytes[index] != name.utf8Start[index] {
            return false
        }
        return true
    }

    package static func ~= (name: StaticString, key: WireKey) -> Bool { key == name }

    /// The name compared whatever its case, with names in lower case.
    package var inAnyCase: InAnyCase { InAnyCase(bytes: bytes) }

    /// A name of which the case means nothing.
    package struct InAnyCase {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>

        /// `name` is in lower case.
        package static func ~= (name: StaticString, key: InAnyCase) -> Bool {
            guard key.bytes.count == name.utf8CodeUnitCount, name.hasPointerRepresentation else {
                return false
            }
            for index in key.bytes.indices {
                let byte = key.bytes[index]
                let isCapital = UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z")
                if (isCapital ? byte | 0x20 : byte) != name.utf8Start[index] { return false }
            }
            return true
        }
    }
}
