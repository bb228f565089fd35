import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct BuildiumTests {
    private typealias Fixtures = BuildiumFixtures

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: Fixtures.connector,
            property: Fixtures.property,
            session: Fixtures.session,
            units: Fixtures.units,
            residencies: Fixtures.residencies,
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "7")]), 7),
            isRead: { $0.method == "GET" && $0.body == nil },
            unwanted: ["1961", "900-55-1234", "987654", "5550101", "Harbour", "Elm", "Payer"],
            confidential: [
                "Quill", "Stone", "Marsh", "Harbour", "example.org", "555-010", Fixtures.secret,
            ]
        )
        subject.shortLists = [
            [
                Fixtures.allUnits, Fixtures.allTenants,
                Fixtures.page("leases", [Fixtures.household], total: 2),
                Fixtures.page("leases", [], offset: 1, total: 2),
            ],
            [
                Fixtures.allUnits, Fixtures.allTenants,
                Fixtures.page("leases", [Fixtures.household], total: 2),
                Fixtures.page("leases", [Fixtures.household], offset: 1, total: 2),
            ],
            [
                Fixtures.allUnits, Fixtures.page("leases/tenants", [Fixtures.ada], total: 2),
                Fixtures.page("leases/tenants", [], offset: 1, total: 2),
            ],
            [
                Fixtures.page("rentals/units", [Fixtures.unitOne], total: 2),
                Fixtures.page("rentals/units", [], offset: 1, total: 2),
            ],
        ]
        subject.duplicates = [
            Fixtures.allUnits, Fixtures.allTenants,
            Fixtures.page("leases", [Fixtures.household, Fixtures.household], total: 2),
        ]
        subject.unknownStatus = (
            [
                Fixtures.allUnits, Fixtures.allTenants,
                Fixtures.page(
                    "leases",
                    [Fixtures.future.replacing(#""Status":"Future""#, with: #""Status":"Sublet""#)],
                    total: 1
                ),
            ],
            "Sublet"
        )
        subject.emptyList = [
            Fixtures.allUnits, Fixtures.page("leases/tenants", [], total: 0),
            Fixtures.page("leases", [], total: 0),
        ]
        subject.inBandErrors = [
            (
                .json(#"{"UserMessage":"Not for \#(Fixtures.secret)","ErrorCode":"1"}"#),
                "Not for"
            ),
            (
                .json(#"{"UserMessage":"No access to leases"}"#, status: 403),
                "No access to leases"
            ),
            (.json(#"{"UserMessage":"Bad key"}"#, status: 401), "Bad key"),
        ]
        return subject
    }

    @Test("Buildium's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    private static func fetch(_ script: [ScriptedExchange]) async -> SnapshotPart {
        let outcome = await ConnectorConformance(subject).fetch(script)
        #expect(outcome.error == nil)
        return outcome.part
    }

    @Test("There is no Notice status: a current tenant with a move-out to come is on notice")
    func notice() async throws {
        let part = await Self.fetch(Fixtures.session)
        let ada = try #require(part.residencies.first { $0.key.resident.text == "77" })
        #expect(ada.status == .notice)
        #expect(ada.moveOut == CivilDate(iso: "2026-12-31"))
    }

    @Test("Cosigners do not live there and do not come in")
    func cosigners() async {
        let part = await Self.fetch(Fixtures.session)
        #expect(!part.residencies.contains { $0.key.resident.text == "5" })
    }

    @Test("A page size that the server lowers is no end of the list: X-Total-Count decides")
    func clamped() async {
        #expect(Fixtures.session.count == 6)
        let part = await Self.fetch(Fixtures.session)
        #expect(part.residencies.count == 3)
    }

    @Test("A tenant on a lease who is in no list of tenants is neither changed nor absent")
    func unlistedTenant() async {
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.page("leases/tenants", [Fixtures.ada], total: 1),
            Fixtures.page("leases", [Fixtures.household, Fixtures.future], total: 2),
        ])
        #expect(part.residencies.map(\.key.resident.text) == ["77"])
        #expect(part.unreadable.map(\.text) == ["70", "78"])
        #expect(part.problems.map(\.effect) == [.recordSkipped, .recordSkipped])
    }

    @Test("A tenant on several leases is the same on each, in letters of any language")
    func severalLeases() async {
        let tenant = Fixtures.cy.replacing("Cy", with: "Zoë Ÿ").replacing(
            "Marsh",
            with: "李 Ødegård"
        )
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.page("leases/tenants", [tenant, Fixtures.bo], total: 2),
            Fixtures.page(
                "leases",
                [
                    Fixtures.future,
                    Fixtures.future.replacing(#""Id":902"#, with: #""Id":903"#),
                    Fixtures.future.replacing(#""Id":902"#, with: #""Id":904"#)
                        .replacing(#""Id":78"#, with: #""Id":70"#),
                ],
                total: 3
            ),
        ])
        #expect(part.residencies.map(\.name) == ["Zoë Ÿ 李 Ødegård", "Zoë Ÿ 李 Ødegård", "Bo Stone"])
        #expect(part.residencies.map(\.email) == [nil, nil, nil])
        #expect(part.residencies.map(\.phone) == [nil, nil, nil])
    }

    @Test("A lease of another property is left out, and removes nobody")
    func otherProperty() async {
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.allTenants,
            Fixtures.page(
                "leases",
                [Fixtures.household.replacing(#""PropertyId":12"#, with: #""PropertyId":13"#)],
                total: 1
            ),
        ])
        #expect(part.residencies.isEmpty)
        #expect(part.problems.map(\.effect) == [.incomplete])
    }

    @Test("A lease without a unit yet stands in none")
    func noUnit() async {
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.allTenants,
            Fixtures.page(
                "leases",
                [Fixtures.future.replacing(#""UnitId":45"#, with: #""UnitId":null"#)],
                total: 1
            ),
        ])
        #expect(part.residencies.map(\.key.unit) == [nil])
    }

    @Test("A date that is none makes one resident unreadable, named without the value")
    func badDate() async {
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.allTenants,
            Fixtures.page(
                "leases",
                [Fixtures.future.replacing(#""MoveInDate":null"#, with: #""MoveInDate":"soon""#)],
                total: 1
            ),
        ])
        #expect(part.unreadable.map(\.text) == ["78"])
        #expect(part.problems.first?.message.contains("move-in date") == true)
        #expect(part.problems.first?.message.contains("soon") == false)
    }

    @Test("A resident is asked for by id; one whom Buildium does not know is not in the answer")
    func asked() async throws {
        let answer = Fixtures.ada.replacing(
            #"[{"Id":901,"AccountDetails":{"Rent":987654}}]"#,
            with: "[\(Fixtures.household)]"
        )
        let transport = ScriptedTransport([
            ScriptedExchange("/v1/leases/tenants/77", json: answer),
            ScriptedExchange("/v1/leases/tenants/99", answer: Fixtures.unknownTenant),
        ])
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let part = try #require(
            try await connector.residencies(
                of: [PMSResidentID("77"), PMSResidentID("99")],
                in: Fixtures.property
            )
        )
        #expect(part.residencies == [Fixtures.residencies[1]])
        #expect(part.unreadable.isEmpty)
        await transport.expectFinished()
    }

    @Test(
        "A lease that comes without its tenants makes the list incomplete",
        arguments: Fixtures.withoutTenants
    )
    func withoutTenants(lease: String) async {
        let part = await Self.fetch([
            Fixtures.allUnits, Fixtures.allTenants,
            Fixtures.page("leases", [Fixtures.household, lease], total: 2),
        ])
        #expect(part.residencies.map(\.key.resident.text) == ["77", "70"])
        #expect(part.problems.map(\.effect) == [.incomplete])
        #expect(part.problems.first?.message.contains("902") == true)
    }

    @Test(
        "A resident asked for by id whose leases, or the tenants on one, are left out is not gone",
        arguments: Fixtures.withoutTenants.map {
            Fixtures.cyWhole.replacing(Fixtures.future, with: $0)
        } + [Fixtures.cyWhole.replacing("[\(Fixtures.future)]", with: "null"), Fixtures.cy]
    )
    func askedWithoutLeases(answer: String) async throws {
        let part = try await Self.ask("78", answer: .json(answer))
        #expect(part?.residencies.isEmpty == true)
        #expect(Set(part?.unreadable ?? []) == [PMSResidentID("78")])
    }

    @Test(
        "An answer of HTTP 404 that is not Buildium's own does not say that a resident is gone",
        arguments: [
            ("<h1>Not Found</h1>", "text/html"), ("", "text/plain"), ("{}", "application/json"),
            (#"{"message":"no Route matched"}"#, "no Route matched"),
        ]
    )
    func foreignNotFound(body: String, told: String) async throws {
        let type = body.hasPrefix("{") ? "application/json" : told
        let answer = ScriptedExchange.Answer.response(
            HTTPExchangeResponse(
                status: 404,
                headers: [(name: "content-type", value: type)],
                body: Data(body.utf8)
            )
        )
        let error = await #expect(throws: ConnectorError.self) {
            try await Self.ask("99", answer: answer)
        }
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("HTTP 404") == true)
        #expect(error?.message.contains(told) == true)
    }

    /// Asks for one resident by id.
    private static func ask(
        _ resident: String,
        answer: ScriptedExchange.Answer
    ) async throws -> SnapshotPart? {
        let connector = try Fixtures.connector(
            ConnectorEnvironment(
                transport: ScriptedTransport([
                    ScriptedExchange("/v1/leases/tenants/\(resident)", answer: answer)
                ]),
                sleeper: ManualSleeper()
            )
        )
        return try await connector.residencies(
            of: [PMSResidentID(resident)],
            in: Fixtures.property
        )
    }

    @Test("A check touches no resident: its filter lets none pass")
    func check() async throws {
        let none = "orderby=Id&offset=0&limit=1000"
        let filter = "propertyids=12&lastupdatedfrom=2999-01-01T00%3A00%3A00Z&\(none)"
        let empty = [(name: "x-total-count", value: "0")]
        let transport = ScriptedTransport([
            ScriptedExchange("/v1/rentals?\(none)", json: #"[{"Id":12,"Name":"Elm"}]"#),
            ScriptedExchange("/v1/rentals/units?\(filter)", json: "[]", headers: empty),
            ScriptedExchange("/v1/leases/tenants?\(filter)", json: "[]", headers: empty),
            ScriptedExchange(
                "/v1/leases?\(filter)",
                answer: .json(#"{"UserMessage":"Leases are not in the key's scope"}"#, status: 403)
            ),
        ])
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, true, false])
        #expect(checks.last?.detail.contains("not in the key's scope") == true)
        await transport.expectFinished()
    }

    @Test(
        "Settings that cannot work are refused, naming the setting and no secret",
        arguments: [
            ([:], ["client-secret": "s3cret"], "client-id"),
            (["client-id": "a"], [:], "client-secret"),
            (["client-id": "a", "url": "http://example.com"], ["client-secret": "s3cret"], "url"),
            (["client-id": "a"], ["client-secret": "s3cr\r\nX: 1"], "client-secret"),
            (["client-id": "a\r\nX: 1"], ["client-secret": "s3cret"], "client-id"),
            (["client-id": "a", "key": "b"], ["client-secret": "s3cret"], "key"),
        ] as [([String: String], [String: String], String)]
    )
    func refused(values: [String: String], secrets: [String: String], named: String) {
        let settings = ConnectionSettings(
            vendor: "buildium",
            values: values,
            secrets: secrets.mapValues { Secret($0) }
        )
        let environment = ConnectorEnvironment(
            transport: ScriptedTransport([]),
            sleeper: ManualSleeper()
        )
        let error = #expect(throws: ConnectorError.self) {
            try BuildiumConnector.vendor.makeConnector(settings, environment)
        }
        #expect(error?.code == .misconfigured)
        #expect(error?.description.contains(named) == true)
        #expect(error?.description.contains("s3cr") == false)
    }
}
