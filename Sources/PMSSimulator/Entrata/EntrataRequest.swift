import Foundation
import NIOCore

/// The JSON body of a request: which operation, with which parameters.
struct EntrataRequest {
    /// What the client chose; echoed in the answer.
    let id: String
    let method: String
    private let parameters: [String: Any]

    /// - Throws: The vendor's refusal where the body is not a request.
    init(_ body: ByteBuffer) throws(SimulatedAnswer) {
        let document = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        guard let object = document as? [String: Any] else {
            throw EntrataFormat.refusal(301, "The request body is not a JSON object.")
        }
        id = object["requestId"].flatMap(Self.text) ?? ""
        guard let method = object["method"] as? [String: Any],
            let name = method["name"].flatMap(Self.text), !name.isEmpty
        else {
            throw EntrataFormat.refusal(301, "The request names no method.", requestID: id)
        }
        self.method = name
        parameters = method["params"] as? [String: Any] ?? [:]
    }

    /// The ids of a parameter that holds one or several, comma-separated; nil where it is absent or empty.
    func ids(_ name: String) throws(SimulatedAnswer) -> [Int]? {
        guard let text = parameters[name].flatMap(Self.text), !text.isEmpty else { return nil }
        var ids: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(part.trimmingCharacters(in: .whitespaces)) else {
                throw EntrataFormat.refusal(
                    303,
                    "Invalid value for parameter \(name): expected whole numbers.",
                    requestID: id
                )
            }
            ids.append(number)
        }
        return ids
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }
}
