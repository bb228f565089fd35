import Hummingbird
import LintelModel

/// One operation of the API, as a value: where it is, what it needs, takes and answers, and what does it.
///
/// The router, the check of what may be done, the check of what is sent, and the document are all made from it.
struct Endpoint: Sendable {
    /// Where an endpoint is judged.
    enum Place: Sendable, Equatable {
        /// Any token.
        case anyToken
        /// A token that may do it in the portfolio as a whole.
        case portfolio
        /// A token that may do it at the property of the path, or of the unit of the path.
        case property
    }

    /// What is sent along.
    enum Body: Sendable {
        case none
        /// An object of these members.
        case object([Schema.Member])
        /// A file of comma-separated values (RFC 4180), in UTF-8.
        case file(String)
    }

    /// What is answered.
    enum Answer: Sendable {
        case json(HTTPResponse.Status, Schema, String)
        case file(String)
        case nothing(String)
    }

    let method: HTTPRequest.Method
    /// The path as the document has it, as `/v1/properties/{property}/units`.
    let path: String
    /// Its name in the document, as `listUnits`.
    let name: String
    let summary: String
    let place: Place
    let permission: Permission
    let query: [Parameter]
    let body: Body
    let answer: Answer
    /// Whether the PMS is asked before it is answered.
    var asksPMS = false
    let handle: @Sendable (Call) async throws -> Reply

    /// Whether something must be sent along.
    var needsBody: Bool {
        switch body {
        case .none: false
        case .object(let members): members.contains(where: \.isRequired)
        case .file: true
        }
    }

    /// Whether it does something, and so may come with an `Idempotency-Key`.
    var writes: Bool { method != .get }

    /// The names in braces in its path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { String($0.dropFirst().dropLast()) }
    }

    /// A value of the query.
    struct Parameter: Sendable {
        let name: String
        let summary: String
        let schema: Schema

        init(_ name: String, _ schema: Schema, _ summary: String) {
            self.name = name
            self.schema = schema
            self.summary = summary
        }
    }
}

// MARK: Making them

extension Endpoint {
    /// Something to look at.
    static func get<Output: Represented>(
        _ path: String,
        _ name: String,
        _ summary: String,
        at place: Place = .property,
        needs permission: Permission = .read,
        query: [Parameter] = [],
        asksPMS: Bool = false,
        answers: String,
        _ handle: @escaping @Sendable (Call) async throws -> Output
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            name: name,
            summary: summary,
            place: place,
            permission: permission,
            query: query,
            body: .none,
            answer: .json(.ok, Output.schema, answers),
            asksPMS: asksPMS
        ) { Reply(.ok, try await handle($0).json) }
    }

    /// A long list, page by page.
    static func list<Item: Represented>(
        _ path: String,
        _ name: String,
        _ summary: String,
        at place: Place = .property,
        needs permission: Permission = .read,
        query: [Parameter] = [],
        answers: String,
        _ handle: @escaping @Sendable (Call) async throws -> Page<Item>
    ) -> Endpoint {
        get(
            path,
            name,
            summary,
            at: place,
            needs: permission,
            query: query + Page<Item>.parameters,
            answers: answers,
            handle
        )
    }

    /// A file to look at.
    static func file(
        _ path: String,
        _ name: String,
        _ summary: String,
        answers: String,
        _ handle: @escaping @Sendable (Call) async throws -> [UInt8]
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            name: name,
            summary: summary,
            place: .property,
            permission: .read,
            query: [],
            body: .none,
            answer: .file(answers)
        ) { Reply(csv: try await handle($0)) }
    }

    /// Something that is done.
    static func act<Output: Represented>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        at place: Place = .property,
        needs permission: Permission = .operate,
        query: [Parameter] = [],
        takes body: Body = .none,
        status: HTTPResponse.Status = .ok,
        answers: String,
        _ handle: @escaping @Sendable (Call) async throws -> Output
    ) -> Endpoint {
        Endpoint(
            method: method,
            path: path,
            name: name,
            summary: summary,
            place: place,
            permission: permission,
            query: query,
            body: body,
            answer: .json(status, Output.schema, answers)
        ) { Reply(status, try await handle($0).json) }
    }

    /// Something that is done, of which there is nothing to tell.
    static func act(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        at place: Place = .property,
        needs permission: Permission = .operate,
        query: [Parameter] = [],
        takes body: Body = .none,
        answers: String,
        _ handle: @escaping @Sendable (Call) async throws -> Void
    ) -> Endpoint {
        Endpoint(
            method: method,
            path: path,
            name: name,
            summary: summary,
            place: place,
            permission: permission,
            query: query,
            body: body,
            answer: .nothing(answers)
        ) { call in
            try await handle(call)
            return Reply(.noContent)
        }
    }
}

extension Schema.Member {
    /// A member of what is sent; one that is not required may be left out.
    static func takes(
        _ name: String,
        _ schema: Schema,
        _ summary: String,
        isRequired: Bool = false
    ) -> Schema.Member {
        Schema.Member(name: name, schema: schema, summary: summary, isRequired: isRequired)
    }
}
