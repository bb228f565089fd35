import AsyncHTTPTransport
import ConnectorKit
import Foundation
import NIOHTTP1
import Testing

@Suite struct AsyncHTTPTransportTests {
    private static func withTransport<Result>(
        _ answers: [String: LocalServer.Answer],
        _ body: (AsyncHTTPTransport, LocalServer) async throws -> Result
    ) async throws -> Result {
        try await LocalServer.with(answers) { server in
            let transport = try AsyncHTTPTransport()
            do {
                let result = try await body(transport, server)
                try await transport.shutdown()
                return result
            } catch {
                try? await transport.shutdown()
                throw error
            }
        }
    }

    private static func failure(
        _ answer: LocalServer.Answer,
        timeoutMilliseconds: Int = 60_000,
        maximumBytes: Int = 1_000_000
    ) async throws -> ConnectorError? {
        try await withTransport(["/secret-path": answer]) { transport, server in
            await #expect(throws: ConnectorError.self) {
                try await transport.send(
                    HTTPExchangeRequest(
                        method: "POST",
                        url: "\(server.url)/secret-path?secret=query",
                        headers: [(name: "X-Api-Key", value: "secret-key")],
                        body: Data("secret-body".utf8),
                        timeoutMilliseconds: timeoutMilliseconds,
                        maximumBytes: maximumBytes
                    )
                )
            }
        }
    }

    @Test("An answer comes with its status, headers in lower case and body")
    func whole() async throws {
        try await Self.withTransport([
            "/a": .whole(status: .imATeapot, headers: ["X-Total-Count": "3"], body: "hello")
        ]) { transport, server in
            let response = try await transport.send(
                HTTPExchangeRequest(
                    method: "POST",
                    url: "\(server.url)/a?x=1",
                    body: Data("b".utf8)
                )
            )
            #expect(response.status == 418)
            #expect(response.header("x-total-count") == "3")
            #expect(response.body == Data("hello".utf8))
        }
    }

    @Test("A connection is used again")
    func keepsConnections() async throws {
        try await Self.withTransport([
            "/a": .whole(status: .ok, headers: [:], body: "x")
        ]) { transport, server in
            var served: [String?] = []
            for _ in 1...3 {
                let response = try await transport.send(
                    HTTPExchangeRequest(method: "GET", url: "\(server.url)/a")
                )
                served.append(response.header("x-served-on-connection"))
            }
            #expect(served == ["1", "2", "3"])
        }
    }

    @Test("A redirect is an answer, not a new request")
    func redirects() async throws {
        try await Self.withTransport([
            "/a": .whole(status: .found, headers: ["Location": "/b"], body: ""),
            "/b": .whole(status: .ok, headers: [:], body: "followed"),
        ]) { transport, server in
            let response = try await transport.send(
                HTTPExchangeRequest(method: "GET", url: "\(server.url)/a")
            )
            #expect(response.status == 302)
        }
    }

    @Test(
        "No whole answer is an error that names host and cause and nothing of the request",
        arguments: [
            (
                LocalServer.Answer.whole(status: .ok, headers: [:], body: "12345"), 600_000, 4,
                "4 bytes"
            ),
            (.chunked(bytes: 3_000_000), 600_000, 2_000_000, "2000000 bytes"),
            (.cut, 600_000, 1_000, "127.0.0.1"),
            (.silence, 50, 1_000, "50 ms"),
        ] as [(LocalServer.Answer, Int, Int, String)]
    )
    func bounded(
        answer: LocalServer.Answer,
        milliseconds: Int,
        bytes: Int,
        named: String
    ) async throws {
        let error = try #require(
            await Self.failure(answer, timeoutMilliseconds: milliseconds, maximumBytes: bytes)
        )
        #expect(error.code == .unavailable)
        #expect(error.description.contains("127.0.0.1"))
        #expect(error.description.contains(named))
        #expect(!error.description.contains("secret"))
    }

    @Test("An answer just as large as accepted is taken")
    func largest() async throws {
        try await Self.withTransport(["/a": .chunked(bytes: 2_000_000)]) { transport, server in
            let response = try await transport.send(
                HTTPExchangeRequest(
                    method: "GET",
                    url: "\(server.url)/a",
                    maximumBytes: 2_000_000
                )
            )
            #expect(response.body.count == 2_000_000)
        }
    }

    @Test("A host where nobody listens is named with the cause")
    func nobodyListens() async throws {
        let port = try await LocalServer.with([:]) { $0.port }
        let transport = try AsyncHTTPTransport()
        let error = await #expect(throws: ConnectorError.self) {
            try await transport.send(
                HTTPExchangeRequest(method: "GET", url: "http://127.0.0.1:\(port)/secret")
            )
        }
        try await transport.shutdown()
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("refused") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("A plain server is not taken for an encrypted one")
    func encrypted() async throws {
        try await Self.withTransport([:]) { transport, server in
            let error = await #expect(throws: ConnectorError.self) {
                try await transport.send(
                    HTTPExchangeRequest(
                        method: "GET",
                        url: "https://127.0.0.1:\(server.port)/",
                        timeoutMilliseconds: 20_000
                    )
                )
            }
            #expect(error?.code == .unavailable)
        }
    }

    @Test("Plain http leaves this machine never")
    func plain() async throws {
        let transport = try AsyncHTTPTransport()
        let error = await #expect(throws: ConnectorError.self) {
            try await transport.send(
                HTTPExchangeRequest(method: "GET", url: "http://example.com/?x=1")
            )
        }
        try await transport.shutdown()
        #expect(error?.code == .misconfigured)
    }

    @Test("A file of authorities that holds none is refused by name")
    func authorities() {
        let error = #expect(throws: ConnectorError.self) {
            try AsyncHTTPTransport(authorityFile: "/dev/null/none.pem")
        }
        #expect(error?.code == .misconfigured)
        #expect(error?.description.contains("none.pem") == true)
    }
}
