import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct AppFolioTests {
    private static let vendor = VendorContract(
        id: "appfolio",
        values: ["client-id": "c-1", "developer-id": "d-1"],
        secrets: ["client-secret": "s-2290-hush"]
    )
    private static let property = PMSPropertyID("aaaa-1")

    private static let everything = "filters%5BLastUpdatedAtFrom%5D=1970-01-01T00%3A00%3A00Z"
    private static let paging = "page%5Bnumber%5D=1&page%5Bsize%5D=1000"

    private static func first(
        _ list: String,
        _ records: [String],
        next: String? = nil
    )
        -> ScriptedExchange
    {
        ScriptedExchange(
            "api.appfolio.com/api/v0/\(list)?\(everything)&filters%5BPropertyId%5D=aaaa-1&\(paging)",
            json: body(records, next: next)
        )
    }

    private static func body(_ records: [String], next: String? = nil) -> String {
        let path = next.map { "\"\($0)\"" } ?? "null"
        return #"{"data":[\#(records.joined(separator: ","))],"next_page_path":\#(path)}"#
    }

    /// The answer to a path that another answer named.
    private static func following(
        _ path: String,
        _ records: [String],
        next: String? = nil
    )
        -> ScriptedExchange
    {
        ScriptedExchange("api.appfolio.com\(path)", json: body(records, next: next))
    }

    private static let unit =
        #"{"Id":"u-1","PropertyId":"aaaa-1","Name":"101","MarketRent":"987654","HiddenAt":null}"#
    private static let hidden =
        #"{"Id":"u-2","PropertyId":"aaaa-1","Name":"102","HiddenAt":"2026-01-01T00:00:00Z"}"#
    private static let elsewhere = #"{"Id":"u-9","PropertyId":"bbbb-2","Name":"900"}"#

    private static func tenant(
        _ id: String,
        _ first: String,
        status: String = "Current",
        unit: String = "u-1",
        property: String = "aaaa-1",
        hidden: String = "null",
        moveOut: String = "null"
    ) -> String {
        """
        {"Id":"\(id)","PropertyId":"\(property)","UnitId":"\(unit)","OccupancyId":"o-1",
         "FirstName":"\(first)","LastName":"Quill","Email":"\(first.lowercased())@example.org",
         "PhoneNumber":"617-555-0102","DateOfBirth":"1961-02-03","SSN":"900-55-1234",
         "Status":"\(status)","MoveInOn":"2026-01-02","MoveOutOn":\(moveOut),"HiddenAt":\(hidden)}
        """
    }

    private static let ada = tenant("t-1", "Ada")
    private static let bo = tenant("t-2", "Bo", status: "Notice", moveOut: #""2026-09-30""#)

    private static func person(
        _ id: String,
        _ first: String,
        word: String,
        status: LeaseStatus,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(id, "o-1", "u-1"),
            firstName: first,
            lastName: "Quill",
            email: "\(first.lowercased())@example.org",
            phone: "617-555-0102",
            statusWord: word,
            status: status,
            moveIn: day("2026-01-02"),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    private static let units = first("units", [unit, hidden])

    private static var subject: ConnectorSubject {
        let next = "/api/v0/tenants?filters[LastUpdatedAtFrom]=1970&page[number]=2"
        let asked = next.replacing("[", with: "%5B").replacing("]", with: "%5D")
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: property,
            session: [units, first("tenants", [ada], next: next), following(asked, [bo])],
            units: [PMSUnit(id: PMSUnitID("u-1"), name: "101")],
            residencies: [
                person("t-1", "Ada", word: "Current", status: .current),
                person("t-2", "Bo", word: "Notice", status: .notice, moveOut: "2026-09-30"),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "5")]), 5),
            isRead: { $0.method == "GET" },
            unwanted: ["1961", "900-55-1234", "987654"],
            confidential: ["Quill", "example.org", "555-010", "s-2290-hush"]
        )
        // The path of a next page is named, and its page is empty.
        subject.shortLists = [
            [units, first("tenants", [ada], next: next), following(asked, [], next: next)],
            [units, first("tenants", [ada], next: next), following(asked, [ada], next: next)],
        ]
        subject.duplicates = [units, first("tenants", [ada, ada, bo])]
        subject.unknownStatus = (
            [units, first("tenants", [tenant("t-1", "Ada", status: "Squatting")])], "Squatting"
        )
        subject.emptyList = [units, first("tenants", [])]
        subject.inBandErrors = [
            (.json(#"{"error":"Not yours: s-2290-hush"}"#), "Not yours"),
            (.json(#"{"errors":["Required header missing"]}"#, status: 401), "Required header"),
        ]
        return subject
    }

    @Test("AppFolio's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    private func fetch(_ tenants: [String]) async -> SnapshotPart {
        let outcome = await ConnectorConformance(Self.subject).fetch(
            [Self.units, Self.first("tenants", tenants)]
        )
        #expect(outcome.error == nil)
        return outcome.part
    }

    @Test("Every list carries the filter AppFolio demands, and the header in its exact spelling")
    func filterAndHeader() async {
        let outcome = await ConnectorConformance(Self.subject).fetch(Self.subject.session)
        for request in outcome.requests {
            #expect(request.url.contains("LastUpdatedAtFrom"))
            #expect(request.headers.contains { $0 == ("X-AppFolio-Developer-ID", "d-1") })
        }
    }

    @Test("A page shorter than asked for is no end: next_page_path decides")
    func shortPage() async {
        let outcome = await ConnectorConformance(Self.subject).fetch(Self.subject.session)
        #expect(outcome.part.residencies.count == 2)
    }

    @Test(
        "A next page elsewhere is refused: credentials go to the interface alone",
        arguments: [
            "https://evil.example/api/v0/tenants?x=1", "//evil.example/api/v0/tenants?x=1",
            "/other?x=1", "/api/v0/users?x=1", "@evil.example/api/v0/tenants?x",
        ]
    )
    func nextElsewhere(path: String) async {
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.units, Self.first("tenants", [Self.ada], next: path),
        ])
        #expect(outcome.error?.code == .malformed)
        #expect(outcome.requests.count == 2)
    }

    @Test("HiddenAt is a deletion: a hidden tenant does not come in")
    func hiddenTenant() async {
        let part = await fetch([
            Self.ada, Self.tenant("t-3", "Cy", hidden: #""2026-01-01T00:00:00Z""#),
        ])
        #expect(part.residencies.map(\.key.resident.text) == ["t-1"])
    }

    @Test("Tenants of other properties are passed over, whether the server filters or not")
    func otherProperties() async {
        let part = await fetch([
            Self.ada, Self.tenant("t-8", "Eli", unit: "u-9", property: "bbbb-2"),
            Self.tenant("t-9", "Fay", unit: "u-9", property: ""),
            Self.tenant("t-7", "Gus", property: ""),
        ])
        #expect(part.residencies.map(\.key.resident.text) == ["t-1", "t-7"])
        #expect(part.problems.isEmpty)
    }

    @Test("Somebody whose eviction is under way lives there")
    func evict() async {
        let part = await fetch([Self.tenant("t-1", "Ada", status: "Evict")])
        #expect(part.residencies.map(\.status) == [.notice])
    }

    @Test("Roommates share an occupancy, one row each")
    func roommates() async {
        let part = await fetch([Self.ada, Self.bo])
        #expect(part.residencies.map(\.key.lease) == ["o-1", "o-1"])
    }

    @Test("Missing residents are asked for by id in one call")
    func asked() async throws {
        let (connector, transport) = try Self.vendor.connector([
            Self.units,
            ScriptedExchange(
                "/api/v0/tenants?\(Self.everything)&filters%5BId%5D=t-1%2Ct-5&\(Self.paging)",
                json: Self.body([Self.ada])
            ),
        ])
        let part = try #require(
            try await connector.residencies(
                of: [PMSResidentID("t-1"), PMSResidentID("t-5")],
                in: Self.property
            )
        )
        #expect(part.residencies.map(\.key.resident.text) == ["t-1"])
        #expect(part.unreadable.isEmpty)
        await transport.expectFinished()
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["client-id", "developer-id"] {
            #expect(Self.vendor.refusal { $0.values[key] = nil }.contains(key))
        }
        #expect(Self.vendor.refusal { $0.values["client-id"] = "a:b" }.contains("colon"))
        #expect(Self.vendor.refusal { $0.secrets["client-secret"] = nil }.contains("client-secret"))
    }
}
