import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

/// Yardi's connector against the vendor's own documents, and against the other of the two interfaces.
@Suite struct YardiDocumentTests {
    private typealias Given = YardiFixtures

    private static let transactions = "ItfResidentTransactions20"

    /// A call of ItfResidentTransactions20 and its answer.
    private static func exchange(_ operation: String, _ result: String) -> ScriptedExchange {
        ScriptedExchange(
            "/voyager/webservices/ItfResidentTransactions20.asmx",
            contains: ["<\(operation) xmlns="],
            answer: Given.answer(operation, result)
        )
    }

    private static let unit = """
        <RT_Unit><UnitID>506</UnitID><Unit><Information><UnitID>506</UnitID>\
        <UnitEconomicStatusDescription>Notice Unrented</UnitEconomicStatusDescription>\
        <BuildingID>North</BuildingID><MarketRent>987654.00</MarketRent></Information></Unit></RT_Unit>
        """

    private static let session = [
        exchange(
            "GetUnitInformation_Login",
            "<PhysicalProperty xmlns=\"\"><Property><RT_Customer>\(unit)</RT_Customer></Property>"
                + "</PhysicalProperty>"
        ),
        exchange(
            "GetResidentTransactions_Login",
            """
            <ResidentTransactions xmlns=""><Property><RT_Customer><CustomerID>t1</CustomerID>
            <Customers><Customer Type="current resident"><CustomerID>t1</CustomerID><Name>
            <FirstName>Ada</FirstName><LastName>Quill</LastName></Name><Lease>
            <CurrentRent>987654.00</CurrentRent><LeaseFromDate>2026-01-01</LeaseFromDate>
            <ActualMoveIn>2026-01-02</ActualMoveIn>
            <ExpectedMoveOutDate>2026-09-30</ExpectedMoveOutDate></Lease></Customer>
            <Customer Type="former_resident"><CustomerID>r2</CustomerID><Name>
            <FirstName>Bo</FirstName><LastName>Stone</LastName></Name></Customer></Customers>
            \(unit)<PaymentAccepted>Yes</PaymentAccepted></RT_Customer></Property>
            </ResidentTransactions>
            """
        ),
    ]

    private func part(
        _ vendor: VendorContract,
        _ script: [ScriptedExchange]
    ) async throws -> (part: SnapshotPart, requests: [HTTPExchangeRequest]) {
        let (connector, transport) = try vendor.connector(script)
        var decoder = connector.decoder(for: Given.property)
        var whole = SnapshotPart()
        try await connector.fetch(Given.property) { page in
            let part = try decoder.decode(page)
            whole.units += part.units
            whole.residencies += part.residencies
            whole.unreadable += part.unreadable
            whole.problems += part.problems
        }
        _ = try decoder.finish()
        return (whole, await transport.requests)
    }

    @Test("The older interface says the same of people, each with a status of their own")
    func olderInterface() async throws {
        let (part, _) = try await part(Given.vendor(Self.transactions), Self.session)
        #expect(part.units == [PMSUnit(id: PMSUnitID("506"), building: "North", name: "506")])
        #expect(part.residencies.map(\.status) == [.notice, .past])
        #expect(part.residencies.map(\.key.unit?.text) == ["506", "506"])
        #expect(part.residencies.first?.moveOut == day("2026-09-30"))
        #expect(!String(reflecting: part).contains("987654"))
        #expect(part.problems.isEmpty)
    }

    private static func unit(_ code: String, in building: String) -> String {
        """
        <RT_Unit><UnitID>\(code)</UnitID><Unit><Information><UnitID>\(code)</UnitID>\
        <BuildingID>\(building)</BuildingID></Information></Unit></RT_Unit>
        """
    }

    private static func household(_ id: String, in unit: String) -> String {
        """
        <RT_Customer><CustomerID>\(id)</CustomerID><Customers><Customer Type="current resident">
        <CustomerID>\(id)</CustomerID><Name><FirstName>Ada</FirstName><LastName>Quill</LastName>
        </Name></Customer></Customers>\(unit)</RT_Customer>
        """
    }

    @Test("In the older interface, too, a code of units in two buildings puts nobody in either")
    func sharedCode() async throws {
        let north = Self.unit("101", in: "North")
        let south = Self.unit("101", in: "South")
        let alone = Self.unit("102", in: "North")
        let rows = [north, alone, alone, south].map { "<RT_Customer>\($0)</RT_Customer>" }
        let people = [
            Self.household("t1", in: north), Self.household("t2", in: south),
            Self.household("t3", in: alone),
        ]
        let (part, _) = try await part(
            Given.vendor(Self.transactions),
            [
                Self.exchange(
                    "GetUnitInformation_Login",
                    "<PhysicalProperty><Property>\(rows.joined())</Property></PhysicalProperty>"
                ),
                Self.exchange(
                    "GetResidentTransactions_Login",
                    "<ResidentTransactions><Property>\(people.joined())</Property>"
                        + "</ResidentTransactions>"
                ),
            ]
        )
        #expect(part.units.map(\.id.text) == ["101", "102"])
        #expect(part.residencies.map(\.key.resident.text) == ["t3"])
        #expect(part.unreadable.map(\.text) == ["t1", "t2"])
        #expect(part.problems.count == 3)
        #expect(part.problems.allSatisfy { $0.effect == .recordSkipped })
    }

    @Test(
        "In the older interface a property without units and people is empty",
        arguments: ["<Property/>", "<Property><PropertyID/><PropertyContacts/></Property>"]
    )
    func emptyProperty(property: String) async throws {
        let (part, _) = try await part(
            Given.vendor(Self.transactions),
            [
                Self.exchange(
                    "GetUnitInformation_Login",
                    "<PhysicalProperty>\(property)</PhysicalProperty>"
                ),
                Self.exchange(
                    "GetResidentTransactions_Login",
                    "<ResidentTransactions>\(property)</ResidentTransactions>"
                ),
            ]
        )
        #expect(part == SnapshotPart())
    }

    @Test(
        "In the older interface units or residents that are not where it has them are no empty list",
        arguments: [
            (["<PhysicalProperty/>"], "RT_Unit"),
            (["<PhysicalProperty><Property><ILS_Unit/></Property></PhysicalProperty>"], "ILS_Unit"),
            (
                ["<PhysicalProperty><Property><RT_Customer/></Property></PhysicalProperty>"],
                "RT_Unit"
            ),
            (
                ["<PhysicalProperty><Property/></PhysicalProperty>", "<ResidentTransactions/>"],
                "RT_Customer"
            ),
            (
                [
                    "<PhysicalProperty><Property/></PhysicalProperty>",
                    "<ResidentTransactions><Property><LeaseFile/></Property></ResidentTransactions>",
                ], "LeaseFile"
            ),
            (
                [
                    "<PhysicalProperty><Property/></PhysicalProperty>",
                    "<MITS-ResidentData><Residents/></MITS-ResidentData>",
                ], "ResidentTransactions"
            ),
        ]
    )
    func unfamiliarPayload(results: [String], words: String) async {
        let operations = ["GetUnitInformation_Login", "GetResidentTransactions_Login"]
        let error = await #expect(throws: ConnectorError.self) {
            try await part(
                Given.vendor(Self.transactions),
                zip(operations, results).map { Self.exchange($0, $1) }
            )
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    // MARK: The WSDL

    /// The parameters of an operation in the order of a WSDL; nil where the WSDL does not have it.
    private static func parameters(of operation: String, in wsdl: String) -> [String]? {
        guard let start = wsdl.range(of: "<s:element name=\"\(operation)\">"),
            let end = wsdl.range(of: "</s:sequence>", range: start.upperBound..<wsdl.endIndex)
        else { return nil }
        return wsdl[start.upperBound..<end.lowerBound].matches(of: /name="(\w+)"/)
            .map { String($0.1) }
    }

    private static func sent(_ request: HTTPExchangeRequest) -> (operation: String, [String])? {
        let body = String(decoding: request.body ?? Data(), as: UTF8.self)
        guard let opening = body.firstMatch(of: /<soap:Body><(\w+) xmlns="[^"]+">/) else {
            return nil
        }
        let elements = body[opening.range.upperBound...].matches(of: /<(\w+)>/)
        return (String(opening.1), elements.map { String($0.1) })
    }

    @Test(
        "Parameters are sent in the order of the vendor's WSDL",
        .enabled(
            if: Sample.file("yardi-ItfResidentData.wsdl.xml") != nil,
            "the sample is missing"
        ),
        arguments: ["ItfResidentData", Self.transactions]
    )
    func elementOrder(interface: String) async throws {
        let file = try #require(Sample.file("yardi-\(interface).wsdl.xml"))
        let wsdl = try String(contentsOf: file, encoding: .utf8)
        let vendor = Given.vendor(interface)
        let script = interface == Self.transactions ? Self.session : Given.subject.session
        let (connector, transport) = try vendor.connector([
            ScriptedExchange(
                "/\(interface).asmx",
                answer: Given.answer("GetPropertyConfigurations", "<Properties/>")
            )
        ])
        _ = try await connector.properties()
        var compared = 0
        for request in await transport.requests + (try part(vendor, script).requests) {
            let (operation, elements) = try #require(Self.sent(request))
            // The plug-in has operations that are newer than the document.
            guard let expected = Self.parameters(of: operation, in: wsdl) else { continue }
            #expect(elements == expected.filter(elements.contains), "\(operation)")
            #expect(Set(elements).isSubset(of: expected), "\(operation)")
            let action = request.headers.first { $0.name == "SOAPAction" }?.value
            #expect(wsdl.contains("soapAction=\(action ?? "?")"), "\(operation)")
            compared += 1
        }
        #expect(compared >= 2)
    }

    private static let transcribed = Sample.file(
        "yardi-GetUnitInformation-UnitInfo-transcribed.xml"
    )

    @Test("The transcribed units decode", .enabled(if: transcribed != nil, "the sample is missing"))
    func sample() async throws {
        let xml = try String(contentsOf: try #require(Self.transcribed), encoding: .utf8)
        let units = Given.unitExchange.answered(
            .xml("<s:Envelope xmlns:s=\"u\"><s:Body>\(xml)</s:Body></s:Envelope>")
        )
        let (part, _) = try await part(Given.vendor(), [units, Given.residents([])])
        let unit = try #require(part.units.first)
        let written = try #require(xml.firstMatch(of: /UniqueID="(\d+)">(\w+)</))
        #expect(unit.id.text == written.1)
        #expect(unit.name == written.2)
        // The address names the unit, and is no building.
        #expect(unit.building == "")
        #expect(part.problems.isEmpty)
    }
}
