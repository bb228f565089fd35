import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

/// Requests and records against the OpenAPI document that Buildium publishes.
@Suite struct BuildiumDocumentTests {
    private static let document = Sample.file("buildium-openapi.json")

    private static func read() throws -> [String: Any] {
        let file = try #require(document)
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(json as? [String: Any])
    }

    /// What is wrong with a request by the document; nil where nothing is.
    private static func fault(
        in request: HTTPExchangeRequest,
        _ document: [String: Any]
    ) throws -> String? {
        let url = try #require(URLComponents(string: request.url))
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let asked = url.path.split(separator: "/")
        let found = paths.first { path, _ in
            let parts = path.split(separator: "/")
            return parts.count == asked.count
                && zip(parts, asked).allSatisfy {
                    $0 == $1 || ($0.hasPrefix("{") && Int($1) != nil)
                }
        }
        guard let operation = found?.value[request.method.lowercased()] as? [String: Any] else {
            return "there is no \(request.method) \(url.path)"
        }
        let parameters = operation["parameters"] as? [[String: Any]] ?? []
        for item in url.queryItems ?? [] {
            guard
                let parameter = parameters.first(where: {
                    $0["name"] as? String == item.name && $0["in"] as? String == "query"
                }), let schema = parameter["schema"] as? [String: Any]
            else { return "\(url.path) has no parameter \(item.name)" }
            let value = item.value ?? ""
            let isArray = schema["type"] as? String == "array"
            let type = isArray ? schema["items"] as? [String: Any] ?? [:] : schema
            if type["type"] as? String == "integer", Int(value) == nil {
                return "\(item.name) is no integer"
            }
            if let words = type["enum"] as? [String], !words.contains(value) {
                return "\(item.name) is none of \(words)"
            }
            let isTime = type["format"] as? String == "date-time"
            if isTime, (try? Date(value, strategy: .iso8601)) == nil {
                return "\(item.name) is no date-time"
            }
        }
        let schemes = (document["components"] as? [String: Any])?["securitySchemes"]
        for scheme in (schemes as? [String: [String: Any]] ?? [:]).values {
            guard scheme["in"] as? String == "header", let name = scheme["name"] as? String else {
                continue
            }
            let isSent = request.headers.contains { $0.name.lowercased() == name.lowercased() }
            if !isSent { return "the header \(name) is missing" }
        }
        return nil
    }

    @Test(
        "Every request is one of the vendor's document",
        .enabled(if: document != nil, "the sample is missing")
    )
    func requests() async throws {
        let document = try Self.read()
        let none = [(name: "x-total-count", value: "0")]
        let transport = ScriptedTransport(
            [ScriptedExchange("", json: #"[{"Id":12,"Name":"Elm"}]"#)]
                + Array(repeating: ScriptedExchange("", json: "[]", headers: none), count: 9)
                + [ScriptedExchange("/77", answer: BuildiumFixtures.unknownTenant)]
        )
        let connector = try BuildiumFixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        _ = try await connector.check()
        try await connector.fetch(BuildiumFixtures.property) { _ in }
        let time = Timestamp(milliseconds: 1_781_524_800_000)
        _ = try await connector.changes(in: BuildiumFixtures.property, since: time)
        _ = try await connector.residencies(
            of: [PMSResidentID("77")],
            in: BuildiumFixtures.property
        )
        await transport.expectFinished()
        for request in await transport.requests {
            try #expect(Self.fault(in: request, document) == nil, "\(request.url)")
        }
    }

    @Test(
        "Every member that is read is one of the vendor's schemas",
        .enabled(if: document != nil, "the sample is missing"),
        arguments: [
            ("RentalMessage", ["Id", "Name"]),
            ("RentalUnitMessage", ["Id", "PropertyId", "BuildingName", "UnitNumber"]),
            (
                "TenantMessage",
                ["Id", "FirstName", "LastName", "Email", "PhoneNumbers", "Leases"]
            ),
            ("PhoneNumberMessage", ["Number", "Type"]),
            (
                "LeaseMessage",
                [
                    "Id", "PropertyId", "UnitId", "LeaseFromDate", "LeaseToDate", "LeaseStatus",
                    "Tenants", "MoveOutData",
                ]
            ),
            ("LeaseTenantMessage", ["Id", "Status", "MoveInDate"]),
            ("LeaseMoveOutDataMessage", ["TenantId", "MoveOutDate"]),
            ("ApiErrorResponse", ["UserMessage"]),
        ]
    )
    func members(schema: String, members: [String]) throws {
        let components = try #require(Self.read()["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        let properties = try #require(schemas[schema]?["properties"] as? [String: Any])
        for member in members { #expect(properties[member] != nil, "\(schema).\(member)") }
    }
}
