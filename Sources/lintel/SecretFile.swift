import ConnectorKit
import Foundation
import Operations

/// The text of a file without its last line break, which is no part of the secret.
func secret(from path: String) throws -> Secret {
    guard let data = FileManager.default.contents(atPath: path),
        var text = String(data: data, encoding: .utf8)
    else {
        throw OperationError("cannot read a secret from \(path): expected a file of UTF-8 text")
    }
    if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
    guard !text.isEmpty else { throw OperationError("\(path) is empty; expected the secret") }
    return Secret(text)
}
