package import struct Foundation.Data

/// Sends one HTTP request and collects its answer, bounded in time and size.
///
/// TLS certificates are always verified. The transport follows no redirects: credentials go where they
/// were meant for.
package protocol HTTPTransport: Sendable {
    /// - Throws: ``ConnectorError`` with the code `unavailable` where no whole answer came; the message
    ///   names host and cause, never headers or body.
    func send(_ request: HTTPExchangeRequest) async throws(ConnectorError) -> HTTPExchangeResponse
}

/// A request as a connector states it.
package struct HTTPExchangeRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: Data?
    /// How long the whole answer may take, in milliseconds.
    package var timeoutMilliseconds: Int
    /// The largest body accepted, in bytes.
    package var maximumBytes: Int

    package init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: Data? = nil,
        timeoutMilliseconds: Int = 60_000,
        maximumBytes: Int = 64 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutMilliseconds = timeoutMilliseconds
        self.maximumBytes = maximumBytes
    }
}

/// A whole answer.
package struct HTTPExchangeResponse: Sendable {
    package let status: Int
    /// Header names in lower case, in the order in which they came.
    package let headers: [(name: String, value: String)]
    package let body: Data

    package init(status: Int, headers: [(name: String, value: String)], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, given in lower case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
