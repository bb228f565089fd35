/// A credential.
///
/// Printing, logging and interpolating it shows nothing of it.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The secret itself, for the one place that sends or encrypts it.
    package var revealed: String { value }

    package var description: String { "•••" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
