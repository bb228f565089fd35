import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LintelModel
import LintelTesting
import NIOCore
import Operations
import SQLEngineTesting
import SyncEngine
import Testing

@testable import HTTPAPI

/// The API inside the test's process, used as programs do.
struct APIDriver: Sendable {
    let lintel: LintelInProcess
    fileprivate let client: any TestClientProtocol

    struct Answered {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: String

        /// What was answered; null where it is no JSON.
        var json: JSON { (try? JSON(.init(body.utf8))) ?? .null }
    }

    static func with(
        _ engine: TestEngine = .sqlite,
        _ use: @Sendable @escaping (APIDriver) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let router = Router()
            let desk = SyncDesk(lintel.engine, observer: EventLog())
            try API(operations: lintel.operations, desk: desk).add(to: router)
            let application = Application(responder: router.buildResponder())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await desk.run() }
                try await application.test(.router) { client in
                    try await use(APIDriver(lintel: lintel, client: client))
                }
                group.cancelAll()
            }
        }
    }

    /// Makes a token, and gives its secret.
    func token(
        _ role: Role = .portfolioManager,
        _ reach: Reach = .everything,
        days: Int? = nil
    ) async throws -> BearerSecret {
        try await lintel.operations.makeToken("Test", Grant(role, reach), days: days).secret
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        as secret: BearerSecret?,
        _ body: String? = nil,
        type: String = "application/json",
        key: String? = nil
    ) async throws -> Answered {
        var headers: HTTPFields = [:]
        if let secret { headers[.authorization] = "Bearer \(secret.revealed)" }
        if body != nil { headers[.contentType] = type }
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let response = try await client.executeRequest(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        return Answered(
            status: response.status,
            headers: response.headers,
            body: String(buffer: response.body)
        )
    }

    /// Every item of a list, page by page, and how many pages there were.
    func walk(
        _ path: String,
        limit: Int,
        as secret: BearerSecret
    ) async throws -> (items: [JSON], pages: Int) {
        var items: [JSON] = []
        var pages = 0
        var cursor = ""
        repeat {
            let answered = try await send(.get, "\(path)?limit=\(limit)\(cursor)", as: secret)
            try #require(answered.status == .ok, "\(answered.body)")
            items += answered.json["data"].items
            pages += 1
            cursor = answered.json["next_cursor"].string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty && pages < 1000
        return (items, pages)
    }
}

extension JSON {
    subscript(_ name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var string: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .integer(let number) = self { number } else { nil } }
    var items: [JSON] { if case .list(let items) = self { items } else { [] } }
}
