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
}
