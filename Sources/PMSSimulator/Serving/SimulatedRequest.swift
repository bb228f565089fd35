import Foundation
import HTTPTypes
import NIOCore

/// A request that has come in whole.
struct SimulatedRequest: Sendable {
    let method: HTTPRequest.Method
    /// The parts of the path, decoded.
    let path: [String]
    /// The path as it was sent.
    let rawPath: String
    /// The parameters of the query, decoded, in order.
    let query: [(name: String, value: String)]
    let headers: HTTPFields
    /// The host that was asked, with its port.
    let authority: String
    let body: ByteBuffer

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The first parameter of that name in the query.
    func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The parameters of a body that is a form.
    var form: [(name: String, value: String)] { Self.pairs(in: String(buffer: body)) }

    /// The user name and password of HTTP Basic; nil where none are sent.
    var basicCredential: String? {
        guard let basic = headers[.authorization], basic.count > 6,
            basic.prefix(6).lowercased() == "basic "
        else { return nil }
        return basic
    }

    /// The parameters of a query or form (`application/x-www-form-urlencoded`), decoded.
    static func pairs(in text: String) -> [(name: String, value: String)] {
        func decoded(_ part: Substring) -> String {
            let spaced = part.replacing("+", with: " ")
            return spaced.removingPercentEncoding ?? String(spaced)
        }
        return text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count == 2 ? decoded(parts[1]) : "")
        }
    }
}
