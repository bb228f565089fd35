import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel
import Testing

@Suite struct EntrataMappingTests {
    private typealias Fixtures = EntrataFixtures

    /// What a fetch of those leases states, beside the units of the fixtures.
    private static func read(
        _ leases: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> SnapshotPart {
        let transport = ScriptedTransport(
            [Fixtures.allUnits, Fixtures.leasePage(1, leases)],
            sourceLocation: sourceLocation
        )
        let connector = try Fixtures.connector(
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        var pages: [SnapshotPage] = []
        try await connector.fetch(Fixtures.property) { pages.append($0) }
        var decoder = connector.decoder(for: Fixtures.property)
        var last = SnapshotPart()
        for page in pages { last = try decoder.decode(page) }
        _ = try decoder.finish()
        return last
    }

    private static func lease(_ members: String, customer: String) -> String {
        let comma = members.isEmpty ? "" : ","
        return #"{"id":"1","propertyId":"700"\#(comma)\#(members),"customers":{"customer":["#
            + #"{"id":7,"customerType":"Primary","firstName":"A","lastName":"B"\#(customer)}]}}"#
    }

    @Test(
        "A lease is joined to its unit or its spaces",
        arguments: [
            (#""unitId":"11""#, ["11"]),
            (#""unitId":11,"unitSpaces":{"unitSpace":{"unitSpaceId":9001}}"#, ["11"]),
            // Of a unit let by the bed.
            (#""unitId":"13","unitSpaces":{"unitSpace":[{"unitSpaceId":"9032"}]}"#, ["13/9032"]),
            (#""unitId":"13""#, ["13"]),
            (#""unitId":"13","unitSpaceId":"9031""#, ["13/9031"]),
            // Without the unit, by the space.
            (#""unitSpaces":{"unitSpace":[{"unitSpaceId":9031}]}"#, ["13/9031"]),
            (#""unitId":"","unitSpaces":{"unitSpace":[{"unitSpaceId":9001}]}"#, ["11"]),
            // Two spaces in two units.
            (
                #""unitId":"11","unitSpaces":{"unitSpace":[{"unitSpaceId":9001},{"unitSpaceId":9031}]}"#,
                ["11", "13/9031"]
            ),
            // A space that no unit lists stands for the unit, once.
            (
                #""unitId":"13","unitSpaces":{"unitSpace":[{"unitSpaceId":1},{"unitSpaceId":2}]}"#,
                ["13"]
            ),
            // A unit that is not listed keeps its id: nobody is unplaced by an incomplete list of units.
            (#""unitId":"99""#, ["99"]),
            (#""unitId":"","unitSpaces":[]"#, [nil]),
            (#""unitId":null"#, [nil]),
            (#""unitId":0"#, [nil]),
            (#""unitSpaces":{"unitSpace":[{"unitSpaceId":1}]}"#, [nil]),
        ] as [(String, [String?])]
    )
    func joins(members: String, units: [String?]) async throws {
        let part = try await Self.read([Self.lease(members, customer: "")])
        #expect(part.residencies.map { $0.key.unit?.text } == units)
        #expect(part.problems.isEmpty)
    }

    @Test(
        "The person's own status comes before the lease's",
        arguments: [
            (
                #""leaseIntervalStatus":"Current""#, #""leaseCustomerStatus":"Past""#,
                LeaseStatus.past
            ),
            (#""leaseIntervalStatus":"Notice""#, #""leaseCustomerStatus":"Current""#, .current),
            (#""leaseIntervalStatus":"Notice""#, #""leaseCustomerStatus":"""#, .notice),
            (#""leaseIntervalStatus":"FUTURE""#, #""x":1"#, .future),
            (#""leaseStatusTypeId":"1""#, #""x":1"#, .applicant),
            (#""leaseStatusTypeId":2"#, #""x":1"#, .cancelled),
            (#""leaseStatusTypeId":"3""#, #""x":1"#, .future),
            (#""leaseStatusTypeId":"4""#, #""x":1"#, .current),
            (#""leaseStatusTypeId":"5""#, #""x":1"#, .notice),
            (#""leaseStatusTypeId":"6""#, #""x":1"#, .past),
            (#""leaseStatusTypeId":"7""#, #""x":1"#, .unknown),
            (#""leaseStatusTypeId":"4""#, #""leaseCustomerStatus":"Cancelled""#, .cancelled),
            (#""leaseStatusTypeId":"4""#, #""leaseCustomerStatus":"canceled""#, .cancelled),
            (#""leaseStatusTypeId":"4""#, #""leaseCustomerStatus":"Held""#, .unknown),
        ] as [(String, String, LeaseStatus)]
    )
    func statuses(lease: String, customer: String, status: LeaseStatus) async throws {
        let part = try await Self.read([Self.lease(lease, customer: "," + customer)])
        #expect(part.residencies.map(\.status) == [status])
    }

    @Test(
        "Who somebody is on a lease follows Entrata's words",
        arguments: [
            ("Primary", "", ResidentRole.primary),
            ("primary", "Spouse", .primary),
            ("Co-Applicant", "", .coResident),
            ("Occupant", "", .occupant),
            ("Occupant", "Roommate", .occupant),
            ("Occupant", "Child", .minor),
            ("Non-leasing Occupant", "", .occupant),
            ("Guarantor", "", .guarantor),
            ("Co-Signer", "", .guarantor),
            ("", "Primary", .primary),
        ] as [(String, String, ResidentRole)]
    )
    func roles(type: String, relationship: String, role: ResidentRole) async throws {
        let customer =
            #"{"id":7,"customerType":"\#(type)","relationshipName":"\#(relationship)","#
            + #""firstName":"A","lastName":"B","emailAddress":"a@b.example"}"#
        let lease = #"{"id":"1","propertyId":"700","customers":{"customer":\#(customer)}}"#
        let part = try await Self.read([lease])
        #expect(part.residencies.map(\.role) == [role])
        // Somebody who only pays may have the tenant's address; it is not taken.
        #expect((part.residencies.first?.email == nil) == (role == .guarantor))
    }

    @Test(
        "Names are read however they are given",
        arguments: [
            (#""firstName":" Ada ","lastName":"Quill","nameFull":"X, Y""#, "Ada", "Quill"),
            (#""nameFull":"Quill, Ada Mae""#, "Ada Mae", "Quill"),
            (#""firstName":"","lastName":"Quill","nameFull":"Quill, Ada""#, "Ada", "Quill"),
            (#""firstName":"Ada","lastName":null,"nameFull":"Quill, Ada""#, "Ada", "Quill"),
            (#""firstName":"Ada","nameFull":"Ada""#, "Ada", ""),
            (#""nameFull":"Harbour Freight""#, "", "Harbour Freight"),
            (#""companyName":"Harbour, Inc","nameFull":"Harbour, Inc""#, "", "Harbour, Inc"),
            (#""firstName":12,"lastName":"Dec""#, "12", "Dec"),
        ]
    )
    func names(members: String, first: String, last: String) async throws {
        let customer = #"{"id":7,"customerType":"Primary",\#(members)}"#
        let lease = #"{"id":"1","propertyId":"700","customers":{"customer":\#(customer)}}"#
        let part = try await Self.read([lease])
        #expect(part.residencies.map(\.firstName) == [first])
        #expect(part.residencies.map(\.lastName) == [last])
    }

    @Test(
        "The lease's dates are those of the interval that applies",
        arguments: [
            // The one the lease names.
            (#""leaseIntervalId":"2""#, "2025-01-01"),
            // Else the latest of the lease's status.
            (#""leaseIntervalStatus":"Current""#, "2024-01-01"),
            (#""leaseStatusTypeId":"4""#, "2024-01-01"),
            // Else the latest.
            (#""leaseIntervalStatus":"Past""#, "2026-01-01"),
        ]
    )
    func intervals(members: String, start: String) async throws {
        let intervals = """
            "leaseIntervals":{"leaseInterval":[
            {"id":1,"startDate":"01/01/2023","leaseIntervalStatusTypeId":4,"leaseIntervalStatusTypeName":"\(
                members.contains("TypeId") ? "" : "Current")"},
            {"id":4,"startDate":"01/01/2024","leaseIntervalStatusTypeId":4,"leaseIntervalStatusTypeName":"\(
                members.contains("TypeId") ? "" : "Current")"},
            {"id":2,"startDate":"1/1/2025","leaseIntervalStatusTypeId":3},
            {"id":3,"startDate":"01/01/2026","leaseIntervalStatusTypeId":3}]}
            """
        let part = try await Self.read([Self.lease("\(members),\(intervals)", customer: "")])
        #expect(part.residencies.map { $0.leaseStart?.description } == [start])
    }

    @Test(
        "A record that cannot be read is listed without its values, and the rest is read",
        arguments: [
            (#""customerType":"Primary","firstName":"A","moveInDate":"31/12/2024""#, "moveInDate"),
            (#""customerType":"Primary","firstName":"A","moveOutDate":"soon-31""#, "moveOutDate"),
            (#""customerType":"Primary","firstName":"","lastName":" ""#, "name"),
            (#""customerType":"Landlord","firstName":"A""#, "Landlord"),
            (#""firstName":"A""#, "customerType"),
            (#""customerType":"Primary","firstName":"A\u0000B""#, "U+0000"),
            (#""customerType":"Primary","firstName":{"x":1}"#, "malformed"),
            (#""customerType":"Primary","firstName":"A","phones":"12-31""#, "malformed"),
        ]
    )
    func unreadable(members: String, named: String) async throws {
        let lease = """
            {"id":"1","propertyId":"700","customers":{"customer":[{"id":8,\(members)},
            {"id":9,"customerType":"Primary","firstName":"C","lastName":"D"}]}}
            """
        let part = try await Self.read([lease])
        #expect(part.unreadable == [PMSResidentID("8")])
        #expect(part.residencies.map(\.key.resident.text) == ["9"])
        let problem = try #require(part.problems.first)
        #expect(part.problems.count == 1)
        #expect(problem.effect == .recordSkipped)
        #expect(problem.message.contains(named))
        #expect(!problem.message.contains("31"))
    }

    @Test(
        "A record without so much as an id makes the snapshot incomplete",
        arguments: [
            #"{"propertyId":"700","customers":{"customer":{"id":7}}}"#,
            #"{"id":"1","propertyId":"700","customers":{"customer":["x"]}}"#,
            #"{"id":"1","propertyId":"700","customers":"x"}"#,
            #"{"id":"1","propertyId":"701","customers":{"customer":{"id":7}}}"#,
            #"17"#,
        ]
    )
    func incomplete(lease: String) async throws {
        let part = try await Self.read([lease, Fixtures.company])
        #expect(part.problems.map(\.effect) == [.incomplete])
        #expect(part.residencies.map(\.key.resident.text) == ["306"])
    }

    @Test("Somebody listed as tenant and as guarantor of one lease lives there")
    func twice() async throws {
        let lease = """
            {"id":"1","propertyId":"700","unitId":"13","unitSpaces":{"unitSpace":[
            {"unitSpaceId":9031},{"unitSpaceId":9032}]},"customers":{"customer":[
            {"id":7,"customerType":"Guarantor","firstName":"A","lastName":"B"},
            {"id":7,"customerType":"Primary","firstName":"A","lastName":"B"},
            {"id":7,"customerType":"Guarantor","firstName":"A","lastName":"B"}]}}
            """
        let part = try await Self.read([lease])
        #expect(part.residencies.map(\.role) == [.primary, .primary])
        #expect(part.residencies.map { $0.key.unit?.text } == ["13/9031", "13/9032"])
    }
}
