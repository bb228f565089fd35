import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import PMSSimulator

/// Asks a running simulator over a real socket, as any client would.
struct SimulatorClient {
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: Data

        /// The value of a key in the envelope's `response`.
        func response(_ key: String) throws -> Any? {
            let document = try JSONSerialization.jsonObject(with: body) as? [String: Any]
            return (document?["response"] as? [String: Any])?[key]
        }

        func result() throws -> [String: Any] {
            try response("result") as? [String: Any] ?? [:]
        }

        func leases() throws -> [[String: Any]] {
            (try result()["leases"] as? [String: Any])?["lease"] as? [[String: Any]] ?? []
        }

        func errorMessage() throws -> String? {
            (try response("error") as? [String: Any])?["message"] as? String
        }
    }

    let baseURL: String
    var headers: [(String, String)] = [("X-Api-Key", "any")]
    var http = HTTPClient.shared

    init(_ running: RunningSimulator) {
        baseURL = running.baseURL
    }

    func call(
        _ service: String,
        _ method: String,
        _ params: [String: Any] = [:],
        query: String = "",
        path: String = "/ext/orgs/demo/v1"
    ) async throws -> Answer {
        let body: [String: Any] = [
            "auth": ["type": "apikey"], "requestId": "15",
            "method": ["name": method, "version": "r2", "params": params],
        ]
        return try await post(
            "\(path)/\(service)\(query)",
            String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        )
    }

    func leases(
        _ property: Int,
        _ params: [String: Any] = [:],
        query: String = ""
    ) async throws -> Answer {
        var params = params
        params["propertyId"] = "\(property)"
        return try await call("leases", "getLeases", params, query: query)
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        let response = try await open(path, body)
        let bytes = try await response.body.collect(upTo: 1 << 28)
        return Answer(
            status: Int(response.status.code),
            headers: response.headers,
            body: Data(buffer: bytes)
        )
    }

    /// Sends a request and waits for the head of the answer alone.
    func open(_ path: String, _ body: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .POST
        request.headers.add(contentsOf: HTTPHeaders(headers))
        request.body = .bytes(ByteBuffer(string: body))
        return try await http.execute(request, timeout: .seconds(30))
    }
}
