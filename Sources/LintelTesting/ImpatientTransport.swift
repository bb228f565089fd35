package import ConnectorKit

/// Sends through another transport, giving no answer more time than a test has.
package struct ImpatientTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let timeoutMilliseconds: Int

    package init(_ transport: any HTTPTransport, timeoutMilliseconds: Int) {
        self.transport = transport
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    package func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        var request = request
        request.timeoutMilliseconds = min(request.timeoutMilliseconds, timeoutMilliseconds)
        return try await transport.send(request)
    }
}
