import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct RentManagerTests {
    private static let vendor = VendorContract(
        id: "rentmanager",
        values: ["url": "https://acme.api.rentmanager.com", "username": "lintel"],
        secrets: ["password": "p\"ss-7741"]
    )
    private static let property = PMSPropertyID("3")

    private static let signIn = ScriptedExchange(
        "acme.api.rentmanager.com/Authentication/AuthorizeUser",
        contains: [#""LocationID":1"#, #""Username":"lintel""#, #""Password":"p\"ss-7741""#],
        json: #""token-1""#
    )

    private static func query(_ list: String, page: Int) -> String {
        list == "Units"
            ? "/Units?filters=PropertyID%2Ceq%2C3&fields=UnitID%2CPropertyID%2CName"
                + "&orderingOptions=UnitID&PageSize=500&PageNumber=\(page)"
            : "/Tenants?filters=PropertyID%2Ceq%2C3&embeds=Contacts%2CLeases"
                + "&fields=TenantID%2CPropertyID%2CStatus%2CFirstName%2CLastName%2CContacts%2CLeases"
                + "&orderingOptions=TenantID&PageSize=500&PageNumber=\(page)"
    }

    private static func page(
        _ list: String,
        _ page: Int,
        _ records: [String]
    ) -> ScriptedExchange {
        ScriptedExchange(
            query(list, page: page),
            json: "[\(records.joined(separator: ","))]"
        )
    }

    /// The end of a list: no record at all.
    private static func end(_ list: String, _ page: Int, status: Int = 204) -> ScriptedExchange {
        ScriptedExchange(
            query(list, page: page),
            answer: .json(
                "",
                status: status,
                headers: status == 200 ? [(name: "content-length", value: "0")] : []
            )
        )
    }

    private static let unit = #"{"UnitID":31,"PropertyID":3,"Name":"101","MarketRent":987654}"#
    private static let other = #"{"UnitID":32,"PropertyID":3,"Name":"102"}"#

    private static func contact(
        _ id: Int,
        _ first: String,
        type: String = "Roommate",
        isPrimary: Bool = false
    ) -> String {
        """
        {"ContactID":\(id),"FirstName":"\(first)","LastName":"Quill","IsPrimary":\(isPrimary),
         "ContactType":{"Name":"\(type)"},"Email":"\(first.lowercased())@example.org",
         "DateOfBirth":"1961-02-03T00:00:00","SSN":"900-55-1234",
         "PhoneNumbers":[{"PhoneNumber":"617-555-0101"},
          {"PhoneNumber":"617-555-0102","IsPrimary":true}]}
        """
    }

    private static func tenant(
        _ id: Int,
        status: String = "Current",
        contacts: [String],
        leases: [String]
    ) -> String {
        """
        {"TenantID":\(id),"PropertyID":3,"Status":"\(status)","FirstName":"Acc","LastName":"Ount",
         "Balance":987654,"Contacts":[\(contacts.joined(separator: ","))],
         "Leases":[\(leases.joined(separator: ","))]}
        """
    }

    private static func lease(_ id: Int, unit: Int, moveOut: String? = nil) -> String {
        """
        {"LeaseID":\(id),"TenantID":7,"PropertyID":3,"UnitID":\(unit),
         "MoveInDate":"2026-01-02T00:00:00","MoveOutDate":\(moveOut.map { "\"\($0)T00:00:00\"" } ?? "null")}
        """
    }

    private static let household = tenant(
        7,
        contacts: [
            contact(71, "Ada", type: "Tenant", isPrimary: true), contact(72, "Bo"),
            contact(73, "Cy", type: "Dependent"), contact(74, "Dee", type: "Emergency Contact"),
        ],
        leases: [lease(1, unit: 31)]
    )
    private static let leaving = tenant(
        8,
        contacts: [contact(81, "Eli", isPrimary: true)],
        leases: [lease(2, unit: 32, moveOut: "2026-09-30")]
    )

    private static func person(
        _ id: String,
        _ first: String,
        lease: String = "1",
        unit: String = "31",
        role: ResidentRole = .primary,
        word: String = "Current",
        status: LeaseStatus = .current,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(id, lease, unit),
            firstName: first,
            lastName: "Quill",
            email: "\(first.lowercased())@example.org",
            phone: "617-555-0102",
            role: role,
            statusWord: word,
            status: status,
            moveIn: day("2026-01-02"),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    private static let units = [
        page("Units", 1, [unit]), page("Units", 2, [other]), end("Units", 3, status: 200),
    ]

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: property,
            session: [signIn] + units + [
                page("Tenants", 1, [household]), page("Tenants", 2, [leaving]), end("Tenants", 3),
            ],
            units: [
                PMSUnit(id: PMSUnitID("31"), name: "101"),
                PMSUnit(id: PMSUnitID("32"), name: "102"),
            ],
            residencies: [
                person("71", "Ada"), person("72", "Bo", role: .coResident),
                person("73", "Cy", role: .minor),
                person(
                    "81",
                    "Eli",
                    lease: "2",
                    unit: "32",
                    word: "Current, moving out",
                    status: .notice,
                    moveOut: "2026-09-30"
                ),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "6")]), 6),
            isRead: { $0.method == "GET" || $0.url.hasSuffix("/Authentication/AuthorizeUser") },
            unwanted: ["1961", "900-55-1234", "987654", "555-0101", "Ount", "Dee"],
            confidential: ["Quill", "example.org", "555-010", "ss-7741", "token-1"]
        )
        // No list says how long it is; an empty page ends it, and a body that is meant to be empty is one.
        subject.statesLength = false
        subject.emptyBodies = [3, 6]
        subject.duplicates =
            [signIn] + units + [page("Tenants", 1, [household, household]), end("Tenants", 2)]
        subject.unknownStatus = (
            [signIn] + units + [
                page(
                    "Tenants",
                    1,
                    [household.replacing(#""Status":"Current""#, with: #""Status":"Limbo""#)]
                ), end("Tenants", 2),
            ],
            "Limbo"
        )
        subject.emptyList = [signIn] + units + [end("Tenants", 1, status: 200)]
        subject.inBandErrors = [
            (.json(#"{"UserMessage":"No rights to this"}"#, status: 403), "No rights"),
            (
                .json(#"{"Message":"Invalid column","ModelState":{}}"#, status: 400),
                "Invalid column"
            ),
        ]
        return subject
    }

    @Test(
        "Rent Manager's connector keeps the contract",
        arguments: ConnectorConformance.Rule.allCases
    )
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    private func fetch(_ tenants: [String]) async -> SnapshotPart {
        let outcome = await ConnectorConformance(Self.subject).fetch(
            [Self.signIn] + Self.units
                + [Self.page("Tenants", 1, tenants), Self.end("Tenants", 2)]
        )
        #expect(outcome.error == nil)
        return outcome.part
    }

    @Test("A token that is not accepted any longer is replaced, and the request sent again")
    func refresh() async throws {
        var second = Self.signIn
        second.answer = .json(#""token-2""#)
        let expired = ScriptedExchange.Answer.json(#"{"UserMessage":"Expired"}"#, status: 401)
        let (connector, transport) = try Self.vendor.connector(
            [Self.signIn, Self.units[0], Self.units[1].answered(expired), second]
                + Self.units.dropFirst() + [Self.end("Tenants", 1)]
        )
        try await connector.fetch(Self.property) { _ in }
        await transport.expectFinished()
        let tokens = await transport.requests.map { request in
            request.headers.first { $0.name == "X-RM12Api-ApiToken" }?.value
        }
        #expect(
            tokens == [
                nil, "token-1", "token-1", nil, "token-2", "token-2", "token-2",
            ]
        )
    }

    @Test("A fresh token that is refused as well is an error, after one more sign-in alone")
    func refusedTwice() async throws {
        let refused = ScriptedExchange.Answer.json(#"{"UserMessage":"Not you"}"#, status: 401)
        let (connector, transport) = try Self.vendor.connector([
            Self.signIn, Self.units[0].answered(refused), Self.signIn,
            Self.units[0].answered(refused),
        ])
        let error = await #expect(throws: ConnectorError.self) {
            try await connector.fetch(Self.property) { _ in }
        }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("Not you") == true)
        await transport.expectFinished()
    }

    @Test("Properties read at one time share one sign-in")
    func oneSignIn() async throws {
        let (connector, transport) = try Self.vendor.connector(
            [Self.signIn] + Self.units + [Self.end("Tenants", 1)] + Self.units
                + [Self.end("Tenants", 1)]
        )
        try await connector.fetch(Self.property) { _ in }
        try await connector.fetch(Self.property) { _ in }
        await transport.expectFinished()
    }

    @Test("A tenant is the household: its people are the contacts, each on its own")
    func contacts() async {
        let part = await fetch([Self.household])
        #expect(part.residencies.map(\.firstName) == ["Ada", "Bo", "Cy"])
        #expect(part.problems.isEmpty)
    }

    @Test("A contact of a kind nobody knows is neither changed nor absent")
    func unknownContact() async {
        let part = await fetch([
            Self.tenant(
                7,
                contacts: [Self.contact(75, "Fay", type: "Landlord")],
                leases: [Self.lease(1, unit: 31)]
            )
        ])
        #expect(part.residencies.isEmpty)
        #expect(part.unreadable.map(\.text) == ["75"])
        #expect(part.problems.first?.message.contains("Landlord") == true)
    }

    @Test(
        "A primary contact who only pays, is a minor or lives elsewhere does not head the household",
        arguments: [
            ("Guarantor", .guarantor), ("Co-Signer", .guarantor), ("Minor", .minor),
            ("Child", .minor), ("Emergency Contact", nil), ("Employer", nil),
            ("Occupant", .primary), ("Landlord", .primary),
        ] as [(String, ResidentRole?)]
    )
    func primaryByName(type: String, role: ResidentRole?) async {
        let part = await fetch([
            Self.tenant(
                7,
                contacts: [Self.contact(71, "Ada", type: type, isPrimary: true)],
                leases: [Self.lease(1, unit: 31)]
            )
        ])
        #expect(part.residencies.map(\.role) == role.map { [$0] } ?? [])
        #expect(part.problems.isEmpty)
    }

    @Test(
        "An empty page ends a list only where it says that nothing was to come",
        arguments: [
            (204, "", nil, true), (200, "", "0", true), (200, "[]", nil, true),
            (200, "", nil, false), (200, "", "1834", false),
        ] as [(Int, String, String?, Bool)]
    )
    func emptyPage(status: Int, body: String, length: String?, isEnd: Bool) async {
        let answer = ScriptedExchange.Answer.json(
            body,
            status: status,
            headers: length.map { [(name: "content-length", value: $0)] } ?? []
        )
        for number in 1...2 {
            let last = ScriptedExchange(Self.query("Tenants", page: number), answer: answer)
            let first = number == 1 ? [] : [Self.page("Tenants", 1, [Self.household])]
            let outcome = await ConnectorConformance(Self.subject).fetch(
                [Self.signIn] + Self.units + first
                    + Array(repeating: last, count: isEnd ? 1 : 4),
                expectsAll: isEnd
            )
            #expect(outcome.error?.code == (isEnd ? nil : .truncated))
        }
    }

    @Test("Of several leases at once the highest is the latest: an earlier one that ended is past")
    func severalLeases() async {
        let part = await fetch([
            Self.tenant(
                7,
                contacts: [Self.contact(71, "Ada", isPrimary: true)],
                leases: [
                    Self.lease(9, unit: 31, moveOut: "2026-05-01"), Self.lease(10, unit: 32),
                ]
            )
        ])
        #expect(part.residencies.map(\.status) == [.past, .current])
        #expect(part.residencies.map(\.key.unit?.text) == ["31", "32"])
    }

    @Test("A household without a lease stands in no unit")
    func noLease() async {
        let part = await fetch([
            Self.tenant(
                7,
                status: "Future",
                contacts: [Self.contact(71, "Ada", isPrimary: true)],
                leases: []
            )
        ])
        #expect(part.residencies.map(\.key) == [residencyKey("71", "", nil)])
        #expect(part.residencies.map(\.status) == [.future])
    }

    @Test("A check asks with filters that nothing passes")
    func check() async throws {
        let fields = "fields=PropertyID%2CName&orderingOptions=PropertyID&PageSize=500&PageNumber="
        let (connector, transport) = try Self.vendor.connector([
            Self.signIn,
            ScriptedExchange("/Properties?\(fields)1", json: #"[{"PropertyID":3,"Name":"Elm"}]"#),
            ScriptedExchange("/Properties?\(fields)2", answer: .json("", status: 204)),
            ScriptedExchange("PageNumber=1", answer: .json("", status: 204)),
            ScriptedExchange("PageNumber=1", answer: .json(#"{"Message":"No"}"#, status: 403)),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, false])
        let asked = await transport.requests.suffix(2)
        #expect(asked.allSatisfy { $0.url.contains("filters=PropertyID%2Ceq%2C0") })
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["url", "username"] {
            #expect(Self.vendor.refusal { $0.values[key] = nil }.contains(key))
        }
        #expect(Self.vendor.refusal { $0.secrets["password"] = nil }.contains("password"))
        #expect(Self.vendor.refusal { $0.values["location-id"] = "x" }.contains("location-id"))
    }

    @Test(
        "A tenant without the contacts or leases that were asked for makes the snapshot incomplete",
        arguments: ["Contacts", "Leases"]
    )
    func missingMember(name: String) async {
        let part = await fetch([Self.household.replacing("\"\(name)\":", with: "\"Hidden\":")])
        #expect(part.residencies.isEmpty)
        #expect(part.problems.map(\.effect) == [.incomplete])
        #expect(part.problems.first?.message.contains(name) == true)
    }

    @Test("A move-out on a day that stands for none is none")
    func placeholderDay() async {
        let part = await fetch([
            Self.tenant(
                7,
                contacts: [Self.contact(71, "Ada", isPrimary: true)],
                leases: [Self.lease(1, unit: 31, moveOut: "1900-01-01")]
            )
        ])
        #expect(part.residencies.map(\.status) == [.current])
        #expect(part.residencies.map(\.moveOut) == [nil])
    }
}
