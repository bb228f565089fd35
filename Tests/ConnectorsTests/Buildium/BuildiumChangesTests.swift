import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct BuildiumChangesTests {
    private typealias Fixtures = BuildiumFixtures

    private static let noUnits = Fixtures.changed("rentals/units", [])
    private static let noTenants = Fixtures.changed("leases/tenants", [])
    private static let noLeases = Fixtures.changed("leases", [])

    /// The contract over reads of changes.
    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: Fixtures.connector,
            property: Fixtures.property,
            session: Fixtures.changes,
            units: Fixtures.units,
            residencies: Fixtures.residencies,
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "7")]), 7),
            isRead: { $0.method == "GET" && $0.body == nil },
            unwanted: ["1961", "900-55-1234", "987654", "5550101", "Harbour", "Elm", "Payer"],
            confidential: [
                "Quill", "Stone", "Marsh", "Harbour", "example.org", "555-010", Fixtures.secret,
            ]
        )
        subject.changesSince = Fixtures.since
        subject.shortLists = [
            [
                noUnits, Fixtures.changed("leases/tenants", [Fixtures.adaWhole], total: 2),
                Fixtures.changed("leases/tenants", [], offset: 1, total: 2),
            ],
            [
                noUnits, noTenants, Fixtures.changed("leases", [Fixtures.household], total: 2),
                Fixtures.changed("leases", [], offset: 1, total: 2),
            ],
            [
                Fixtures.changed("rentals/units", [Fixtures.unitOne]),
                Fixtures.page("rentals/units", [Fixtures.unitOne], total: 2),
                Fixtures.page("rentals/units", [], offset: 1, total: 2),
            ],
        ]
        subject.duplicates = [
            noUnits,
            Fixtures.changed("leases/tenants", [Fixtures.adaWhole, Fixtures.adaWhole]),
        ]
        subject.unknownStatus = (
            [
                noUnits,
                Fixtures.changed(
                    "leases/tenants",
                    [
                        Fixtures.cyWhole.replacing(
                            #""Status":"Future""#,
                            with: #""Status":"Sublet""#
                        )
                    ]
                ),
                noLeases,
            ],
            "Sublet"
        )
        subject.emptyList = [noUnits, noTenants, noLeases]
        subject.inBandErrors = [
            (
                .json(#"{"UserMessage":"Not for \#(Fixtures.secret)","ErrorCode":"1"}"#),
                "Not for"
            ),
            (
                .json(#"{"UserMessage":"No access to leases"}"#, status: 403),
                "No access to leases"
            ),
        ]
        return subject
    }

    @Test("Reading changes keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    /// Changes by which nothing can be told, so that everything is to be read.
    struct Untold: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: [ScriptedExchange]

        static let all = [
            Untold(
                testDescription: "a tenant on no lease of the property",
                script: [
                    noUnits,
                    Fixtures.changed(
                        "leases/tenants",
                        [
                            Fixtures.cyWhole.replacing(
                                #""PropertyId":12"#,
                                with: #""PropertyId":13"#
                            )
                        ]
                    ),
                ]
            ),
            Untold(
                testDescription: "a tenant who cannot be read",
                script: [
                    noUnits,
                    Fixtures.changed(
                        "leases/tenants",
                        [
                            Fixtures.cyWhole.replacing(
                                #""MoveInDate":null"#,
                                with: #""MoveInDate":"soon""#
                            )
                        ]
                    ),
                ]
            ),
            Untold(
                testDescription: "a lease of another property",
                script: [
                    noUnits, noTenants,
                    Fixtures.changed(
                        "leases",
                        [
                            Fixtures.future.replacing(
                                #""PropertyId":12"#,
                                with: #""PropertyId":13"#
                            )
                        ]
                    ),
                ]
            ),
            Untold(
                testDescription: "a lease whose tenants are null",
                script: [
                    noUnits, noTenants, Fixtures.changed("leases", [Fixtures.withoutTenants[0]]),
                ]
            ),
            Untold(
                testDescription: "a lease without its tenants",
                script: [
                    noUnits, noTenants, Fixtures.changed("leases", [Fixtures.withoutTenants[1]]),
                ]
            ),
            Untold(
                testDescription: "a tenant on a changed lease who is gone",
                script: [
                    noUnits, noTenants, Fixtures.changed("leases", [Fixtures.future]),
                    ScriptedExchange("/v1/leases/tenants/78", answer: Fixtures.unknownTenant),
                ]
            ),
            Untold(
                testDescription: "more tenants on changed leases than are asked for by id",
                script: [
                    noUnits, noTenants,
                    Fixtures.changed(
                        "leases",
                        (1...51).map {
                            Fixtures.future.replacing(#""Id":78"#, with: #""Id":\#($0 + 100)"#)
                        }
                    ),
                ]
            ),
            Untold(
                testDescription: "a unit that belongs to another property",
                script: [
                    Fixtures.changed("rentals/units", [Fixtures.unitOne]),
                    Fixtures.page(
                        "rentals/units",
                        [
                            Fixtures.unitOne.replacing(
                                #""PropertyId":12"#,
                                with: #""PropertyId":13"#
                            )
                        ],
                        total: 1
                    ),
                ]
            ),
        ]
    }

    @Test("Where changes do not tell enough, everything is to be read", arguments: Untold.all)
    func untold(untold: Untold) async throws {
        let transport = ScriptedTransport(untold.script)
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let part = try await connector.changes(in: Fixtures.property, since: Fixtures.since)
        #expect(part == nil)
        await transport.expectFinished()
    }

    @Test("A tenant who was updated, and whose lease was too, is not asked for by id again")
    func askedOnce() async throws {
        let transport = ScriptedTransport([
            Self.noUnits, Fixtures.changed("leases/tenants", [Fixtures.cyWhole]),
            Fixtures.changed("leases", [Fixtures.future]),
        ])
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let part = try await connector.changes(in: Fixtures.property, since: Fixtures.since)
        #expect(part == SnapshotPart(residencies: [Fixtures.residencies[2]]))
        await transport.expectFinished()
    }

    @Test("An answer about a resident asked for by id that is of another is no sign of absence")
    func another() async throws {
        let transport = ScriptedTransport([
            ScriptedExchange("/v1/leases/tenants/77", json: "{}")
        ])
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let error = await #expect(throws: ConnectorError.self) {
            try await connector.residencies(
                of: [PMSResidentID("77")],
                in: Fixtures.property
            )
        }
        #expect(error?.code == .malformed)
    }
}
