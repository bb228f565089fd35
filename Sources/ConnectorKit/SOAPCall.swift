import Foundation

/// One operation of a SOAP 1.1 service, and its answer.
package struct SOAPCall: Sendable {
    /// A parameter, in the order in which the service expects it.
    package typealias Parameter = (name: String, value: String)

    private let url: String
    private let action: String
    private let body: String

    /// - Parameters:
    ///   - url: The address of the service.
    ///   - namespace: Of the operation and its parameters.
    ///   - operation: Its name.
    ///   - action: The value of `SOAPAction`.
    ///   - content: What stands inside the operation's element; see ``element(_:_:)``.
    package init(
        url: String,
        namespace: String,
        operation: String,
        action: String,
        content: String
    ) {
        self.url = url
        self.action = action
        body =
            #"<?xml version="1.0" encoding="utf-8"?>"#
            + #"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>"#
            + #"<\#(operation) xmlns="\#(namespace)">\#(content)</\#(operation)>"#
            + "</soap:Body></soap:Envelope>"
    }

    /// The request: generous in size, since such services answer a whole property at once.
    package var request: HTTPExchangeRequest {
        HTTPExchangeRequest(
            method: "POST",
            url: url,
            headers: [
                (name: "Content-Type", value: "text/xml; charset=utf-8"),
                (name: "Accept", value: "text/xml"), (name: "SOAPAction", value: "\"\(action)\""),
            ],
            body: Data(body.utf8),
            maximumBytes: 256 << 20
        )
    }

    /// An element with text.
    package static func element(_ name: String, _ text: String) -> String {
        "<\(name)>\(escape(text))</\(name)>"
    }

    /// Elements with text, in order.
    package static func elements(_ parameters: [Parameter]) -> String {
        parameters.map { element($0.name, $0.value) }.joined()
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// Judges an answer and reads the first element of its SOAP body, of either version of SOAP.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - attempt: What was attempted, for errors.
    ///   - secrets: What the vendor may have echoed and nobody may see.
    ///   - read: Reads that element.
    /// - Returns: What `read` made of it.
    /// - Throws: ``ConnectorError``: a SOAP fault in the vendor's words, under whatever HTTP status.
    package static func read<Result>(
        _ response: HTTPExchangeResponse,
        attempting attempt: String,
        hiding secrets: [Secret],
        _ read: (WireKey, inout XMLSkimmer) throws(XMLSkimmer.Failure) -> Result
    ) throws(ConnectorError) -> Result {
        let isSuccess = (200...299).contains(response.status)
        let outcome: (fault: String?, result: Result?)
        do throws(XMLSkimmer.Failure) {
            outcome = try envelope(of: response.body, read)
        } catch {
            // A page for people says nothing that the status does not say.
            let refusal = ConnectorError(
                response,
                attempting: attempt,
                words: nil,
                hiding: secrets
            )
            throw refusal ?? ConnectorError(error, attempting: attempt)
        }
        if let fault = outcome.fault {
            throw ConnectorError(
                .ofFault(fault),
                attempting: attempt,
                words: fault.isEmpty ? "a SOAP fault without words" : fault,
                hiding: secrets
            )
        }
        if !isSuccess,
            let refusal = ConnectorError(
                response,
                attempting: attempt,
                words: nil,
                hiding: secrets
            )
        {
            throw refusal
        }
        guard let result = outcome.result else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "expected a SOAP body, found none"
            )
        }
        return result
    }

    private static func envelope<Result>(
        of body: Data,
        _ read: (WireKey, inout XMLSkimmer) throws(XMLSkimmer.Failure) -> Result
    ) throws(XMLSkimmer.Failure) -> (fault: String?, result: Result?) {
        try XMLSkimmer.read(body) { name, xml throws(XMLSkimmer.Failure) in
            var fault: String?
            var result: Result?
            guard name == "Envelope" else { return (nil, nil) }
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                guard name == "Body" else { return }
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "Fault" {
                        fault = try words(ofFault: &xml)
                    } else if result == nil {
                        result = try read(name, &xml)
                    }
                }
            }
            return (fault, result)
        }
    }

    /// The words of a fault: `faultstring` of SOAP 1.1, `Reason/Text` of 1.2.
    private static func words(
        ofFault xml: inout XMLSkimmer
    ) throws(XMLSkimmer.Failure) -> String {
        var words = ""
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            switch name {
            case "faultstring": words = try xml.text()
            case "Reason":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "Text" { words = try xml.text() }
                }
            default: break
            }
        }
        return words
    }
}

extension ConnectorError.Code {
    /// What the words of a refusal say of permission; `refused` where they say nothing of it.
    package static func ofFault(_ words: String) -> Self {
        let folded = words.lowercased()
        if folded.contains("login failed") || folded.contains("invalid credential")
            || folded.contains("invalid login")
        {
            return .unauthorized
        }
        if folded.contains("not authorized") || folded.contains("permission")
            || folded.contains("access denied") || folded.contains("insufficient rights")
        {
            return .forbidden
        }
        return .refused
    }
}
