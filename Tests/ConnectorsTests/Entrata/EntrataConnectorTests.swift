import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct EntrataConnectorTests {
    private typealias Fixtures = EntrataFixtures

    private static func properties(_ list: String) -> ScriptedExchange {
        ScriptedExchange(
            "/v1/properties?page_no=1&per_page=500",
            contains: [#""name":"getProperties""#],
            json: Fixtures.envelope(#"{"PhysicalProperty":{"Property":\#(list)}}"#)
        )
    }

    private static let pickList = ScriptedExchange(
        "/v1/leases",
        contains: [#""name":"getLeasePickList""#],
        json: Fixtures.envelope(
            #"{"leaseStatusTypes":{"leaseStatusType":["#
                + #"{"@attributes":{"id":4,"name":"Current"}},"#
                + #"{"@attributes":{"id":9,"name":"Sublet"}}]}}"#
        )
    )

    private static func withConnector<Result>(
        _ script: [ScriptedExchange],
        _ body: (any Connector) async throws -> Result
    ) async throws -> Result {
        let transport = ScriptedTransport(script)
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        let result = try await body(connector)
        await transport.expectFinished()
        return result
    }

    @Test("Properties are listed with id and name, one alone as well")
    func properties() async throws {
        let many = try await Self.withConnector([
            Self.properties(
                #"[{"PropertyID":700,"MarketingName":" Elm "},{"PropertyID":"701"}]"#
            )
        ]) { try await $0.properties() }
        #expect(
            many == [
                PMSProperty(id: PMSPropertyID("700"), name: "Elm"),
                PMSProperty(id: PMSPropertyID("701"), name: "701"),
            ]
        )
        let one = try await Self.withConnector([
            Self.properties(#"{"PropertyID":700,"MarketingName":"Elm"}"#)
        ]) { try await $0.properties() }
        #expect(one.map(\.id.text) == ["700"])
    }

    @Test("A check tries what a sync needs and asks for no resident")
    func check() async throws {
        let checks = try await Self.withConnector([
            Self.properties(#"[{"PropertyID":700,"MarketingName":"Elm"}]"#),
            Fixtures.allUnits, Self.pickList,
        ]) { try await $0.check() }
        #expect(checks.map(\.operation) == ["getProperties", "getPropertyUnits", "getLeases"])
        #expect(checks.map(\.isAllowed) == [true, true, true])
        #expect(checks[2].detail.contains("Sublet"))
    }

    @Test("A check says in Entrata's words what is not allowed")
    func refusedCheck() async throws {
        let checks = try await Self.withConnector([
            Self.properties(#"{"PropertyID":700,"MarketingName":"Elm"}"#),
            Fixtures.allUnits.answered(Fixtures.error("403", "No access to propertyunits")),
            Self.pickList.answered(.json("", status: 401)),
        ]) { try await $0.check() }
        #expect(checks.map(\.isAllowed) == [true, false, false])
        #expect(checks[1].detail.contains("No access to propertyunits"))
        #expect(checks[2].detail.contains("401"))
    }

    @Test("A check that could not be made is an error, not a refusal")
    func failedCheck() async throws {
        let silent = ConnectorError(.unavailable, attempting: "exchange", "no route")
        let down = Self.properties("[]").answered(.failure(silent))
        await #expect(throws: ConnectorError.self) {
            _ = try await Self.withConnector([down, down, down]) { try await $0.check() }
        }
    }

    @Test("Residents asked for by id are answered for, and only they")
    func byID() async throws {
        let asked = ["301", "999"].map { PMSResidentID($0) }
        let part = try await Self.withConnector([
            Fixtures.allUnits,
            Fixtures.leasePage(1, [Fixtures.household], contains: [#""customerId":"301""#]),
            Fixtures.leasePage(1, [], contains: [#""customerId":"999""#]),
        ]) { try await $0.residencies(of: asked, in: Fixtures.property) }
        #expect(part?.residencies == [Fixtures.residencies[0]])
        #expect(part?.unreadable == [])
    }

    @Test("Residents of one lease are each answered for")
    func byIDOnOneLease() async throws {
        let asked = ["301", "302"].map { PMSResidentID($0) }
        let page = Fixtures.leasePage(1, [Fixtures.household])
        let part = try await Self.withConnector([Fixtures.allUnits, page, page]) {
            try await $0.residencies(of: asked, in: Fixtures.property)
        }
        #expect(part?.residencies.map(\.key.resident) == asked)
    }

    @Test("Residents beyond the number asked for are neither changed nor absent")
    func byIDBounded() async throws {
        let most = EntrataConnector.residentsAskedAtMost
        let asked = (1...(most + 2)).map { PMSResidentID("\($0)") }
        let script =
            [Fixtures.allUnits] + Array(repeating: Fixtures.leasePage(1, []), count: most)
        let part = try await Self.withConnector(script) {
            try await $0.residencies(of: asked, in: Fixtures.property)
        }
        #expect(part?.residencies.isEmpty == true)
        #expect(part?.unreadable == Array(asked.suffix(2)))
    }

    @Test("A total that counts properties does not shorten the list of units")
    func totalOfProperties() async throws {
        let units = [Fixtures.unitOne, Fixtures.unitTwo, Fixtures.unitThree]
        let pages = try await Self.withConnector([
            Fixtures.unitPage(1, units, total: 1), Fixtures.leasePage(1, []),
        ]) { connector in
            var pages = 0
            try await connector.fetch(Fixtures.property) { _ in pages += 1 }
            return pages
        }
        #expect(pages == 2)
    }

    @Test("A server that knows no pages is read once")
    func noPages() async throws {
        let units = (1...500).map { #"{"id":\#($0),"unitNumber":"\#($0)"}"# }
        let kinds = try await Self.withConnector([
            Fixtures.unitPage(1, units), Fixtures.unitPage(2, units), Fixtures.leasePage(1, []),
        ]) { connector in
            var kinds: [SnapshotPage.Kind] = []
            try await connector.fetch(Fixtures.property) { kinds.append($0.kind) }
            return kinds
        }
        #expect(kinds == [.units, .residents])
    }

    @Test("What an answer echoes of its request does not change the page's hash")
    func hash() async throws {
        func hashes(_ request: String) async throws -> [ContentHash] {
            let script = Fixtures.session.map { exchange in
                exchange.withBody { body in
                    let text = String(decoding: body, as: UTF8.self)
                    return Data(text.replacing(#""requestId":"1""#, with: request).utf8)
                }
            }
            return try await Self.withConnector(script) { connector in
                var hashes: [ContentHash] = []
                try await connector.fetch(Fixtures.property) { hashes.append($0.hash) }
                return hashes
            }
        }
        let first = try await hashes(#""requestId":"1""#)
        let second = try await hashes(#""requestId":"8812","time":"12:00:01""#)
        #expect(first.count == 4)
        #expect(first == second)
    }

    @Test("What receiving a page throws ends the fetch")
    func receiverThrows() async throws {
        struct Full: Error {}
        let transport = ScriptedTransport([Fixtures.allUnits])
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        await #expect(throws: Full.self) {
            try await connector.fetch(Fixtures.property) { _ in throw Full() }
        }
        await transport.expectFinished()
    }
}
