import Foundation
import Hummingbird
import HummingbirdTesting
import LintelModel
import LintelTesting
import NIOCore
import Operations
import SQLEngineTesting
import SyncEngine
import Testing

@testable import WebConsole

/// A console inside the test's process, visited as browsers do.
struct ConsoleDriver: Sendable {
    let lintel: LintelInProcess
    fileprivate let client: any TestClientProtocol

    static let password = "four words of nobody's own"

    /// What a request brings along in tests.
    struct Context: RequestContext, RemoteAddressRequestContext {
        var coreContext: CoreRequestContextStorage
        var remoteAddress: SocketAddress? { nil }

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
        }
    }

    /// An answer, with the cookies it set.
    struct Answered {
        let status: HTTPResponse.Status
        let location: String?
        let body: String
        let headers: HTTPFields
        let cookies: [String: String]
    }

    static func with(
        _ engine: TestEngine = .sqlite,
        setupCode: BearerSecret? = nil,
        isSecure: Bool = false,
        _ use: @Sendable @escaping (ConsoleDriver) async throws -> Void
    ) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let router = Router(context: Context.self)
            try Console(
                operations: lintel.operations,
                desk: SyncDesk(lintel.engine, observer: EventLog()),
                isSecure: isSecure,
                setupCode: setupCode
            ).add(to: router)
            try await Application(responder: router.buildResponder()).test(.router) { client in
                try await use(ConsoleDriver(lintel: lintel, client: client))
            }
        }
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        cookies: [String: String] = [:],
        headers: HTTPFields = [:],
        form: [(String, String)] = []
    ) async throws -> Answered {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }
                .map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        var body: ByteBuffer?
        if method == .post {
            headers[.contentType] = "application/x-www-form-urlencoded"
            body = ByteBuffer(
                string: form.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }
                    .joined(separator: "&")
            )
        }
        let response = try await client.executeRequest(
            uri: path,
            method: method,
            headers: headers,
            body: body
        )
        var set: [String: String] = [:]
        for field in response.headers[values: .setCookie] {
            let pair = field.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            set[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
        }
        return Answered(
            status: response.status,
            location: response.headers[.location],
            body: String(buffer: response.body),
            headers: response.headers,
            cookies: set
        )
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    /// The token that the forms of a page bring along.
    static func csrf(in body: String) -> String {
        guard let start = body.range(of: #"name="csrf" value=""#) else { return "" }
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }

    /// Signs somebody in through the page, and gives the cookies of their browser.
    func signIn(
        _ email: String,
        password: String = ConsoleDriver.password
    ) async throws -> [String: String] {
        let page = try await send(.get, "/sign-in")
        let answered = try await send(
            .post,
            "/sign-in",
            cookies: page.cookies,
            form: [
                ("csrf", Self.csrf(in: page.body)), ("email", email), ("password", password),
            ]
        )
        try #require(answered.status == .seeOther, "\(answered.body)")
        return page.cookies.merging(answered.cookies) { $1 }
    }

    /// Sends a form as somebody whose browser has shown its page.
    func post(
        _ path: String,
        as cookies: [String: String],
        _ fields: [(String, String)] = []
    ) async throws -> Answered {
        let session = try #require(cookies["lintel-session"])
        return try await send(
            .post,
            path,
            cookies: cookies,
            form: [("csrf", BearerSecret(session).csrf)] + fields
        )
    }

    /// Adds somebody who signs in with ``password``.
    @discardableResult
    func add(_ email: String, _ grant: Grant) async throws -> StaffMember {
        try await lintel.operations.addStaff(email, grant, password: Self.password)
    }
}
