import struct Foundation.Data

/// A transport that keeps what goes over it, redacted, for a bug report.
package actor RecordingTransport: HTTPTransport {
    /// Headers of requests whose values are no secret.
    private static let plainRequestHeaders: Set<String> = ["accept", "content-type", "soapaction"]
    /// Headers of answers that say how a list or a limit stands.
    private static let plainAnswerHeaders: Set<String> = [
        "content-type", "content-length", "x-total-count", "retry-after", "x-ratelimit-limit",
        "x-ratelimit-remaining", "x-ratelimit-reset",
    ]

    private let transport: any HTTPTransport
    private let secrets: [Secret]
    /// The exchanges as text, in the order in which they were answered.
    package private(set) var exchanges: [String] = []

    package init(_ transport: any HTTPTransport, hiding secrets: [Secret]) {
        self.transport = transport
        self.secrets = secrets
    }

    package func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        do throws(ConnectorError) {
            let response = try await transport.send(request)
            let status = "HTTP \(response.status)"
            let headers = Self.lines(response.headers, showing: Self.plainAnswerHeaders)
            keep(request, answer: ([status] + headers).joined(separator: "\n"), response.body)
            return response
        } catch {
            keep(request, answer: error.message, nil)
            throw error
        }
    }

    private func keep(_ request: HTTPExchangeRequest, answer: String, _ body: Data?) {
        let address = secrets.reduce(request.url) { url, secret in
            url.replacing(secret.revealed, with: secret.description)
        }
        let headers = Self.lines(request.headers, showing: Self.plainRequestHeaders)
        var parts = [(["\(request.method) \(address)"] + headers).joined(separator: "\n")]
        if let body = request.body { parts.append(Redaction.redact(body, hiding: secrets)) }
        parts.append(answer)
        if let body { parts.append(Redaction.redact(body, hiding: secrets)) }
        exchanges.append(parts.joined(separator: "\n\n"))
    }

    private static func lines(
        _ headers: [(name: String, value: String)],
        showing plain: Set<String>
    ) -> [String] {
        headers.map { header in
            let isPlain = plain.contains(header.name.lowercased())
            return "\(header.name): \(isPlain ? header.value : "…")"
        }
    }
}
