package import ConnectorKit

package import struct Foundation.Data

/// One request that is expected, and its answer.
package struct ScriptedExchange: Sendable {
    package enum Answer: Sendable {
        case response(HTTPExchangeResponse)
        /// No whole answer comes.
        case failure(ConnectorError)
    }

    /// What the request's address must end with, query included.
    package var address: String
    /// What the request's body must hold.
    package var contains: [String]
    package var answer: Answer

    package init(_ address: String, contains: [String] = [], answer: Answer) {
        self.address = address
        self.contains = contains
        self.answer = answer
    }

    /// An exchange answered with JSON under HTTP 200.
    package init(
        _ address: String,
        contains: [String] = [],
        json: String,
        headers: [(name: String, value: String)] = []
    ) {
        self.init(address, contains: contains, answer: .json(json, headers: headers))
    }

    /// Whether the answer has a body that could be cut.
    package var hasBody: Bool {
        guard case .response(let response) = answer else { return false }
        return !response.body.isEmpty
    }

    /// The same request, answered otherwise.
    package func answered(_ answer: Answer) -> ScriptedExchange {
        var exchange = self
        exchange.answer = answer
        return exchange
    }

    /// The same request and answer with another body; a failure stays one.
    package func withBody(_ change: (Data) -> Data) -> ScriptedExchange {
        guard case .response(let response) = answer else { return self }
        return answered(
            .response(
                HTTPExchangeResponse(
                    status: response.status,
                    headers: response.headers,
                    body: change(response.body)
                )
            )
        )
    }
}

extension ScriptedExchange.Answer {
    /// JSON under that status.
    package static func json(
        _ text: String,
        status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> Self {
        .response(
            HTTPExchangeResponse(
                status: status,
                headers: [(name: "content-type", value: "application/json")] + headers,
                body: Data(text.utf8)
            )
        )
    }

    /// XML under that status.
    package static func xml(_ text: String, status: Int = 200) -> Self {
        .response(
            HTTPExchangeResponse(
                status: status,
                headers: [(name: "content-type", value: "text/xml; charset=utf-8")],
                body: Data(text.utf8)
            )
        )
    }
}
