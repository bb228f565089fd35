import Foundation
import HTTPTypes
import NIOCore

/// SOAP as simulated services read and write it.
enum SOAPEnvelope {
    /// The text of an element of a request, references undone; nil where it has none of that name.
    ///
    /// Requests of connectors are plain: names without prefix, no attributes, no comments.
    static func value(_ name: String, in request: SimulatedRequest) -> String? {
        let body = String(buffer: request.body)
        guard let start = body.range(of: "<\(name)>"),
            let end = body.range(of: "</\(name)>", range: start.upperBound..<body.endIndex)
        else { return nil }
        return body[start.upperBound..<end.lowerBound]
            .replacingOccurrences(of: "&lt;", with: "<")
            .replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&quot;", with: "\"")
            .replacingOccurrences(of: "&amp;", with: "&")
    }

    /// The operation that `SOAPAction` names: its last part.
    static func operation(of request: SimulatedRequest) -> String {
        let action = (request.header("SOAPAction") ?? "").filter { $0 != "\"" }
        return action.split(separator: "/").last.map(String.init) ?? ""
    }

    /// An answer whose result is those pieces of XML.
    static func answer(
        _ operation: String,
        namespace: String,
        _ pieces: [ByteBuffer]
    ) -> SimulatedAnswer {
        let head =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope "
            + "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
            + "<\(operation)Response xmlns=\"\(namespace)\"><\(operation)Result>"
        let tail = "</\(operation)Result></\(operation)Response></soap:Body></soap:Envelope>"
        return SimulatedAnswer(
            type: "text/xml; charset=utf-8",
            [ByteBuffer(string: head)] + pieces + [ByteBuffer(string: tail)]
        )
    }

    /// A fault, under the status that SOAP 1.1 asks for.
    static func fault(_ words: String) -> SimulatedAnswer {
        var body = WireBytes()
        body.raw("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">")
        body.raw("<soap:Body><soap:Fault><faultcode>soap:Server</faultcode>")
        body.element("faultstring", words)
        body.raw("</soap:Fault></soap:Body></soap:Envelope>")
        return SimulatedAnswer(
            status: .internalServerError,
            type: "text/xml; charset=utf-8",
            [ByteBuffer(bytes: body.bytes)]
        )
    }
}
