import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite("AppFolio's Reports interface")
struct AppFolioReportsTests {
    private static let vendor = VendorContract(
        id: "appfolio",
        values: [
            "url": "https://elm.appfolio.com", "interface": "Reports", "client-id": "c-1",
        ],
        secrets: ["client-secret": "s-2290-hush"]
    )
    private static let property = PMSPropertyID("17")

    private static func first(
        _ report: String,
        _ rows: [String],
        next: String? = nil
    ) -> ScriptedExchange {
        ScriptedExchange(
            "https://elm.appfolio.com/api/v2/reports/\(report).json",
            contains: [#""properties":{"properties_ids":["17"]}"#, #""paginate_results":true"#],
            json: body(rows, next: next)
        )
    }

    private static func body(_ rows: [String], next: String? = nil) -> String {
        let url = next.map { "\"\($0)\"" } ?? "null"
        return #"{"results":[\#(rows.joined(separator: ","))],"next_page_url":\#(url)}"#
    }

    private static let unit =
        #"{"property_id":17,"property_name":"Elm","unit_id":5,"unit":"101","market_rent":"987654"}"#
    private static let vacant = #"{"property_id":"17","unit_id":"6","unit":"102"}"#
    private static let units = first("rent_roll", [unit, vacant, unit])

    private static func tenant(_ id: String, _ first: String, _ members: String = "") -> String {
        """
        {"selected_tenant_id":\(id),"property_id":17,"unit_id":5,"unit":"101","occupancy_id":9,
         "tenant":"Quill, \(first)","first_name":"\(first)","last_name":"Quill","rent":"987654.00",
         "emails":"\(first.lowercased())@example.org; other@example.org","birth_date":"1961-02-03",
         "phone_numbers":"Mobile: 617-555-0102, Home: 617-555-0103","status":"Current",
         "move_in":"2026-01-02","lease_from":"2026-01-01","lease_to":"2026-12-31"\(members)}
        """
    }

    private static let ada = tenant("500", "Ada")
    private static let bo = tenant("501", "Bo", #","status":"Notice","move_out":"2026-09-30""#)

    private static func person(
        _ id: String,
        _ first: String,
        word: String,
        status: LeaseStatus,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(id, "9", "5"),
            firstName: first,
            lastName: "Quill",
            email: "\(first.lowercased())@example.org",
            phone: "617-555-0102",
            statusWord: word,
            status: status,
            leaseStart: day("2026-01-01"),
            leaseEnd: day("2026-12-31"),
            moveIn: day("2026-01-02"),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    private static let second = "/api/v2/reports/tenant_directory.json?metadata=x&page=2"

    private static func following(_ rows: [String], next: String? = nil) -> ScriptedExchange {
        ScriptedExchange("https://elm.appfolio.com\(second)", json: body(rows, next: next))
    }

    private static var subject: ConnectorSubject {
        // The host of the address is another's.
        let next = "https://other.example.com\(second)"
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: property,
            session: [
                units, first("tenant_directory", [ada], next: next), following([bo]),
            ],
            units: [
                PMSUnit(id: PMSUnitID("5"), name: "101"), PMSUnit(id: PMSUnitID("6"), name: "102"),
            ],
            residencies: [
                person("500", "Ada", word: "Current", status: .current),
                person("501", "Bo", word: "Notice", status: .notice, moveOut: "2026-09-30"),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "5")]), 5),
            isRead: { request in
                request.method == "GET"
                    || request.method == "POST" && request.url.contains("/api/v2/reports/")
            },
            unwanted: ["1961", "987654", "other@", "555-0103"],
            confidential: ["Quill", "example.org", "555-010", "s-2290-hush"]
        )
        subject.shortLists = [
            [units, first("tenant_directory", [ada], next: next), following([], next: next)],
            [units, first("tenant_directory", [ada], next: next), following([ada], next: next)],
        ]
        subject.duplicates = [units, first("tenant_directory", [ada, ada, bo])]
        subject.unknownStatus = (
            [units, first("tenant_directory", [tenant("500", "Ada", #","status":"Vacating""#)])],
            "Vacating"
        )
        subject.emptyList = [units, first("tenant_directory", [])]
        subject.inBandErrors = [
            (.json(#"{"error":"Not yours: s-2290-hush"}"#), "Not yours"),
            (.json(#"{"message":"Reports are off"}"#, status: 403), "Reports are off"),
        ]
        return subject
    }

    @Test("It keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    @Test("Credentials go to the connection's own address alone, without a developer id")
    func credentials() async {
        let outcome = await ConnectorConformance(Self.subject).fetch(Self.subject.session)
        #expect(outcome.requests.map(\.method) == ["POST", "POST", "GET"])
        for request in outcome.requests {
            #expect(request.url.hasPrefix("https://elm.appfolio.com/api/v2/reports/"))
            #expect(!request.headers.contains { $0.name.lowercased().contains("developer") })
        }
    }

    @Test(
        "A next page that is none of the report is refused",
        arguments: ["https://elm.appfolio.com/api/v2/reports/rent_roll.json?page=2", "/logout?x=1"]
    )
    func nextElsewhere(address: String) async {
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.units, Self.first("tenant_directory", [Self.ada], next: address),
        ])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.requests.count == 2)
    }

    @Test("Whoever has no id of their own is not brought in, and the list removes nobody then")
    func noIdentity() async {
        let nobody = Self.tenant("null", "Cy")
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.units, Self.first("tenant_directory", [Self.ada, nobody]),
        ])
        #expect(outcome.part.residencies.map(\.key.resident.text) == ["500"])
        #expect(outcome.part.problems.contains { $0.effect == .incomplete })
    }

    @Test("Nobody is asked for by id: no report has such a filter")
    func asked() async throws {
        let (connector, _) = try Self.vendor.connector([])
        let answer = try await connector.residencies(
            of: [PMSResidentID("500")],
            in: Self.property
        )
        #expect(answer == nil)
    }

    @Test("A check asks for no column of a resident, and for the tenants of no property")
    func check() async throws {
        let (connector, transport) = try Self.vendor.connector([
            ScriptedExchange(
                "/api/v2/reports/rent_roll.json",
                contains: [#""columns":["property_id","property_name"]"#],
                json: Self.body([Self.unit, Self.vacant, #"{"property_id":18}"#])
            ),
            ScriptedExchange(
                "/api/v2/reports/tenant_directory.json",
                contains: [#""properties_ids":["0"]"#],
                answer: .json(#"{"error":"Not allowed"}"#, status: 403)
            ),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, false])
        #expect(checks.first?.detail == "2 properties")
        #expect(checks.last?.detail.contains("Not allowed") == true)
        await transport.expectFinished()
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        #expect(Self.vendor.refusal { $0.values["url"] = nil }.contains("url"))
        #expect(Self.vendor.refusal { $0.values["interface"] = "Exports" }.contains("interface"))
        // Stack again: it has a standard address, and needs the developer id.
        #expect(Self.vendor.refusal { $0.values["interface"] = nil }.contains("developer-id"))
    }
}
