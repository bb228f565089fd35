import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

@Suite struct YardiTests {
    private typealias Given = YardiFixtures

    @Test("Yardi's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Given.subject).check(rule)
    }

    private func fetch(_ script: [ScriptedExchange]) async -> ConnectorConformance.Outcome {
        await ConnectorConformance(Given.subject).fetch(script)
    }

    private func fetch(residents: [String]) async -> ConnectorConformance.Outcome {
        await fetch([Given.unitExchange, Given.residents(residents)])
    }

    @Test(
        "A bare number in place of the payload says what is wrong",
        arguments: [
            ("0", ConnectorError.Code.refused, "batch"), ("-1", .forbidden, "insufficient rights"),
            ("-2", .forbidden, "no access to the property"), ("-3", .forbidden, "license"),
            ("-4", .unauthorized, "login"), ("", .refused, "a setting or the login"),
            ("17", .malformed, "17"),
        ]
    )
    func bareNumber(number: String, code: ConnectorError.Code, words: String) async {
        let outcome = await fetch([
            Given.unitExchange, Given.exchange("GetResidents", number),
        ])
        #expect(outcome.error?.code == code)
        #expect(outcome.error?.message.contains(words) == true)
    }

    @Test("A message that is for information only is no failure, and no list either")
    func information() async {
        let outcome = await fetch([
            Given.exchange("GetUnitInformation", Given.message("FYI", "3 units exported"))
        ])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.error?.message.contains("UnitInformation") == true)
    }

    @Test(
        "Residents that are not where Voyager has them are no empty list",
        arguments: [
            ("<MITS-ResidentData/>", "Residents"),
            (
                "<MITS-ResidentData><LeaseFiles><LeaseFile/></LeaseFiles></MITS-ResidentData>",
                "Residents"
            ),
            (
                "<MITS-ResidentData><Residents><Tenant/></Residents></MITS-ResidentData>",
                "Tenant"
            ),
            (
                "<ResidentTransactions><Property/></ResidentTransactions>",
                "MITS-ResidentData"
            ),
        ]
    )
    func unfamiliarResidents(result: String, words: String) async {
        let outcome = await fetch([
            Given.unitExchange, Given.exchange("GetResidents", result),
        ])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.error?.message.contains(words) == true)
    }

    @Test(
        "Units that are not where Voyager has them are no empty list",
        arguments: [
            ("<UnitInformation><Property/></UnitInformation>", "Units"),
            ("<UnitInformation><Units><Flat/></Units></UnitInformation>", "Flat"),
        ]
    )
    func unfamiliarUnits(result: String, words: String) async {
        let outcome = await fetch([Given.exchange("GetUnitInformation", result)])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.error?.message.contains(words) == true)
    }

    @Test("A property without units and residents is an empty one")
    func emptyProperty() async {
        let outcome = await fetch([Given.units([]), Given.residents([])])
        #expect(outcome.error == nil)
        #expect(outcome.part == SnapshotPart())
    }

    /// Residents of an answer with a message before their list, inside the payload.
    private static func payload(_ message: String, isDeep: Bool, _ residents: String) -> String {
        let list = "<Residents>\(residents)</Residents>"
        let inner =
            isDeep
            ? "<PropertyResidents>\(message)\(list)</PropertyResidents>"
            : "\(message)<PropertyResidents>\(list)</PropertyResidents>"
        return "<MITS-ResidentData xmlns=\"\">\(inner)</MITS-ResidentData>"
    }

    @Test("A failure that is told inside the payload is the error", arguments: [true, false])
    func failureInside(isDeep: Bool) async {
        let failure = Given.message("Error", "Invalid Credentials")
        for residents in ["", Given.resident("t1", "Ada", "Quill")] {
            let outcome = await fetch([
                Given.unitExchange,
                Given.exchange(
                    "GetResidents",
                    Self.payload(failure, isDeep: isDeep, residents)
                ),
            ])
            #expect(outcome.error?.code == .unauthorized)
            #expect(outcome.error?.message == "Invalid Credentials")
        }
    }

    @Test("A message for information inside the payload changes nothing", arguments: [true, false])
    func informationInside(isDeep: Bool) async {
        let information = Given.message("FYI", "1 resident exported")
        let residents = Given.resident("t1", "Ada", "Quill")
        let outcome = await fetch([
            Given.unitExchange,
            Given.exchange(
                "GetResidents",
                Self.payload(information, isDeep: isDeep, residents)
            ),
        ])
        #expect(outcome.error == nil)
        #expect(outcome.part.residencies.count == 1)
    }

    @Test("An answer in the envelope of SOAP 1.2 is read like one of 1.1")
    func newerEnvelope() async {
        let script = Given.subject.session.map { exchange in
            exchange.withBody { body in
                Data(
                    String(decoding: body, as: UTF8.self).replacing(
                        "http://schemas.xmlsoap.org/soap/envelope/",
                        with: "http://www.w3.org/2003/05/soap-envelope"
                    ).utf8
                )
            }
        }
        let outcome = await fetch(script)
        #expect(outcome.error == nil)
        #expect(outcome.part.residencies.count == 2)
    }

    @Test("A unit that is listed once for each of its residents is one unit")
    func repeatedUnit() async {
        let unit = Given.unitInfo("506", uniqueID: "85223")
        let outcome = await fetch([Given.units([unit, unit]), Given.residents([])])
        #expect(outcome.part.units.map(\.id) == [PMSUnitID("85223")])
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("A unit whose code changes stays the unit that its number names")
    func changedCode() async {
        let outcome = await fetch([
            Given.units([Given.unitInfo("0506", uniqueID: "85223")]),
            Given.residents([Given.resident("t1", "Ada", "Quill", unit: "0506")]),
        ])
        #expect(outcome.part.units.map(\.id.text) == ["85223"])
        #expect(outcome.part.residencies.map(\.key.unit) == [PMSUnitID("85223")])
    }

    @Test("Where Voyager gives a unit no number, its code is what it is known by")
    func codeAlone() async {
        let outcome = await fetch([
            Given.units([Given.unitInfo("506")]),
            Given.residents([Given.resident("t1", "Ada", "Quill")]),
        ])
        #expect(outcome.part.units.map(\.id.text) == ["506"])
        #expect(outcome.part.residencies.map(\.key.unit) == [PMSUnitID("506")])
    }

    @Test(
        "Codes that stand for no unit are left out, with whoever is listed there",
        arguments: ["NONRESID", "WAIT", "wait_aff", "Retail"]
    )
    func pseudoUnit(code: String) async {
        let outcome = await fetch([
            Given.units([Given.unitInfo(code, uniqueID: "1"), Given.unitInfo("506")]),
            Given.residents([
                Given.resident("t1", "Ada", "Quill", unit: code),
                Given.resident("t2", "Bo", "Marsh"),
            ]),
        ])
        #expect(outcome.part.units.map(\.name) == ["506"])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["t2"])
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("A unit that Voyager excludes is left out", arguments: ["1", "-1", "True", "Y"])
    func excluded(flag: String) async {
        let outcome = await fetch([
            Given.units([
                Given.unitInfo("505", extra: "<Excluded>\(flag)</Excluded>"),
                Given.unitInfo("506", extra: "<Excluded>0</Excluded>"),
            ]),
            Given.residents([]),
        ])
        #expect(outcome.part.units.map(\.name) == ["506"])
    }

    @Test(
        "A building that is blank is the first line of the address, unless that names the unit",
        arguments: [
            ("12 Elm Street", "12 Elm Street"), ("12 Elm Street, Apt 506", ""), ("", ""),
            ("12 Elm Street #506", ""),
        ]
    )
    func blankBuilding(address: String, building: String) async {
        let outcome = await fetch([
            Given.units([Given.unitInfo("506", address: address)]), Given.residents([]),
        ])
        #expect(outcome.part.units.map(\.building) == [building])
    }

    @Test(
        "Every status of Voyager has its meaning",
        arguments: [
            ("Current", LeaseStatus.current), ("Notice", .notice), ("Eviction", .notice),
            ("Future", .future), ("Past", .past), ("Applicant", .applicant),
            ("Denied", .cancelled), ("Canceled", .cancelled),
        ]
    )
    func status(word: String, status: LeaseStatus) async {
        let outcome = await fetch(residents: [Given.resident("t1", "Ada", "Quill", status: word)])
        #expect(outcome.part.residencies.map(\.status) == [status])
    }

    @Test("Roommates come with their own code and dates, and stand as the resident does")
    func roommates() async {
        let others = Given.occupant("r2", "Bo") + Given.occupant("r3", "Cy", moveOut: "04/30/2026")
        let outcome = await fetch(residents: [
            Given.resident("t1", "Ada", "Quill", moveOut: "", others: others)
        ])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["t1", "r2", "r3"])
        #expect(outcome.part.residencies.map(\.role) == [.primary, .coResident, .coResident])
        #expect(outcome.part.residencies.map(\.moveOut) == [nil, nil, day("2026-04-30")])
        #expect(Set(outcome.part.residencies.map(\.key.lease)) == ["t1"])
    }

    @Test("A person who returns under a new code is a resident of their own, with the same address")
    func newCode() async {
        let outcome = await fetch(residents: [
            Given.resident("t0000111", "Ada", "Quill", status: "Past", moveOut: "05/31/2026"),
            Given.resident("t0000222", "Ada", "Quill", status: "Future", unit: "507"),
        ])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["t0000111", "t0000222"])
        #expect(Set(outcome.part.residencies.map(\.email)) == ["ada@example.org"])
        #expect(outcome.part.problems.isEmpty)
    }

    @Test("Dates may be written as day and year, or as ISO writes them, with a time")
    func dates() async {
        let written = Given.resident("t1", "Ada", "Quill")
            .replacing("01/01/2026", with: "2026-01-01T00:00:00")
        let outcome = await fetch(residents: [written])
        #expect(outcome.part.residencies.map(\.leaseStart) == [day("2026-01-01")])
        #expect(outcome.part.residencies.map(\.leaseEnd) == [day("2026-12-31")])
    }

    @Test("A check says what is allowed, and touches no resident")
    func check() async throws {
        let (connector, transport) = try Given.vendor().connector([
            Given.exchange(
                "GetPropertyConfigurations",
                "<Properties><Property><Code>elm01</Code><MarketingName>Elm</MarketingName>"
                    + "</Property></Properties>"
            ),
            Given.unitExchange,
            Given.exchange(
                "GetResidents",
                Given.message("Error", "Invalid Property Code: no access to the property")
            ),
        ])
        let checks = try await connector.check()
        #expect(
            checks.map(\.operation)
                == ["GetPropertyConfigurations", "GetUnitInformation", "GetResidents"]
        )
        #expect(checks.map(\.isAllowed) == [true, true, true])
        let last = try #require(await transport.requests.last?.body)
        #expect(!String(decoding: last, as: UTF8.self).contains("elm01"))
        await transport.expectFinished()
    }

    @Test(
        "A check tells a refusal of the residents' operation from one of the property that does not exist",
        arguments: [
            ("-2", true),
            (Given.message("Error", "Invalid Yardi Property Id: no access to the property."), true),
            (
                Given.message("Error", "Property -lintel-check- is not set up for the interface"),
                true
            ),
            (Given.message("Error", "The entity is not authorized for YardiPropertyId"), true),
            ("-1", false), ("-3", false), ("-4", false), ("", false),
            (Given.message("Error", "Not licensed for property -lintel-check-"), false),
            (
                Given.message("Error", "No access to this function of property -lintel-check-"),
                false
            ),
            (
                Given.message("Error", "GetResidents is not enabled for property -lintel-check-"),
                false
            ), (Given.message("Error", "Not authorized: property -lintel-check-"), false),
            (Given.message("Error", "Invalid user name or property"), false),
        ]
    )
    func checkRefused(answer: String, isAllowed: Bool) async throws {
        let (connector, _) = try Given.vendor().connector([
            Given.exchange(
                "GetPropertyConfigurations",
                "<Properties><Property><Code>elm01</Code></Property></Properties>"
            ),
            Given.unitExchange, Given.exchange("GetResidents", answer),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, isAllowed])
    }

    @Test("A check tells what the license does not allow in Voyager's words")
    func checkWords() async throws {
        let (connector, _) = try Given.vendor().connector([
            Given.exchange(
                "GetPropertyConfigurations",
                "<Properties><Property><Code>elm01</Code></Property></Properties>"
            ),
            Given.unitExchange, Given.exchange("GetResidents", "-3"),
        ])
        let checks = try await connector.check()
        #expect(checks.first?.detail == "1 property")
        #expect(checks.last?.detail.contains("license") == true)
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["url", "username", "server-name", "database-name", "interface-entity"] {
            #expect(Given.vendor().refusal { $0.values[key] = " " }.contains(key))
        }
        for key in ["password", "interface-license"] {
            #expect(Given.vendor().refusal { $0.secrets[key] = nil }.contains(key))
        }
        let known = Given.vendor().refusal { $0.values["interface"] = "ItfILSGuestCard" }
        #expect(known.contains("ItfResidentTransactions20"))
    }
}
