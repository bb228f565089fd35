/// Why one record is not read, without any of its values.
package struct UnreadableMember: Error {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
