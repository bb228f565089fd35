import ConnectorKit
import HTTPTypes
package import Hummingbird
import LintelModel
package import Operations
import SQLEngine
import Storage
package import SyncEngine

import struct Foundation.Data

/// The JSON API: what the console does, for programs.
///
/// Each operation is an ``Endpoint``; whether a token may have it is judged in ``admit(_:_:)`` alone.
package struct API: Sendable {
    /// How many bytes of JSON, and of a file, are taken.
    private static let limits = (json: 1 << 20, file: 8 << 20)

    private let operations: Operations
    private let desk: SyncDesk
    private let document: Data

    /// - Throws: where the document cannot be written.
    package init(operations: Operations, desk: SyncDesk) throws {
        self.operations = operations
        self.desk = desk
        document = OpenAPIDocument.of(Self.endpoints).data()
    }

    /// Every operation.
    static let endpoints: [Endpoint] = [
        TokenEndpoints.all, PropertyEndpoints.all, UnitEndpoints.all, MappingEndpoints.all,
        PeopleEndpoints.all, SyncEndpoints.all, AlertEndpoints.all, IntegrationEndpoints.all,
        StaffEndpoints.all, ActivityEndpoints.all,
    ].flatMap(\.self)

    package func add<Context: RequestContext>(to router: Router<Context>) {
        router.add(middleware: UnknownAddress<Context>())
        for endpoint in Self.endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                try await respond {
                    try await answer(
                        endpoint,
                        request,
                        context.parameters.reduce(into: [:]) {
                            $0[String($1.key)] = String($1.value)
                        }
                    )
                }
            }
        }
        router.get("/v1/openapi.json") { _, _ in
            var reply = Reply(.ok)
            reply.contentType = "application/json"
            reply.body = document
            return reply.response
        }
        // The console's own page for what is not there is for people.
        router.get("/v1/**") { _, _ -> Response in throw HTTPError(.notFound) }
    }

    // MARK: Who may

    /// Judges whether a token may have an endpoint: the one place where that is done.
    ///
    /// - Throws: ``Problem`` where it may not. A property out of its reach is not found.
    private static func admit(_ endpoint: Endpoint, _ caller: Operations.Caller) throws {
        let token = caller.token
        switch endpoint.place {
        case .anyToken: return
        case .portfolio:
            guard token.grant.allows(endpoint.permission, at: nil) else {
                throw forbidden(endpoint)
            }
        case .property:
            guard let property = caller.property, token.grant.reach.includes(property.id) else {
                throw Problem.notFound
            }
            guard token.grant.allows(endpoint.permission, at: property.id) else {
                throw forbidden(endpoint)
            }
        }
    }

    private static func forbidden(_ endpoint: Endpoint) -> Problem {
        let roles = Role.allCases.filter { $0.includes(endpoint.permission) }.map(\.rawValue)
        let reach = endpoint.place == .portfolio ? ", for the whole portfolio" : ""
        return Problem(
            .forbidden,
            "This needs a token with the role \(roles.joined(separator: " or "))\(reach)."
        )
    }

    /// Who calls, and what the path names.
    private func caller(
        _ request: Request,
        _ parameters: [String: String]
    ) async throws -> Operations.Caller {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw Problem(
                .unauthorized,
                "Send a token of this server as Authorization: Bearer TOKEN. They are made in the "
                    + "console, under API Tokens.",
                headers: [.wwwAuthenticate: "Bearer"]
            )
        }
        let caller = try await operations.caller(
            with: BearerSecret(words[1].trimmingCharacters(in: .whitespaces)),
            naming: parameters["property"].map { PropertyID($0) },
            or: parameters["property"] == nil ? parameters["unit"].map { UnitID($0) } : nil
        )
        guard let caller else {
            throw Problem(
                .unauthorized,
                "This token is none of this server's, was revoked, or has ended.",
                headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#]
            )
        }
        return caller
    }

    // MARK: Answering

    private func respond(_ body: () async throws -> Reply) async throws -> Response {
        do {
            return try await body().response
        } catch {
            return Self.problem(error).reply.response
        }
    }

    /// What went wrong, for whoever sent the request.
    private static func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as OperationError:
            switch error.kind {
            case .notFound: Problem(.notFound, "\(error)")
            case .conflict: Problem(.conflict, "\(error)")
            case .invalid: Problem(.unprocessableContent, "\(error)")
            }
        case let error as ConnectorError: Problem(.badGateway, "\(error)")
        case let error as SyncFailure: Problem(.badGateway, "\(error)")
        case let error as SQLError where error.code == .refused:
            Problem(.unprocessableContent, "The database refuses this: \(error)")
        case let error as SQLError where error.code != .unavailable:
            Problem(
                .conflict,
                "Somebody else changed the same at that moment. Look at it again, then send this once more."
            )
        case let error as SQLError:
            Problem(.serviceUnavailable, "The database does not answer: \(error)")
        default: Problem(.internalServerError, "Something went wrong here.")
        }
    }

    private func answer(
        _ endpoint: Endpoint,
        _ request: Request,
        _ parameters: [String: String]
    ) async throws -> Reply {
        // A path that nothing can be named by is not found, once it is known who asks.
        let parameters = Self.decoded(parameters)
        let caller = try await caller(request, parameters ?? [:])
        guard let parameters else { throw Problem.notFound }
        try Self.admit(endpoint, caller)
        let query = try Self.query(of: request, endpoint)
        let sent = try await Self.body(of: request, endpoint)
        let call = Call(
            operations: operations.acting(as: .token(caller.token.id)),
            desk: desk,
            token: caller.token,
            parameters: parameters,
            query: query,
            body: try Self.members(sent, endpoint),
            file: sent,
            property: caller.property,
            unit: caller.unit
        )
        guard endpoint.writes, let key = try Self.idempotencyKey(of: request) else {
            return try await endpoint.handle(call)
        }
        let whole = Data("\(request.method) \(request.uri)\n".utf8) + sent
        return try await once(key, caller.token.id, whole) { try await endpoint.handle(call) }
    }

    /// Does a write once for each key; one that was done is answered as it was then.
    private func once(
        _ key: String,
        _ token: TokenID,
        _ request: Data,
        _ body: () async throws -> Reply
    ) async throws -> Reply {
        switch try await operations.takeKey(key, of: token, for: request) {
        case .done(let reply): return Reply(reply)
        case .other:
            throw Problem(
                .unprocessableContent,
                "This Idempotency-Key came with another request before; make a new one for each write."
            )
        case .unknown:
            throw Problem(
                .conflict,
                "The request of this Idempotency-Key is being done, or the server stopped while it was. "
                    + "Look whether it was done before you send it again under a new key."
            )
        case .new: break
        }
        let reply: Reply
        do {
            reply = try await body()
        } catch {
            let problem = Self.problem(error)
            // Where the database was lost it may have been done: the key stays taken, and says so.
            if (error as? SQLError)?.code == .unavailable { throw problem }
            // What failed here or at the PMS may go better the next time; what was refused will not.
            guard problem.status.code < 500, !(error is SQLError) else {
                try await operations.freeKey(key, of: token)
                throw problem
            }
            reply = problem.reply
        }
        try await operations.keepReply(reply.kept, under: key, of: token)
        return reply
    }

    // MARK: Reading

    /// The parts of the path as they were meant; nil where one cannot be read.
    private static func decoded(_ parameters: [String: String]) -> [String: String]? {
        var decoded: [String: String] = [:]
        for (name, value) in parameters {
            guard let text = value.contains("%") ? value.removingPercentEncoding : value,
                !text.utf8.contains(0)
            else {
                return nil
            }
            decoded[name] = text
        }
        return decoded
    }

    private static func query(
        of request: Request,
        _ endpoint: Endpoint
    ) throws -> [String: JSON] {
        var values: [String: JSON] = [:]
        var faults: [Schema.Fault] = []
        for (key, value) in request.uri.queryParameters {
            let (name, text) = (String(key), String(value))
            guard let parameter = endpoint.query.first(where: { $0.name == name }) else {
                let known = endpoint.query.map(\.name).joined(separator: ", ")
                faults.append(
                    Schema.Fault(
                        place: name,
                        detail: "is no parameter here; expected \(known.isEmpty ? "none" : known)"
                    )
                )
                continue
            }
            guard values[name] == nil else {
                faults.append(Schema.Fault(place: name, detail: "stands in the query twice"))
                continue
            }
            let read: JSON =
                switch parameter.schema {
                case .integer: Int(text).map { .integer($0) } ?? .text(text)
                case .flag: ["true": .flag(true), "false": .flag(false)][text] ?? .text(text)
                default: .text(text)
                }
            faults += parameter.schema.faults(of: read, at: name)
            values[name] = read
        }
        guard faults.isEmpty else { throw Problem.malformed(faults) }
        return values
    }

    private static func body(of request: Request, _ endpoint: Endpoint) async throws -> Data {
        let (type, limit): (String, Int)
        switch endpoint.body {
        case .none: return Data()
        case .object: (type, limit) = ("application/json", limits.json)
        case .file: (type, limit) = ("text/csv", limits.file)
        }
        if !endpoint.needsBody, request.headers[.contentType] == nil { return Data() }
        let sent = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
            .trimmingCharacters(in: .whitespaces).lowercased()
        guard sent == type else {
            throw Problem(
                .unsupportedMediaType,
                "Send it as \(type), not as “\(sent)”.",
                headers: [.accept: type]
            )
        }
        do {
            return Data(Array(buffer: try await request.body.collect(upTo: limit)))
        } catch {
            throw Problem(
                .contentTooLarge,
                "What was sent has more than \(limit / 1024) KiB, or did not arrive whole."
            )
        }
    }

    private static func members(
        _ sent: Data,
        _ endpoint: Endpoint
    ) throws -> [String: JSON] {
        guard case .object(let members) = endpoint.body, endpoint.needsBody || !sent.isEmpty else {
            return [:]
        }
        guard let value = try? JSON(sent) else {
            throw Problem(.badRequest, "What was sent is not JSON (RFC 8259).")
        }
        let faults = Schema.object(members).faults(of: value)
        guard faults.isEmpty, case .object(let read) = value else {
            throw Problem.malformed(faults)
        }
        return read
    }

    private static func idempotencyKey(of request: Request) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let field = request.headers[name] else {
            return nil
        }
        // The draft has a quoted string; most clients send it bare.
        let isQuoted = field.count > 1 && field.hasPrefix("\"") && field.hasSuffix("\"")
        let key = isQuoted ? field.dropFirst().dropLast() : field[...]
        let isVisible = key.utf8.allSatisfy {
            (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C
        }
        guard (1...255).contains(key.utf8.count), isVisible else {
            throw Problem.malformed([
                Schema.Fault(
                    place: "Idempotency-Key",
                    detail:
                        "expected 1 to 255 visible characters of ASCII, no quotes or backslashes"
                )
            ])
        }
        return String(key)
    }
}
