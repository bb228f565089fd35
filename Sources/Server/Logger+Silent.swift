import Logging

extension Logger {
    /// Logs nothing.
    static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
}
