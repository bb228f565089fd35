import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

@Suite struct RealPageTests {
    private static let vendor = VendorContract(
        id: "realpage",
        values: [
            "url": "https://gateway.example.com/rpxgateway/partner/Elm/Elm.svc", "pmc-id": "4001",
        ],
        secrets: ["license-key": "key-6630-hush"]
    )
    private static let site = PMSPropertyID("4683")

    private static func exchange(_ operation: String, _ result: String) -> ScriptedExchange {
        ScriptedExchange(
            "/partner/Elm/Elm.svc",
            contains: [
                "<\(operation) xmlns=\"http://tempuri.org/\"><auth><pmcid>4001</pmcid>",
                "<licensekey>key-6630-hush</licensekey><system>Onesite</system></auth>",
            ],
            answer: answer(operation, result)
        )
    }

    private static func answer(_ operation: String, _ result: String) -> ScriptedExchange.Answer {
        .xml(SOAPFixture.answer(operation, namespace: "http://tempuri.org/", result))
    }

    private static func units(_ rows: String) -> ScriptedExchange {
        exchange("unitlist", "<UnitList xmlns=\"\">\(rows)</UnitList>")
    }

    private static let unitExchange = units(
        """
        <Unit><UnitID>1</UnitID><UnitNumber>100  </UnitNumber><BuildingName>North </BuildingName>
        <Floor>1</Floor><MarketRent>987654.00</MarketRent><Vacant>F</Vacant>
        <AvailableDate>0001-01-01T00:00:00</AvailableDate></Unit>
        <Unit><UnitID>2</UnitID><UnitNumber>101  </UnitNumber></Unit>
        """
    )

    private static func resident(
        _ member: String,
        _ first: String,
        household: String = "7",
        unit: String = "1",
        status: String = "Current",
        extra: String = ""
    ) -> String {
        """
        <resident><residentid>\(household)</residentid><residentmemberid>\(member)</residentmemberid>
        <leaseid>9</leaseid><unitid>\(unit)</unitid><firstname>\(first)   </firstname>
        <lastname>Quill   </lastname><email>\(first.lowercased())@example.org</email>
        <cellphone>617-555-0102</cellphone><ssn>900-55-1234</ssn><birthdate>1961-02-03</birthdate>
        <leasestatus>\(status)</leasestatus><rent>987654.00</rent><begindate>01/01/2026</begindate>
        <enddate>12/31/2026</enddate><moveindate>2026-01-02T00:00:00</moveindate>
        <moveoutdate>0001-01-01T00:00:00</moveoutdate>\(extra)</resident>
        """
    }

    private static func residents(_ rows: [String]) -> ScriptedExchange {
        exchange("getresidentlistinfo", "<residentlist xmlns=\"\">\(rows.joined())</residentlist>")
    }

    private static let leaving = """
        <noticegivendate>05/01/2026</noticegivendate>\
        <noticefordate>2026-09-30T00:00:00</noticefordate>
        """

    private static func residency(
        _ member: String,
        _ first: String,
        role: ResidentRole = .primary,
        word: String = "Current",
        status: LeaseStatus = .current,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey("4683/\(member)", "9", "1"),
            firstName: first,
            lastName: "Quill",
            email: "\(first.lowercased())@example.org",
            phone: "617-555-0102",
            role: role,
            statusWord: word,
            status: status,
            leaseStart: day("2026-01-01"),
            leaseEnd: day("2026-12-31"),
            moveIn: day("2026-01-02"),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: site,
            session: [unitExchange, residents([resident("1", "Ada"), resident("2", "Bo")])],
            units: [
                PMSUnit(id: PMSUnitID("1"), building: "North", name: "100", floor: "1"),
                PMSUnit(id: PMSUnitID("2"), name: "101"),
            ],
            residencies: [residency("1", "Ada"), residency("2", "Bo", role: .coResident)],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "9")]), 9),
            isRead: { request in
                request.headers.contains { header in
                    header.name == "SOAPAction"
                        && ["/getsitelist\"", "/unitlist\"", "/getresidentlistinfo\""]
                            .contains { header.value.hasSuffix($0) }
                }
            },
            unwanted: ["1961", "900-55-1234", "987654"],
            confidential: ["Quill", "example.org", "555-010", "key-6630-hush"]
        )
        // Neither answer says how long it should be.
        subject.statesLength = false
        let ada = resident("1", "Ada")
        subject.duplicates = [unitExchange, residents([ada, ada])]
        subject.unknownStatus = (
            [unitExchange, residents([resident("1", "Ada", status: "Squatting")])], "Squatting"
        )
        subject.emptyList = [unitExchange, residents([])]
        subject.inBandErrors = [
            (answer("unitlist", "The request key-6630-hush failed"), "failed"),
            (
                SOAPFixture.fault("LicenseKey is not authorized to call the method"),
                "not authorized"
            ),
        ]
        return subject
    }

    @Test("RealPage's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    private func fetch(_ rows: [String]) async -> ConnectorConformance.Outcome {
        await ConnectorConformance(Self.subject).fetch([Self.unitExchange, Self.residents(rows)])
    }

    @Test("Ids of one site are no ids of another: residents are known by site and member")
    func compositeIDs() async throws {
        let other = PMSPropertyID("9911")
        let (connector, _) = try Self.vendor.connector([
            Self.unitExchange, Self.residents([Self.resident("1", "Ada")]),
        ])
        var decoder = connector.decoder(for: other)
        var keys: [String] = []
        try await connector.fetch(other) { page in
            keys += try decoder.decode(page).residencies.map(\.key.resident.text)
        }
        #expect(keys == ["9911/1"])
    }

    @Test("A household's number stands in where a member has none of their own")
    func householdAlone() async {
        let outcome = await fetch([Self.resident("", "Ada")])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["4683/7"])
    }

    @Test(
        "Notice is told from dates alone",
        arguments: [
            ("Current", leaving, LeaseStatus.notice, "2026-09-30"),
            ("Current", "<noticegivendate>05/01/2026</noticegivendate>", .notice, nil),
            ("Current", "<noticefordate>0001-01-01T00:00:00</noticefordate>", .current, nil),
            ("Applicant - Lease Signed", leaving, .future, nil),
        ] as [(String, String, LeaseStatus, String?)]
    )
    func notice(word: String, dates: String, status: LeaseStatus, moveOut: String?) async {
        let outcome = await fetch([Self.resident("1", "Ada", status: word, extra: dates)])
        #expect(outcome.part.residencies.map(\.status) == [status])
        #expect(outcome.part.residencies.map(\.moveOut) == [moveOut.flatMap { day($0) }])
    }

    @Test(
        "Every lease status of RealPage has its meaning",
        arguments: [
            ("Current", LeaseStatus.current), ("Future Lease", .current), ("Former", .past),
            ("Applicant", .applicant), ("Applicant - Lease Signed", .future),
            ("Former Applicant", .cancelled),
        ]
    )
    func status(word: String, status: LeaseStatus) async {
        let outcome = await fetch([Self.resident("1", "Ada", status: word)])
        #expect(outcome.part.residencies.map(\.status) == [status])
        #expect(outcome.part.residencies.map(\.statusWord) == [word])
    }

    @Test(
        "Yes and no come in three spellings",
        arguments: [("T", "F"), ("true", "false"), ("Y", "N")]
    )
    func booleans(yes: String, no: String) async {
        let outcome = await fetch([
            Self.resident("1", "Ada", extra: "<headofhousehold>\(no)</headofhousehold>"),
            Self.resident("2", "Bo", extra: "<headofhousehold>\(yes)</headofhousehold>"),
        ])
        #expect(outcome.part.residencies.map(\.role) == [.coResident, .primary])
    }

    @Test("A date that is neither of the two spellings skips its resident, and nobody else")
    func badDate() async {
        let outcome = await fetch([
            Self.resident("1", "Ada", extra: "<noticefordate>soon</noticefordate>"),
            Self.resident("2", "Bo"),
        ])
        #expect(outcome.part.residencies.map(\.firstName) == ["Bo"])
        #expect(outcome.part.unreadable.map(\.text) == ["4683/1"])
        #expect(outcome.part.problems.map(\.effect) == [.recordSkipped])
    }

    @Test(
        "A row without a unit, of somebody who lives in none, is a place in the list, and nobody",
        arguments: ["", "0"],
        ["Applicant", "Applicant - Lease Signed", "Former", "Former Applicant"]
    )
    func placeholder(unit: String, status: String) async {
        let outcome = await fetch([
            Self.resident("1", "Ada", unit: unit, status: status), Self.resident("2", "Bo"),
        ])
        #expect(outcome.part.residencies.map(\.firstName) == ["Bo"])
        #expect(outcome.part.problems.isEmpty)
    }

    @Test(
        "Somebody who may live there and is listed without a unit is neither changed nor absent",
        arguments: ["", "0"],
        ["Current", "Future Lease", "Squatting"]
    )
    func noUnit(unit: String, status: String) async {
        let outcome = await fetch([
            Self.resident("1", "Ada", unit: unit, status: status), Self.resident("2", "Bo"),
        ])
        #expect(outcome.part.residencies.map(\.firstName) == ["Bo"])
        #expect(outcome.part.unreadable.map(\.text) == ["4683/1"])
        #expect(outcome.part.problems.map(\.effect) == [.recordSkipped])
        #expect(outcome.part.problems.first?.message.contains("unitid") == true)
    }

    @Test("A row without an id makes the list incomplete", arguments: ["1", ""])
    func noID(unit: String) async {
        let outcome = await fetch([
            Self.resident("", "Ada", household: "", unit: unit, status: "Applicant"),
            Self.resident("2", "Bo"),
        ])
        #expect(outcome.part.residencies.map(\.firstName) == ["Bo"])
        #expect(outcome.part.problems.map(\.effect) == [.incomplete])
    }

    @Test(
        "A text in place of the residents is a refusal, not an empty list",
        arguments: ["<message>License expired</message>", "License expired"]
    )
    func refusedInTheList(content: String) async {
        let outcome = await fetch([content])
        #expect(outcome.error?.code == .refused)
        #expect(outcome.error?.message == "License expired")
    }

    @Test("A message among the residents makes the list incomplete")
    func messageAmongResidents() async {
        let outcome = await fetch([
            Self.resident("1", "Ada"), "<message>License expired</message>",
        ])
        #expect(outcome.part.residencies.map(\.firstName) == ["Ada"])
        #expect(outcome.part.problems.map(\.effect) == [.incomplete])
    }

    @Test("Residents are read whatever the case of their members' names")
    func caseOfMembers() async {
        let outcome = await fetch([
            """
            <Resident><ResidentID>7</ResidentID><ResidentMemberId>1</ResidentMemberId>
            <LeaseID>9</LeaseID><UnitId>1</UnitId><FirstName>Ada</FirstName><LastName>Quill</LastName>
            <EMAIL>ada@example.org</EMAIL><CellPhone>617-555-0102</CellPhone>
            <HeadOfHousehold>T</HeadOfHousehold><LeaseStatus>Current</LeaseStatus>
            <BeginDate>01/01/2026</BeginDate><EndDate>12/31/2026</EndDate>
            <MoveInDate>2026-01-02T00:00:00</MoveInDate><NoticeGivenDate>05/01/2026</NoticeGivenDate>
            <NoticeForDate>2026-09-30T00:00:00</NoticeForDate></Resident>
            """, Self.resident("2", "Bo"),
        ])
        #expect(
            outcome.part.residencies == [
                Self.residency(
                    "1",
                    "Ada",
                    word: "Current, notice given",
                    status: .notice,
                    moveOut: "2026-09-30"
                ), Self.residency("2", "Bo", role: .coResident),
            ]
        )
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("Lists are read whatever the case of their names", arguments: ["unitid", "UnitId"])
    func caseOfNames(id: String) async {
        let units = Self.unitExchange.withBody { body in
            Data(
                String(decoding: body, as: UTF8.self).replacing("UnitList", with: "unitlist")
                    .replacing("UnitID", with: id).utf8
            )
        }
        let outcome = await ConnectorConformance(Self.subject).fetch([units, Self.residents([])])
        #expect(outcome.part.units.map(\.id.text) == ["1", "2"])
    }

    @Test("An answer without its list is no empty list")
    func missingList() async {
        for result in ["", "<GetUnitList/>"] {
            let outcome = await ConnectorConformance(Self.subject).fetch([
                Self.exchange("unitlist", result)
            ])
            #expect(outcome.error?.code == .malformed)
        }
    }

    @Test("A check asks for the residents of a site that does not exist, and no other's")
    func check() async throws {
        let (connector, transport) = try Self.vendor.connector([
            Self.exchange(
                "getsitelist",
                "<SiteList><Site><SiteID>4683</SiteID><SiteName>Elm  </SiteName></Site></SiteList>"
            ),
            Self.unitExchange,
            Self.exchange("getresidentlistinfo", "").answered(
                SOAPFixture.fault("The site is not active.")
            ),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, true])
        let last = try #require(await transport.requests.last?.body)
        #expect(String(decoding: last, as: UTF8.self).contains("<siteid>0</siteid>"))
        await transport.expectFinished()
    }

    @Test(
        "A check tells a refusal of the residents' operation from one of the site that does not exist",
        arguments: [
            ("The site is not active.", true), ("Invalid siteid 0", true),
            ("LicenseKey is not authorized for site 0", true),
            ("Site 0 is not authorized for the partner", true),
            ("LicenseKey is not authorized to call the method", false),
            ("LicenseKey is not authorized to call the method for site 0", false),
            ("Not authorized to read the residents of this site", false),
            ("LicenseKey is not valid at this site", false),
            ("getresidentlistinfo is not enabled for site 0", false),
            ("Login failed for the site", false),
        ]
    )
    func checkRefused(words: String, isAllowed: Bool) async throws {
        let (connector, _) = try Self.vendor.connector([
            Self.exchange("getsitelist", "<SiteList><Site><SiteID>4683</SiteID></Site></SiteList>"),
            Self.unitExchange,
            Self.exchange("getresidentlistinfo", "").answered(SOAPFixture.fault(words)),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, isAllowed])
        #expect(checks.first?.detail == "1 site")
        #expect(checks.last?.detail.contains(words) == !isAllowed)
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["url", "pmc-id"] {
            #expect(Self.vendor.refusal { $0.values[key] = " " }.contains(key))
        }
        #expect(Self.vendor.refusal { $0.secrets["license-key"] = nil }.contains("license-key"))
    }
}
