import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct ResManTests {
    private static let vendor = VendorContract(
        id: "resman",
        values: ["integration-partner-id": "9", "account-id": "400"],
        secrets: ["api-key": "k&ey-5520 hush"]
    )
    private static let property = PMSPropertyID("11111111-aaaa-4000-8000-000000000001")

    private static let units = """
        {"Units":[{"UnitNumber":"1101","UnitType":"B1","Building":"1","Floor":"1","StreetAddress":"Elm"},
         {"UnitNumber":"1102","UnitType":"B1","Building":"1"},{"UnitNumber":"1203"}]}
        """

    private static func customer(
        _ id: String,
        _ type: String,
        _ first: String,
        _ last: String,
        unit: String = "1101",
        lease: String = ""
    ) -> String {
        """
        <Customer Type="\(type)"><CustomerID>\(id)</CustomerID><MITS:Property>
        <MITS:UnitID>\(unit)</MITS:UnitID></MITS:Property><MITS:Name><MITS:FirstName>\(first)\
        </MITS:FirstName><MITS:MiddleName/><MITS:LastName>\(last)</MITS:LastName></MITS:Name>
        <MITS:Address Type="property"><MITS:Address1>1 Elm</MITS:Address1>
        <MITS:Email> \(first.lowercased())@example.org </MITS:Email></MITS:Address>
        <MITS:Phone Type="home"><MITS:PhoneNumber>617-555-0101</MITS:PhoneNumber></MITS:Phone>
        <MITS:Phone Type="cell"><MITS:PhoneNumber>617-555-0102</MITS:PhoneNumber></MITS:Phone>
        <MITS:SSN>900-55-1234</MITS:SSN><MITS:DateOfBirth>1961-02-03</MITS:DateOfBirth>
        <MITS:Lease><MITS:CurrentRent>987654.00</MITS:CurrentRent>\(lease)</MITS:Lease></Customer>
        """
    }

    private static let dates = """
        <MITS:ExpectedMoveInDate>2025-12-30</MITS:ExpectedMoveInDate>\
        <MITS:LeaseFromDate>2026-01-01</MITS:LeaseFromDate>\
        <MITS:LeaseToDate>2026-12-31</MITS:LeaseToDate>\
        <MITS:ActualMoveIn>2026-01-02</MITS:ActualMoveIn>\
        <MITS:ExpectedMoveOutDate>2026-09-30</MITS:ExpectedMoveOutDate>\
        <MITS:ResponsibleForLease>true</MITS:ResponsibleForLease>
        """

    private static func household(
        _ id: String,
        _ customers: [String],
        leased: String = "leased"
    ) -> String {
        """
        <RT_Customer><CustomerID>\(id)</CustomerID><Customers>\(customers.joined())</Customers>
        <RT_Unit><UnitID>1101</UnitID><NumberOccupants Total="1"/><Unit><MITS:Information>
        <MITS:UnitID>1101</MITS:UnitID><MITS:MarketRent>987654.00</MITS:MarketRent>
        <MITS:UnitLeasedStatus>\(leased)</MITS:UnitLeasedStatus></MITS:Information></Unit></RT_Unit>
        <RTServiceTransactions><Transactions><Charge><Detail><Amount>987654.00</Amount>
        <CustomerID>other</CustomerID></Detail></Charge></Transactions></RTServiceTransactions>
        </RT_Customer>
        """
    }

    /// Somebody who lives there, somebody who is to come, and somebody who left.
    private static let mixed = household(
        "h1",
        [
            customer("p1", "current resident", "Ada", "Quill &amp; Stone", lease: dates),
            customer("p2", "Future_Resident", "Bo", "Stone", unit: "", lease: dates),
            customer("p3", "former resident", "Cy", "Marsh", lease: dates),
        ]
    )

    private static func answer(_ households: [String]) -> String {
        """
        <?xml version="1.0" encoding="utf-16"?><ResMan><MethodName>GetResidentTransactions2_0\
        </MethodName><Status>Success</Status><AccountID>400</AccountID><PropertyID>\(property)\
        </PropertyID><Response><ResidentTransactions xmlns:MITS="http://my-company.com/namespace">
        <Property><PropertyID><MITS:Identification Type="other"/></PropertyID>\
        \(households.joined())</Property></ResidentTransactions></Response></ResMan>
        """
    }

    private static let key = "ApiKey=k%26ey-5520%20hush&AccountID=400"

    private static let unitExchange = ScriptedExchange(
        "api.myresman.com/Property/GetUnits",
        contains: ["IntegrationPartnerID=9&\(key)&PropertyID=\(property)"],
        json: units
    )

    private static func exchange(_ households: [String]) -> ScriptedExchange {
        residents(answer(households))
    }

    private static func residents(_ xml: String) -> ScriptedExchange {
        ScriptedExchange(
            "api.myresman.com/MITS/GetResidentTransactions2_0",
            contains: ["\(key)&PropertyID=\(property)"],
            answer: .response(
                HTTPExchangeResponse(
                    status: 200,
                    headers: [(name: "content-type", value: "text/xml")],
                    body: Data(xml.utf8)
                )
            )
        )
    }

    private static func person(
        _ id: String,
        _ first: String,
        _ last: String,
        role: ResidentRole,
        word: String,
        status: LeaseStatus,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(id, "h1", "1101"),
            firstName: first,
            lastName: last,
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

    private static let refused = "<ResMan><Status>Failed</Status>"

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: property,
            session: [unitExchange, exchange([mixed, household("h2", [])])],
            units: [
                PMSUnit(id: PMSUnitID("1101"), building: "1", name: "1101", floor: "1"),
                PMSUnit(id: PMSUnitID("1102"), building: "1", name: "1102"),
                PMSUnit(id: PMSUnitID("1203"), name: "1203"),
            ],
            residencies: [
                person(
                    "p1",
                    "Ada",
                    "Quill & Stone",
                    role: .primary,
                    word: "current resident",
                    status: .current
                ),
                person(
                    "p2",
                    "Bo",
                    "Stone",
                    role: .coResident,
                    word: "Future_Resident",
                    status: .future
                ),
                person(
                    "p3",
                    "Cy",
                    "Marsh",
                    role: .coResident,
                    word: "former resident",
                    status: .past,
                    moveOut: "2026-09-30"
                ),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "9")]), 9),
            isRead: { request in
                request.method == "POST"
                    && (request.url.contains("/Get") && !request.url.contains("/Set"))
            },
            unwanted: ["1961", "900-55-1234", "987654", "555-0101", "1 Elm"],
            confidential: ["Quill", "Stone", "Marsh", "example.org", "555-010", "k&ey-5520"]
        )
        // Neither answer says how long it should be.
        subject.statesLength = false
        subject.duplicates = [unitExchange, exchange([mixed, mixed])]
        subject.unknownStatus = (
            [
                unitExchange,
                exchange([household("h1", [customer("p1", "squatter", "Ada", "Quill")])]),
            ],
            "squatter"
        )
        subject.emptyList = [unitExchange, exchange([])]
        subject.inBandErrors = [
            (
                .xml(
                    "\(refused)<ErrorDescription>No such property k&amp;ey-5520 hush"
                        + "</ErrorDescription></ResMan>"
                ),
                "No such property"
            ),
            (
                .json(#"{"Status":"Failed","ErrorDescription":"Out of reach"}"#, status: 403),
                "Out of"
            ),
            (.json(#"{"message":"Unknown key"}"#, status: 401), "Unknown key"),
        ]
        return subject
    }

    @Test("ResMan's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        var subject = Self.subject
        if rule == .seesErrorsUnderSuccess {
            // An XML refusal answers the XML operation alone.
            let xml = subject.inBandErrors.removeFirst()
            await ConnectorConformance(subject).check(rule)
            let outcome = await ConnectorConformance(subject).fetch(
                [Self.unitExchange, Self.exchange([]).answered(xml.answer)]
            )
            #expect(outcome.error?.code == .refused)
            #expect(outcome.error?.message.contains(xml.words) == true)
            #expect(outcome.error?.message.contains("k&ey") == false)
            return
        }
        await ConnectorConformance(subject).check(rule)
    }

    private func fetch(_ script: [ScriptedExchange]) async -> ConnectorConformance.Outcome {
        await ConnectorConformance(Self.subject).fetch(script)
    }

    @Test("Units may refuse under HTTP 200 in JSON")
    func unitsRefused() async {
        let outcome = await fetch([
            Self.unitExchange.answered(
                .json(#"{"Status":"Failure","ErrorDescription":"Invalid credentials"}"#)
            )
        ])
        #expect(outcome.error?.code == .unauthorized)
        #expect(outcome.error?.message.contains("Invalid credentials") == true)
    }

    @Test("Status is each person's own, in one household: current, future and former")
    func statusPerPerson() async {
        let outcome = await fetch(Self.subject.session)
        #expect(outcome.part.residencies.map(\.status) == [.current, .future, .past])
    }

    @Test("A household may have nobody in it")
    func emptyHousehold() async {
        let outcome = await fetch([Self.unitExchange, Self.exchange([Self.household("h", [])])])
        #expect(outcome.part.residencies.isEmpty)
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("Up to six people are in a household, each once")
    func sixPeople() async {
        let six = (1...6).map { Self.customer("p\($0)", "current resident", "Ada\($0)", "Quill") }
        let outcome = await fetch([Self.unitExchange, Self.exchange([Self.household("h", six)])])
        #expect(outcome.part.residencies.count == 6)
        #expect(outcome.part.residencies.filter { $0.role == .primary }.count == 1)
    }

    @Test(
        "Notice is said of the unit alone: its current residents are on notice",
        arguments: ["on notice", "leased_on_notice", "On Notice"]
    )
    func notice(word: String) async {
        let outcome = await fetch([
            Self.unitExchange,
            Self.exchange([
                Self.household(
                    "h1",
                    [
                        Self.customer("p1", "current resident", "Ada", "Quill", lease: Self.dates),
                        Self.customer("p2", "future resident", "Bo", "Stone", lease: Self.dates),
                    ],
                    leased: word
                )
            ]),
        ])
        #expect(outcome.part.residencies.map(\.status) == [.notice, .future])
        #expect(outcome.part.residencies.map(\.moveOut) == [day("2026-09-30"), nil])
    }

    @Test("The inner document may come escaped, with another namespace and another prefix")
    func escapedInnerDocument() async {
        let inner = """
            <?xml version="1.0" encoding="utf-16"?><ResidentTransactions \
            xmlns:x="urn:other"><Property>\(Self.mixed.replacing("MITS:", with: "x:"))</Property>\
            </ResidentTransactions>
            """
        let escaped = inner.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
        let outcome = await fetch([
            Self.unitExchange,
            Self.residents(
                "<ResMan><Status>Success</Status><Response>\(escaped)</Response></ResMan>"
            ),
        ])
        #expect(outcome.error == nil)
        #expect(outcome.part.residencies == Self.subject.residencies)
    }

    private static func response(_ document: String) -> String {
        "<ResMan><Status>Success</Status><Response>\(document)</Response></ResMan>"
    }

    @Test(
        "A property without anybody is an empty list",
        arguments: ["<Property/>", "<Property><PropertyID/><PropertyContacts/></Property>"]
    )
    func nobody(property: String) async {
        let outcome = await fetch([
            Self.unitExchange,
            Self.residents(
                Self.response("<ResidentTransactions>\(property)</ResidentTransactions>")
            ),
        ])
        #expect(outcome.error == nil)
        #expect(outcome.part.residencies.isEmpty)
        #expect(outcome.part.problems.isEmpty)
    }

    private static func numbered(_ units: String) -> [ScriptedExchange] {
        let people = [
            customer("p1", "current resident", "Ada", "Quill", unit: "101"),
            customer("p2", "former resident", "Bo", "Stone", unit: "101"),
            customer("p3", "current resident", "Cy", "Marsh", unit: "102"),
        ]
        return [
            unitExchange.answered(
                .json(#"{"Units":[\#(units),{"UnitNumber":"102","Building":"1"}]}"#)
            ),
            exchange([household("h1", people)]),
        ]
    }

    @Test(
        "Whoever is in a unit number that two units have is neither read nor gone",
        arguments: [
            #"{"UnitNumber":"101","Building":"2"}"#, #"{"UnitNumber":"101"}"#,
            #"{"UnitNumber":"101","Building":"1","Floor":"2"}"#,
        ]
    )
    func sharedNumber(other: String) async {
        let outcome = await fetch(
            Self.numbered(#"{"UnitNumber":"101","Building":"1"},\#(other)"#)
        )
        #expect(outcome.error == nil)
        #expect(outcome.part.units.map(\.id.text) == ["101", "102"])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["p3"])
        #expect(outcome.part.unreadable.map(\.text) == ["p1", "p2"])
        #expect(outcome.part.problems.count == 3)
        #expect(outcome.part.problems.allSatisfy { $0.effect == .recordSkipped })
        #expect(outcome.part.problems.last?.message.contains("unit 101") == true)
    }

    @Test("Whoever is in a unit that is listed twice alike is read")
    func listedAlike() async {
        let unit = #"{"UnitNumber":"101","Building":"1"}"#
        let outcome = await fetch(Self.numbered("\(unit),\(unit)"))
        #expect(outcome.part.residencies.map(\.key.unit?.text) == ["101", "101", "102"])
        #expect(outcome.part.unreadable.isEmpty)
    }

    @Test(
        "An answer without its list is no empty list",
        arguments: [
            "<ResMan><Status>Success</Status></ResMan>",
            "<ResMan><Status>Success</Status><Response/></ResMan>",
            "<ResMan><Status>Success</Status><Response>text</Response></ResMan>",
            response("<ResidentTransactions/>"),
            response("<ResidentTransactions><LeaseFiles/></ResidentTransactions>"),
            response(
                "<ResidentTransactions><Property><PropertyID/><LeaseFile/></Property>"
                    + "</ResidentTransactions>"
            ),
            "<html><body>Sign in</body></html>", "<ResMan/>",
        ]
    )
    func missingList(xml: String) async {
        let outcome = await fetch([Self.unitExchange, Self.residents(xml)])
        #expect(outcome.error != nil)
        #expect(outcome.part.residencies.isEmpty)
    }

    @Test(
        "A document type is refused: no entity expands and no file is read",
        arguments: [
            #"<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>"#,
            #"<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#,
        ]
    )
    func documentType(declaration: String) async {
        let xml = Self.answer([Self.mixed]).replacing("<ResMan>", with: "\(declaration)<ResMan>")
        let outcome = await fetch([Self.unitExchange, Self.residents(xml)])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.error?.message.contains("document type") == true)
    }

    @Test("An answer about another property is refused")
    func otherProperty() async {
        let xml = Self.answer([Self.mixed]).replacing(
            "<PropertyID>\(Self.property)",
            with: "<PropertyID>22222222-aaaa-4000-8000-000000000002"
        )
        let outcome = await fetch([Self.unitExchange, Self.residents(xml)])
        #expect(outcome.error?.code == .malformed)
    }

    @Test(
        "A check asks for the residents of a property that does not exist, and tells what is refused",
        arguments: [
            ("Property not found", true), ("Not authorized for this property", true),
            ("You do not have access to PropertyID 00000000-0000-0000-0000-000000000000", true),
            ("The property is not permitted for this partner", true),
            ("No permission for GetResidentTransactions2_0 of this property", false),
            ("Not authorized (property 00000000-0000-0000-0000-000000000000)", false),
            ("The partner is not licensed for this property", false),
            ("This method is not available for the property", false),
            ("Invalid credentials for the property", false), ("Rejected", false),
        ]
    )
    func check(words: String, isAllowed: Bool) async throws {
        let script = [
            ScriptedExchange(
                "/Account/GetProperties",
                json: #"{"Properties":[{"PropertyID":"\#(Self.property)","Name":"Elm"}]}"#
            ),
            Self.unitExchange,
            ScriptedExchange(
                "/MITS/GetResidentTransactions2_0",
                contains: ["PropertyID=00000000-0000-0000-0000-000000000000"],
                answer: .xml(
                    "\(Self.refused)<ErrorDescription>\(words)</ErrorDescription></ResMan>"
                )
            ),
        ]
        let (connector, transport) = try Self.vendor.connector(script)
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, isAllowed])
        #expect(checks.last?.detail.contains(words) == !isAllowed)
        await transport.expectFinished()
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["integration-partner-id", "account-id"] {
            #expect(Self.vendor.refusal { $0.values[key] = " " }.contains(key))
        }
        #expect(Self.vendor.refusal { $0.secrets["api-key"] = nil }.contains("api-key"))
        #expect(Self.vendor.refusal { $0.values["url"] = "http://example.com" }.contains("url"))
    }

    private static let captured = Sample.file(
        "resman-GetResidentTransactions2_0-small-REDACTED.xml"
    )

    @Test("The captured answer decodes", .enabled(if: captured != nil, "the sample is missing"))
    func sample() async throws {
        let file = try #require(Self.captured)
        let xml = try String(contentsOf: file, encoding: .utf8)
        let id = try #require(xml.firstMatch(of: /<PropertyID>([^<]+)<\/PropertyID>/)?.1)
        let (connector, _) = try Self.vendor.connector([
            ScriptedExchange("/Property/GetUnits", json: Self.units),
            ScriptedExchange("/MITS/GetResidentTransactions2_0", answer: .xml(xml)),
        ])
        let property = PMSPropertyID(String(id))
        var decoder = connector.decoder(for: property)
        var residencies: [PMSResidency] = []
        try await connector.fetch(property) { page in
            let part = try decoder.decode(page)
            residencies += part.residencies
            #expect(part.problems.isEmpty)
        }
        _ = try decoder.finish()
        #expect(residencies.count == xml.matches(of: /<Customer\s/).count)
        let first = try #require(residencies.first)
        #expect(first.status == .current)
        #expect(first.key.unit != nil && !first.key.lease.isEmpty && first.email != nil)
        #expect(first.leaseStart != nil && first.leaseEnd != nil && first.moveIn != nil)
    }
}
