import HTTPTypes
import LintelModel

/// The description of the API in OpenAPI 3.1, made from its endpoints.
enum OpenAPIDocument {
    static func of(_ endpoints: [Endpoint]) -> JSON {
        var named: [String: [Schema.Member]] = [:]
        Problem.schema.gather(into: &named)
        var paths: [String: [String: JSON]] = [:]
        for endpoint in endpoints {
            if case .json(_, let schema, _) = endpoint.answer { schema.gather(into: &named) }
            if case .object(let members) = endpoint.body {
                Schema.object(members).gather(into: &named)
            }
            paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] =
                operation(endpoint)
        }
        paths["/v1/openapi.json"] = ["get": ofItself]
        return [
            "openapi": "3.1.1",
            "info": [
                "title": "Lintel",
                "version": "1",
                "summary": "Keeps a building's residents in the right units.",
                "description": .text(about),
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "security": [["token": []]],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": .object(named.mapValues { .object(Schema.document(of: $0)) }),
                "securitySchemes": [
                    "token": [
                        "type": "http",
                        "scheme": "bearer",
                        "description":
                            "A token made in the console under API Tokens, for a role and a reach.",
                    ]
                ],
            ],
        ]
    }

    private static let about = """
        What the console does, for programs. Every property, unit, person and run has an id that never changes.

        **Pages.** A long list is answered page by page: ask for the next one with `cursor`, until `next_cursor` \
        is null. **Writes** may carry an `Idempotency-Key` of up to 255 bytes: the same request under the same \
        key within 24 hours is done once, and answered again as it was then. **Errors** are problem details \
        (RFC 9457); `errors` says what of the request is not as it must be. **Days** are civil days of the \
        property's time zone, instants are in UTC.

        Decisions, mappings and settings take effect in the next run, which comes every hour or when a sync is \
        asked for. Nothing is ever done on an incomplete answer of a PMS.
        """

    /// What the document says of itself.
    private static let ofItself: JSON = [
        "operationId": "getOpenAPI",
        "summary": "This document",
        "tags": ["API"],
        "security": [],
        "responses": [
            "200": [
                "description": "The document.",
                "content": ["application/json": ["schema": ["type": "object"]]],
            ]
        ],
    ]

    private static func operation(_ endpoint: Endpoint) -> JSON {
        var made: [String: JSON] = [
            "operationId": .text(endpoint.name),
            "summary": .text(endpoint.summary),
            "description": .text(needs(endpoint)),
            "tags": [.text(tag(endpoint))],
            "parameters": .list(parameters(endpoint)),
            "responses": .object(responses(endpoint)),
        ]
        switch endpoint.body {
        case .none: break
        case .object(let members):
            made["requestBody"] = [
                "required": .flag(endpoint.needsBody),
                "content": [
                    "application/json": ["schema": .object(Schema.document(of: members))]
                ],
            ]
        case .file(let summary):
            made["requestBody"] = [
                "required": true,
                "description": .text(summary),
                "content": ["text/csv": ["schema": ["type": "string"]]],
            ]
        }
        return .object(made)
    }

    private static func needs(_ endpoint: Endpoint) -> String {
        let role = Role.allCases.last { $0.includes(endpoint.permission) } ?? .portfolioManager
        switch endpoint.place {
        case .anyToken: return "Any token."
        case .portfolio:
            return
                "A token with the role `\(role.rawValue)` or a greater one, for the whole portfolio."
        case .property:
            return "A token with the role `\(role.rawValue)` or a greater one, for the property."
        }
    }

    /// The first part of the path after the version and the property.
    private static func tag(_ endpoint: Endpoint) -> String {
        let parts = endpoint.path.split(separator: "/").dropFirst()
            .filter { $0 != "{property}" }
        let isOfProperty = parts.first == "properties" && parts.count > 1
        let name = isOfProperty ? parts.dropFirst().first : parts.first
        return String(name ?? "").replacing("-", with: " ")
    }

    private static func parameters(_ endpoint: Endpoint) -> [JSON] {
        var made: [JSON] = endpoint.pathParameters.map { name in
            [
                "name": .text(name),
                "in": "path",
                "required": true,
                "description": .text(pathParameters[name] ?? ""),
                "schema": .object(Schema.text(1...500).document),
            ]
        }
        made += endpoint.query.map { parameter in
            [
                "name": .text(parameter.name),
                "in": "query",
                "required": false,
                "description": .text(parameter.summary),
                "schema": .object(parameter.schema.document),
            ]
        }
        if endpoint.writes {
            made.append([
                "name": "Idempotency-Key",
                "in": "header",
                "required": false,
                "description":
                    "Makes it safe to send again: what was done under the key is not done twice.",
                "schema": [
                    "type": "string", "pattern": #"^("[!#-\[\]-~]{1,255}"|[!#-\[\]-~]{1,255})$"#,
                ],
            ])
        }
        return made
    }

    /// What the names in the paths stand for.
    static let pathParameters: [String: String] = [
        "property": "The property's id.",
        "unit": "The unit's id.",
        "person": "The person's id.",
        "run": "The run's id.",
        "alert": "The alert's id.",
        "attachment": "The id of the attachment of a PMS property.",
        "successor": "The id of the attachment that takes over.",
        "pms_unit": "The PMS's own id of the unit.",
        "word": "The status word as the PMS spells it.",
        "connection": "The connection's id.",
        "decision": "The decision's id.",
        "member": "The id of the member of staff.",
    ]

    private static func responses(_ endpoint: Endpoint) -> [String: JSON] {
        var made: [String: JSON] = [:]
        switch endpoint.answer {
        case .json(let status, let schema, let summary):
            made[String(status.code)] = [
                "description": .text(summary),
                "content": ["application/json": ["schema": .object(schema.document)]],
            ]
        case .file(let summary):
            made["200"] = [
                "description": .text(summary),
                "content": ["text/csv": ["schema": ["type": "string"]]],
            ]
        case .nothing(let summary): made["204"] = ["description": .text(summary)]
        }
        for status in problems(endpoint) {
            made[String(status.code)] = [
                "description": .text(meanings[status.code] ?? ""),
                "content": [
                    "application/problem+json": ["schema": .object(Problem.schema.document)]
                ],
            ]
        }
        return made
    }

    /// What may go wrong.
    private static func problems(_ endpoint: Endpoint) -> [HTTPResponse.Status] {
        var statuses: [HTTPResponse.Status] = [
            .badRequest, .unauthorized, .internalServerError, .serviceUnavailable,
        ]
        if endpoint.place != .anyToken { statuses.append(.forbidden) }
        if !endpoint.pathParameters.isEmpty { statuses.append(.notFound) }
        statuses.append(.unprocessableContent)
        if endpoint.writes || endpoint.asksPMS { statuses.append(.badGateway) }
        if endpoint.writes { statuses += [.conflict, .notFound] }
        if case .none = endpoint.body {
        } else {
            statuses += [.contentTooLarge, .unsupportedMediaType]
        }
        return statuses
    }

    private static let meanings: [Int: String] = [
        400: "Something in the request is not as it must be.",
        401: "No token was sent, or none that works.",
        403: "The token's role, or its reach, does not include this.",
        404: "There is no such thing, or none that the token may see.",
        409: "It is taken or in use, or the same request is being done.",
        413: "What was sent is too large.",
        415: "What was sent is of another type.",
        422: "It cannot be done as things are.",
        500: "Something went wrong here.",
        502: "The PMS does not answer, or refuses.",
        503: "The database does not answer.",
    ]
}
