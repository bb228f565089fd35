package import ConnectorKit
package import Testing

/// A transport without sockets that plays a script: a request that is not next in it fails the test.
package actor ScriptedTransport: HTTPTransport {
    private var script: ArraySlice<ScriptedExchange>
    private let sourceLocation: SourceLocation
    /// What was asked, in order.
    package private(set) var requests: [HTTPExchangeRequest] = []

    package init(
        _ script: [ScriptedExchange],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.script = script[...]
        self.sourceLocation = sourceLocation
    }

    package func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        requests.append(request)
        guard let next = script.popFirst() else {
            throw unexpected(request, "nothing more was to be asked")
        }
        guard request.url.hasSuffix(next.address) else {
            throw unexpected(request, "expected an address that ends with \(next.address)")
        }
        let body = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if let missing = next.contains.first(where: { !body.contains($0) }) {
            throw unexpected(request, "its body lacks \(missing): \(body)")
        }
        switch next.answer {
        case .response(let response): return response
        case .failure(let error): throw error
        }
    }

    /// Fails the test where part of the script was not asked for.
    package func expectFinished() {
        guard let next = script.first else { return }
        Issue.record(
            "\(script.count) exchanges were never asked for, first \(next.address)",
            sourceLocation: sourceLocation
        )
    }

    private func unexpected(_ request: HTTPExchangeRequest, _ why: String) -> ConnectorError {
        Issue.record(
            "unexpected \(request.method) \(request.url): \(why)",
            sourceLocation: sourceLocation
        )
        return ConnectorError(.unavailable, attempting: "scripted exchange", why)
    }
}
