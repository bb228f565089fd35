import HTTPTypes
import Hummingbird
import LintelModel
import LintelTesting
import Operations
import SQLEngine
import SQLEngineTesting
import Testing

@testable import HTTPAPI

@Suite("How the API reads and answers")
struct RequestTests {
    @Test(
        "what is not as it must be is refused with its place, and nothing is done",
        arguments: [
            (#"{}"#, "/name", "is missing"),
            (#"{"name":7}"#, "/name", "expected a string, found a number"),
            (#"{"name":""}"#, "/name", "has 0 characters; expected 1 to 200"),
            (#"{"name":"1","colour":"red"}"#, "/colour", "is not known here"),
            (#"{"name":"1","floor":null}"#, "/floor", "expected a string, found null"),
            (#"{"name":"a\u0000b"}"#, "/name", "holds U+0000"),
            (#"[]"#, "", "expected an object, found an array"),
        ]
    )
    func faults(body: String, at place: String, detail: String) async throws {
        try await APIDriver.with { driver in
            let property = try await driver.lintel.operations.addProperty(
                name: "Elm",
                timeZone: "UTC"
            )
            let answered = try await driver.send(
                .post,
                "/v1/properties/\(property.id)/units",
                as: driver.token(),
                body
            )
            #expect(answered.status == .badRequest)
            let errors = answered.json["errors"].items
            #expect(errors.map { $0["at"].string } == [place])
            #expect(errors.first?["detail"].string?.hasPrefix(detail) == true, "\(errors)")
            #expect(try await driver.lintel.operations.units(of: property).isEmpty)
        }
    }

    @Test("each thing that can be wrong with a request has its own answer")
    func statuses() async throws {
        try await APIDriver.with { driver in
            let secret = try await driver.token()
            let property = try await driver.lintel.operations.addProperty(
                name: "Elm",
                timeZone: "UTC"
            )
            let units = "/v1/properties/\(property.id)/units"
            let cases: [(HTTPResponse.Status, APIDriver.Answered)] = [
                (.badRequest, try await driver.send(.post, units, as: secret, "{")),
                (.badRequest, try await driver.send(.get, units + "?limt=3", as: secret)),
                (.badRequest, try await driver.send(.get, units + "?limit=0", as: secret)),
                (.badRequest, try await driver.send(.get, units + "?limit=1&limit=2", as: secret)),
                (
                    .unprocessableContent,
                    try await driver.send(.get, units + "?cursor=!", as: secret)
                ),
                (
                    .unsupportedMediaType,
                    try await driver.send(.post, units, as: secret, "name=1", type: "text/plain")
                ),
                (
                    .contentTooLarge,
                    try await driver.send(
                        .post,
                        units,
                        as: secret,
                        #"{"name":""# + String(repeating: "x", count: 1 << 20) + #""}"#
                    )
                ),
                (.notFound, try await driver.send(.get, "/v1/nothing", as: secret)),
                (.notFound, try await driver.send(.get, "/v1/units/%00", as: secret)),
                (.notFound, try await driver.send(.post, "/v1/units/none/more", as: secret)),
                (.methodNotAllowed, try await driver.send(.put, units, as: secret)),
                (.methodNotAllowed, try await driver.send(.delete, "/v1/token", as: secret)),
            ]
            for (status, answered) in cases {
                #expect(answered.status == status, "\(answered.body)")
                #expect(answered.headers[.contentType] == "application/problem+json")
                #expect(answered.json["status"].number == status.code)
                #expect(answered.json["detail"].string?.isEmpty == false)
            }
            let wrong = try await driver.send(.put, units, as: secret)
            #expect(wrong.headers[.allow] == "GET, POST")
        }
    }

    @Test("a name that is taken is a conflict, and an error names no command")
    func conflict() async throws {
        try await APIDriver.with { driver in
            let secret = try await driver.token()
            let property = try await driver.lintel.operations.addProperty(
                name: "Elm",
                timeZone: "UTC"
            )
            let units = "/v1/properties/\(property.id)/units"
            let first = try await driver.send(.post, units, as: secret, #"{"name":"1"}"#)
            #expect(first.status == .created)
            let second = try await driver.send(.post, units, as: secret, #"{"name":"1"}"#)
            #expect(second.status == .conflict)
            let unknown = try await driver.send(
                .post,
                "/v1/properties/\(property.id)/alerts/none/decision",
                as: secret,
                #"{"way_out":"approve"}"#
            )
            #expect(unknown.status == .notFound)
            for answered in [second, unknown] { #expect(!answered.body.contains("lintel ")) }
        }
    }

    @Test("a write under one Idempotency-Key is done once", arguments: TestEngine.allCases)
    func once(engine: TestEngine) async throws {
        try await APIDriver.with(engine) { driver in
            let secret = try await driver.token()
            let other = try await driver.token()
            let body = #"{"name":"Elm","time_zone":"UTC"}"#
            let replayed = try #require(HTTPField.Name("Idempotency-Replayed"))
            let first = try await driver.send(.post, "/v1/properties", as: secret, body, key: "k-1")
            let second = try await driver.send(
                .post,
                "/v1/properties",
                as: secret,
                body,
                key: "k-1"
            )
            #expect(first.status == .created)
            #expect(first.headers[replayed] == nil)
            #expect(second.status == .created)
            #expect(second.headers[replayed] == "true")
            #expect(second.body == first.body)
            #expect(try await driver.lintel.operations.properties().count == 1)
            let changed = try await driver.send(
                .post,
                "/v1/properties",
                as: secret,
                #"{"name":"Oak","time_zone":"UTC"}"#,
                key: "k-1"
            )
            #expect(changed.status == .unprocessableContent)
            // A key is its token's own, and is forgotten after a day.
            let foreign = try await driver.send(
                .post,
                "/v1/properties",
                as: other,
                body,
                key: "k-1"
            )
            #expect(foreign.headers[replayed] == nil)
            driver.lintel.clock.advance(minutes: 24 * 60 + 1)
            let later = try await driver.send(.post, "/v1/properties", as: secret, body, key: "k-1")
            #expect(later.headers[replayed] == nil)
            #expect(try await driver.lintel.operations.properties().count == 3)
        }
    }

    @Test("a refusal is kept under its key, and nothing kept can be read in the database")
    func keptReplies() async throws {
        try await APIDriver.with { driver in
            let secret = try await driver.token()
            let body = #"{"email":"somebody@example.com","role":"viewer"}"#
            let invited = try await driver.send(.post, "/v1/staff", as: secret, body, key: "invite")
            #expect(invited.status == .created)
            let path = try #require(invited.json["path"].string)
            let again = try await driver.send(.post, "/v1/staff", as: secret, body, key: "invite")
            #expect(again.json["path"].string == path)
            let taken = try await driver.send(.post, "/v1/staff", as: secret, body, key: "second")
            #expect(taken.status == .conflict)
            let repeated = try await driver.send(
                .post,
                "/v1/staff",
                as: secret,
                body,
                key: "second"
            )
            #expect(repeated.status == .conflict)
            let replies = try await driver.lintel.database.read { connection in
                try connection.all("select reply from idempotency_keys") { try $0.text(0) }
            }
            #expect(replies.count == 2)
            for reply in replies { #expect(!reply.contains("somebody")) }
        }
    }

    @Test("one whose outcome is unknown is not done again under its key")
    func unknown() async throws {
        try await APIDriver.with { driver in
            let (token, secret) = try await driver.lintel.operations.makeToken(
                "Test",
                Grant(.portfolioManager, .everything),
                days: nil
            )
            let body = #"{"name":"Elm","time_zone":"UTC"}"#
            // As a server leaves it that stops in the middle.
            let request = "POST /v1/properties\n" + body
            _ = try await driver.lintel.operations.takeKey(
                "k",
                of: token.id,
                for: .init(request.utf8)
            )
            let answered = try await driver.send(
                .post,
                "/v1/properties",
                as: secret,
                body,
                key: "k"
            )
            #expect(answered.status == .conflict)
            #expect(try await driver.lintel.operations.properties().isEmpty)
            for key in ["", "a b", #"a\b"#, String(repeating: "k", count: 256)] {
                let refused = try await driver.send(
                    .post,
                    "/v1/properties",
                    as: secret,
                    body,
                    key: key
                )
                #expect(refused.status == .badRequest, "\(key)")
            }
        }
    }

    @Test(
        "an answer is read by another parser as it was meant",
        arguments: [
            .text(""), .text("\"quoted\" \\ and / slashed"), .text("two\nlines\r\n\tand a tab"),
            .text("\u{1}\u{1F}\u{7F}\u{2028}"), .text("Zoë 李 🏠 e\u{301}"),
            .integer(-9_007_199_254_740_993),
            .number(0.1), .number(1e300), .flag(false), .null, .list([]), .object([:]),
            ["b": [1, .null, "x"], "a\"": ["": true]],
        ] as [JSON]
    )
    func writing(value: JSON) throws {
        #expect(try JSON(value.data()) == value)
    }
}
