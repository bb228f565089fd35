import Hummingbird
import LintelModel
import LintelTesting
import Operations
import SQLEngine
import SQLEngineTesting
import Storage
import Testing

@testable import HTTPAPI

@Suite("What tokens may")
struct TokenTests {
    @Test("a token works until it is revoked, and what it did stands in the audit log under it")
    func revoked() async throws {
        try await APIDriver.with { driver in
            let (token, secret) = try await driver.lintel.operations.makeToken(
                "Key management",
                Grant(.portfolioManager, .everything),
                days: nil
            )
            let made = try await driver.send(
                .post,
                "/v1/properties",
                as: secret,
                #"{"name":"Elm","time_zone":"UTC"}"#
            )
            #expect(made.status == .created)
            let entry = try await driver.lintel.operations.activity(of: nil, limit: 1).first
            #expect(entry?.actor == .token(token.id))
            let names = try await driver.lintel.operations.actorNames()
            #expect(names.name(of: .token(token.id)) == "token “Key management”")
            try await driver.lintel.operations.revokeToken(token.id)
            let after = try await driver.send(.get, "/v1/properties", as: secret)
            #expect(after.status == .unauthorized)
            #expect(after.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
        }
    }

    @Test("a token ends after its days")
    func expired() async throws {
        try await APIDriver.with { driver in
            let secret = try await driver.token(.viewer, days: 30)
            driver.lintel.clock.advance(minutes: 30 * 24 * 60 - 1)
            #expect(try await driver.send(.get, "/v1/token", as: secret).status == .ok)
            driver.lintel.clock.advance(minutes: 1)
            #expect(try await driver.send(.get, "/v1/token", as: secret).status == .unauthorized)
        }
    }

    @Test("without a token, or with one of another server, nothing is answered but the document")
    func nobody() async throws {
        try await APIDriver.with { driver in
            for endpoint in API.endpoints {
                for secret in [nil, BearerSecret.random(prefix: "lintel_")] {
                    let answered = try await driver.send(
                        endpoint.method,
                        endpoint.path,
                        as: secret
                    )
                    #expect(answered.status == .unauthorized, "\(endpoint.name)")
                    #expect(answered.headers[.contentType] == "application/problem+json")
                }
            }
            let document = try await driver.send(.get, "/v1/openapi.json", as: nil)
            #expect(document.status == .ok)
            #expect(document.json["openapi"] == "3.1.1")
        }
    }

    @Test("the database keeps no secret", arguments: TestEngine.allCases)
    func hashed(engine: TestEngine) async throws {
        try await APIDriver.with(engine) { driver in
            let secret = try await driver.token()
            let rows = try await driver.lintel.database.read { connection in
                try connection.all("select secret_hash from tokens") { try $0.text(0) }
            }
            #expect(rows == [secret.hash])
            #expect(!secret.hash.contains(secret.revealed.dropFirst(7)))
        }
    }

    @Test("every endpoint is open to the roles it is for, at their own properties alone")
    func matrix() async throws {
        try await APIDriver.with { driver in
            let operations = driver.lintel.operations
            let own = try await operations.addProperty(name: "Own", timeZone: "UTC")
            let other = try await operations.addProperty(name: "Other", timeZone: "UTC")
            var units: [PropertyID: Unit] = [:]
            func unit(of property: Property) async throws -> Unit {
                try await operations.addUnit(
                    "1",
                    building: "",
                    floor: "",
                    externalID: nil,
                    to: property
                )
            }
            for property in [own, other] { units[property.id] = try await unit(of: property) }
            let reach = Reach.properties([own.id])
            let secrets: [Role: BearerSecret] = [
                .viewer: try await driver.token(.viewer, reach),
                .propertyManager: try await driver.token(.propertyManager, reach),
                .portfolioManager: try await driver.token(.portfolioManager),
            ]
            for endpoint in API.endpoints {
                for role in Role.allCases {
                    for property in [own, other] {
                        let path = Self.path(of: endpoint, property, units[property.id])
                        // What is sent is no JSON and no file: what takes one does nothing for those who may.
                        let answered = try await driver.send(
                            endpoint.method,
                            path,
                            as: secrets[role],
                            endpoint.writes ? "" : nil,
                            type: "application/x-nothing"
                        )
                        if answered.status == .noContent, endpoint.name == "deleteUnit" {
                            units[property.id] = try await unit(of: property)
                        }
                        #expect(
                            Self.verdict(of: answered)
                                == Self.verdict(endpoint, role, isOwn: property.id == own.id),
                            "\(endpoint.name) as \(role.rawValue): \(answered.status) \(answered.body)"
                        )
                    }
                }
            }
        }
    }

    enum Verdict {
        case answered, forbidden
        /// Not even told that it is there.
        case hidden
    }

    private static func path(of endpoint: Endpoint, _ property: Property, _ unit: Unit?) -> String {
        endpoint.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            switch part {
            case "{property}": property.id.text
            case "{unit}": unit?.id.text ?? "none"
            default: part.hasPrefix("{") ? "none" : String(part)
            }
        }
        .joined(separator: "/")
    }

    /// What the roles of the product say, written down a second time.
    private static func verdict(_ endpoint: Endpoint, _ role: Role, isOwn: Bool) -> Verdict {
        switch endpoint.place {
        case .anyToken: return .answered
        case .portfolio: return role == .portfolioManager ? .answered : .forbidden
        case .property:
            if role == .portfolioManager { return .answered }
            guard isOwn else { return .hidden }
            switch endpoint.permission {
            case .read: return .answered
            case .operate: return role == .propertyManager ? .answered : .forbidden
            case .manage: return .forbidden
            }
        }
    }

    private static func verdict(of answered: APIDriver.Answered) -> Verdict {
        switch answered.status {
        case .forbidden: .forbidden
        case .notFound where answered.json["detail"].string == Problem.notFound.detail: .hidden
        default: .answered
        }
    }

    @Test("what writes is never open to viewers, and set-up to portfolio managers alone")
    func permissions() {
        for endpoint in API.endpoints where endpoint.writes {
            #expect(endpoint.permission != .read, "\(endpoint.name) writes for viewers")
        }
        let setUp = ["connections", "attachments", "settings", "staff"]
        for endpoint in API.endpoints
        where endpoint.writes && setUp.contains(where: { endpoint.path.hasSuffix("/\($0)") }) {
            #expect(endpoint.permission == .manage, "\(endpoint.name) is set-up")
        }
    }
}
