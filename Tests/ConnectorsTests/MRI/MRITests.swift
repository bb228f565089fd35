import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct MRITests {
    private static let vendor = VendorContract(
        id: "mri",
        values: [
            "url": "https://mri.example.com", "client-id": "C1", "database-name": "DB",
            "user": "ws",
        ],
        secrets: ["partner-key": "pk-3317", "password": "p:ss-9902"]
    )
    private static let property = PMSPropertyID("GC01")
    private static let units = "MRI_S-PMRM_UnitVacancyInformation"
    private static let rentRoll = "MRI_S-PMRM_ResidentialRentRoll"
    private static let leases = "MRI_S-PMRM_ResidentLeaseDetailsByPropertyID"

    private static func address(_ api: String) -> String {
        let parameter = api == leases ? "RMPROPID" : "PROPERTYID"
        return "mri.example.com/mriapiservices/api.asp?$api=\(api)&$format=json&\(parameter)=GC01"
    }

    private static func page(
        _ address: String,
        _ rows: [String],
        next: String? = nil
    )
        -> ScriptedExchange
    {
        let link = next.map { #""nextLink":"\#($0)","# } ?? ""
        return ScriptedExchange(
            address,
            json: #"{"odata.metadata":"x",\#(link)"value":[\#(rows.joined(separator: ","))]}"#
        )
    }

    private static func link(_ api: String, skip: Int) -> String {
        "https://other-host.example.com/mriapiservices/api.asp?%24api=\(api)&RMPROPID=GC01"
            + "&%24format=json&%24top=300&%24skip=\(skip)"
    }

    private static func followed(_ api: String, skip: Int) -> String {
        "mri.example.com/mriapiservices/api.asp?$api=\(api)&RMPROPID=GC01&$format=json&$top=300"
            + "&$skip=\(skip)"
    }

    private static let unit =
        #"{"PropertyID":"GC01","BuildingID":"01","UnitID":"101","MarketRent":"987654.00"}"#
    private static let sameNumber = #"{"RMPROPID":"GC01","RMBLDGID":"02","UNITID":"101"}"#
    private static let allUnits = page(address(units), [unit, sameNumber])

    private static func row(
        _ id: String,
        _ first: String,
        _ changes: [String: String?] = [:]
    ) -> String {
        var members: [String: String?] = [
            "ResidentNameID": id, "PropertyID": "GC01", "BuildingID": "01", "UnitID": "101",
            "LeaseID": "1", "FirstName": first, "LastName": "Quill", "ResidentStatus": "Current",
            "Email": "\(first.lowercased())@example.org", "PhoneNumber": "617-555-0101",
            "CellPhoneNumber": "617-555-0102", "LeaseStart": "2026-01-01T00:00:00",
            "OccupyDate": "2026-01-02T00:00:00.0000000", "LeaseEnd": "2026-12-31T00:00:00",
            "LeaseMonthlyRentAmount": "987654.00", "LeaseMoveOut": nil as String?,
            "IsCurrent": "Y", "Guarantor": "N", "DateNotified": nil as String?,
            "ResidentVacateDate": nil as String?, "Minor": "False", "BirthDate": "1961-02-03",
            "SSN": "900-55-1234",
        ]
        for (name, value) in changes { members[name] = value }
        let written = members.sorted { $0.key < $1.key }.map { name, value in
            "\"\(name)\":\(value.map { "\"\($0)\"" } ?? "null")"
        }
        return "{\(written.joined(separator: ","))}"
    }

    private static func person(
        _ id: String,
        _ first: String,
        role: ResidentRole = .primary,
        word: String = "Current",
        status: LeaseStatus = .current,
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(id, "01/101/1", "01/101"),
            firstName: first,
            lastName: "Quill",
            email: role == .guarantor ? nil : "\(first.lowercased())@example.org",
            phone: role == .guarantor ? nil : "617-555-0102",
            role: role,
            statusWord: word,
            status: status,
            leaseStart: day("2026-01-01"),
            leaseEnd: day("2026-12-31"),
            moveIn: day("2026-01-02"),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    private static let ada = row("0000000001", "Ada")
    private static let leaving = row(
        "WF00000002",
        "Bo",
        [
            "ResidentStatus": "Co-Resident", "DateNotified": "2026-06-01T00:00:00",
            "LeaseMoveOut": "2026-09-30T00:00:00",
        ]
    )
    private static let old = row(
        "0000000003",
        "Cy",
        ["ResidentStatus": "Old", "IsCurrent": "N", "ResidentVacateDate": "2026-03-31T00:00:00"]
    )
    private static let payer = row("0000000004", "Dee", ["Guarantor": "Y"])

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: vendor.connector,
            property: property,
            session: [
                allUnits, page(address(leases), [ada, leaving], next: link(leases, skip: 301)),
                page(followed(leases, skip: 301), [old, payer]),
            ],
            units: [
                PMSUnit(id: PMSUnitID("01/101"), building: "01", name: "101"),
                PMSUnit(id: PMSUnitID("02/101"), building: "02", name: "101"),
            ],
            residencies: [
                person("0000000001", "Ada"),
                person(
                    "0000000003",
                    "Cy",
                    word: "Old",
                    status: .past,
                    moveOut: "2026-03-31"
                ),
                person("0000000004", "Dee", role: .guarantor),
                person(
                    "WF00000002",
                    "Bo",
                    role: .coResident,
                    word: "Co-Resident, notified",
                    status: .notice,
                    moveOut: "2026-09-30"
                ),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "8")]), 8),
            isRead: { $0.method == "GET" },
            unwanted: ["1961", "900-55-1234", "987654", "555-0101", "dee@"],
            confidential: ["Quill", "example.org", "555-010", "pk-3317", "ss-9902"]
        )
        subject.shortLists = [
            [
                allUnits, page(address(leases), [ada], next: link(leases, skip: 301)),
                page(followed(leases, skip: 301), [], next: link(leases, skip: 601)),
            ],
            [
                allUnits, page(address(leases), [ada], next: link(leases, skip: 301)),
                page(followed(leases, skip: 301), [ada], next: link(leases, skip: 601)),
            ],
        ]
        subject.duplicates = [allUnits, page(address(leases), [ada, ada, old])]
        subject.unknownStatus = (
            [allUnits, page(address(leases), [row("1", "Ada", ["ResidentStatus": "Lodger"])])],
            "Lodger"
        )
        subject.emptyList = [allUnits, page(address(leases), [])]
        subject.inBandErrors = [
            (.json(#"{"error":"No such partner pk-3317"}"#), "No such partner"),
            (.json(#"{"message":"Bad parameter"}"#, status: 400), "Bad parameter"),
        ]
        return subject
    }

    @Test("MRI's connector keeps the contract", arguments: ConnectorConformance.Rule.allCases)
    func contract(rule: ConnectorConformance.Rule) async {
        await ConnectorConformance(Self.subject).check(rule)
    }

    private func fetch(_ rows: [String]) async -> SnapshotPart {
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.allUnits, Self.page(Self.address(Self.leases), rows),
        ])
        #expect(outcome.error == nil)
        return outcome.part
    }

    @Test("The partner key is part of the user name of HTTP Basic")
    func authorization() async {
        let outcome = await ConnectorConformance(Self.subject).fetch(Self.subject.session)
        let expected = "Basic " + Data("C1/DB/ws/pk-3317:p:ss-9902".utf8).base64EncodedString()
        for request in outcome.requests {
            #expect(request.headers.contains { $0 == ("Authorization", expected) })
        }
    }

    @Test("nextLink is followed with its $ written out, and to the connection's own address alone")
    func nextLink() async {
        let outcome = await ConnectorConformance(Self.subject).fetch(Self.subject.session)
        #expect(outcome.error == nil)
        #expect(outcome.requests.last?.url.contains("$skip=301") == true)
        #expect(outcome.requests.allSatisfy { $0.url.hasPrefix("https://mri.example.com/") })
    }

    @Test(
        "A nextLink to another service is refused",
        arguments: ["https://mri.example.com/x?%24api=MRI_S-PMRM_Other&%24skip=301", "nonsense"]
    )
    func nextElsewhere(link: String) async {
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.allUnits, Self.page(Self.address(Self.leases), [Self.ada], next: link),
        ])
        #expect(outcome.error?.code == .malformed)
    }

    @Test("Unit ids repeat from building to building, and leases are numbered inside their unit")
    func compositeKeys() async {
        let part = await fetch([
            Self.ada, Self.row("0000000001", "Ada", ["BuildingID": "02"]),
        ])
        #expect(part.residencies.map(\.key.unit?.text) == ["01/101", "02/101"])
        #expect(part.residencies.map(\.key.lease) == ["01/101/1", "02/101/1"])
    }

    @Test("Both row shapes of the residents are read")
    func bothShapes() async {
        let older = """
            {"ResidentNameID":"7","RMPROPID":"GC01","RMBLDGID":"02","UNITID":"101","RMLEASEID":"3",
             "ResidentType":"R","Status":"O","FirstName":"Eli","LastName":"Quill","Cell":"617-555-0109",
             "OccupantOccupyDate":"2025-01-02T00:00:00","VacateDate":null}
            """
        let newer =
            #"{"NameId":"8","PropertyId":"GC01","BuildingId":"02","UnitId":"101","LeaseId":"4"}"#
        let part = await fetch([older, newer])
        #expect(part.residencies.map(\.key) == [residencyKey("7", "02/101/3", "02/101")])
        #expect(part.residencies.first?.moveIn == day("2025-01-02"))
        #expect(part.residencies.first?.statusWord == "O")
        #expect(part.residencies.first?.status == .unknown)
        // The newer row here has no name: it is neither changed nor absent.
        #expect(part.unreadable.map(\.text) == ["8"])
    }

    @Test(
        "IsCurrent and the dates decide how somebody stands",
        arguments: [
            (["IsCurrent": "N"], LeaseStatus.future),
            (["IsCurrent": "N", "LeaseMoveOut": "2026-01-01T00:00:00"], .past),
            (["IsCurrent": "Y", "LeaseMoveOut": "2026-01-01T00:00:00"], .current),
            (["IsCurrent": "Y", "DateNotified": "2026-01-01T00:00:00"], .notice),
            (["IsCurrent": nil], .current),
            (["IsCurrent": nil, "LeaseMoveOut": "2026-01-01T00:00:00"], .unknown),
            (["IsCurrent": "Y", "ResidentStatus": "Old"], .past),
        ] as [([String: String?], LeaseStatus)]
    )
    func standing(changes: [String: String?], status: LeaseStatus) async {
        let part = await fetch([Self.row("1", "Ada", changes)])
        #expect(part.residencies.map(\.status) == [status])
    }

    @Test(
        "A one-letter code of another row shape is kept as a word and means nothing by itself",
        arguments: [
            (["Status": "R"], "R", LeaseStatus.unknown),
            (
                ["Status": "O", "VacateDate": "2026-01-01T00:00:00"], "O, with a move-out date",
                .unknown
            ),
            (["NameStatus": "*", "ProspectApplicantResident": "R"], "*", .unknown),
            (["Status": "O", "IsCurrent": "Y"], "O", .current),
            (["ProspectApplicantResident": "A", "IsCurrent": "Y"], "A", .unknown),
            (["ResidentType": "P"], "P", .unknown),
        ] as [([String: String?], String, LeaseStatus)]
    )
    func letters(members: [String: String?], word: String, status: LeaseStatus) async {
        let older = ["ResidentStatus": nil, "IsCurrent": nil] as [String: String?]
        let part = await fetch([
            Self.row("1", "Ada", older.merging(members) { _, stated in stated })
        ])
        #expect(part.residencies.map(\.statusWord) == [word])
        #expect(part.residencies.map(\.status) == [status])
    }

    /// HTTP 403 to that service.
    private static func forbidden(
        _ api: String,
        _ words: String = "Not licensed"
    ) -> ScriptedExchange {
        ScriptedExchange(address(api), answer: .json(#"{"error":"\#(words)"}"#, status: 403))
    }

    @Test("Where the vacancy information is not licensed, the rent roll names the units, each once")
    func rentRoll() async {
        let outcome = await ConnectorConformance(Self.subject).fetch([
            Self.forbidden(Self.units),
            Self.page(Self.address(Self.rentRoll), [Self.unit, Self.sameNumber, Self.unit]),
            Self.page(Self.address(Self.leases), [Self.ada]),
        ])
        #expect(outcome.error == nil)
        #expect(outcome.part.units == Self.subject.units)
        #expect(outcome.part.problems.isEmpty)
        #expect(outcome.part.residencies == [Self.person("0000000001", "Ada")])
    }

    @Test("Where neither names the units, or the residents are refused, nothing is read")
    func nothingStandsIn() async {
        let neither = await ConnectorConformance(Self.subject).fetch([
            Self.forbidden(Self.units), Self.forbidden(Self.rentRoll, "No rent roll either"),
        ])
        #expect(neither.error?.code == .forbidden)
        #expect(neither.error?.message.contains("No rent roll either") == true)
        let residents = await ConnectorConformance(Self.subject).fetch([
            Self.allUnits, Self.forbidden(Self.leases),
        ])
        #expect(residents.error?.code == .forbidden)
    }

    @Test(
        "A check says that the rent roll is used, and why, without asking it for anybody",
        arguments: [true, false]
    )
    func rentRollChecked(isAllowed: Bool) async throws {
        let api = "mri.example.com/mriapiservices/api.asp?$api="
        let nobody = "\(api)\(Self.rentRoll)&$format=json&PROPERTYID=LINTEL-CHECK"
        let (connector, transport) = try Self.vendor.connector([
            Self.page(
                "\(api)MRI_S-PMRM_PropertyIDByNameOrAddress&$format=json",
                [#"{"PropertyID":"GC01","PropertyName":"Elm"}"#]
            ),
            Self.forbidden(Self.units),
            isAllowed
                ? Self.page(nobody, [])
                : ScriptedExchange(nobody, answer: .json(#"{"error":"No"}"#, status: 403)),
            Self.page("\(api)\(Self.leases)&$format=json&RMPROPID=LINTEL-CHECK", []),
        ])
        let units = try await connector.check().dropFirst().dropLast()
        #expect(units.map(\.operation) == (isAllowed ? [] : [Self.units]) + [Self.rentRoll])
        #expect(units.allSatisfy { $0.isAllowed == isAllowed })
        #expect(units.first?.detail.contains("HTTP 403: Not licensed") == true)
        await transport.expectFinished()
    }

    @Test("Minors and other residents are what they are")
    func roles() async {
        let part = await fetch([
            Self.row("1", "Ada", ["Minor": "True"]),
            Self.row("2", "Bo", ["ResidentStatus": "Other Resident"]),
        ])
        #expect(part.residencies.map(\.role) == [.minor, .occupant])
    }

    @Test("A check reads the lease details of a property that does not exist")
    func check() async throws {
        let api = "mri.example.com/mriapiservices/api.asp?$api="
        let (connector, transport) = try Self.vendor.connector([
            Self.page(
                "\(api)MRI_S-PMRM_PropertyIDByNameOrAddress&$format=json",
                [#"{"PropertyID":"GC01","PropertyName":"Elm"}"#]
            ),
            Self.allUnits,
            ScriptedExchange(
                "\(api)\(Self.leases)&$format=json&RMPROPID=LINTEL-CHECK",
                answer: .json(#"{"error":"Not licensed"}"#, status: 403)
            ),
        ])
        let checks = try await connector.check()
        #expect(checks.map(\.isAllowed) == [true, true, false])
        #expect(checks.last?.detail.contains("Not licensed") == true)
        await transport.expectFinished()
    }

    @Test("Settings that cannot work are refused by name")
    func settings() {
        for key in ["url", "client-id", "database-name", "user"] {
            #expect(Self.vendor.refusal { $0.values[key] = nil }.contains(key))
        }
        for key in ["partner-key", "password"] {
            #expect(Self.vendor.refusal { $0.secrets[key] = nil }.contains(key))
        }
        #expect(Self.vendor.refusal { $0.values["user"] = "a/b" }.contains("user"))
    }

    @Test(
        "A day that stands for none is neither notice nor move-out",
        arguments: ["1900-01-01T00:00:00", "9999-12-31T00:00:00", "0000-00-00T00:00:00"]
    )
    func placeholderDays(day: String) async {
        let part = await fetch([
            Self.row(
                "0000000001",
                "Ada",
                ["DateNotified": day, "LeaseMoveOut": day, "ResidentVacateDate": day]
            )
        ])
        #expect(part.residencies == [Self.person("0000000001", "Ada")])
    }
}
