import ConnectorKit
import ConnectorTesting
import Foundation
import LintelModel

/// What Voyager answers, made up.
enum YardiFixtures {
    static let property = PMSPropertyID("elm01")

    static func vendor(_ interface: String = "") -> VendorContract {
        VendorContract(
            id: "yardi",
            values: [
                "url": "https://www.example.com/voyager/webservices", "interface": interface,
                "username": "lintel", "server-name": "SRV7", "database-name": "elmlive",
                "interface-entity": "Lintel",
            ],
            secrets: ["password": "p&ss-7741", "interface-license": "LIC-88\n52-hush"]
        )
    }

    static func unitInfo(
        _ code: String,
        uniqueID: String? = nil,
        building: String = "",
        address: String = "12 Elm Street",
        extra: String = ""
    ) -> String {
        let id = uniqueID.map { #" UniqueID="\#($0)""# } ?? ""
        return """
            <UnitInfo><UnitID\(id)>\(code)</UnitID><PersonID Type="Current Resident">t1</PersonID>
            <Unit><Identification IDType="LeaseDesc" IDValue="Conventional"/>
            <MarketRent>987654.00</MarketRent><BuildingName>\(building)</BuildingName>\(extra)
            <Address AddressType="property"><AddressLine1>\(address)</AddressLine1></Address>
            </Unit></UnitInfo>
            """
    }

    static func units(_ rows: [String]) -> ScriptedExchange {
        exchange(
            "GetUnitInformation",
            "<UnitInformation xmlns=\"\"><Property><Units>\(rows.joined())</Units></Property>"
                + "</UnitInformation>"
        )
    }

    static func resident(
        _ code: String,
        _ first: String,
        _ last: String,
        status: String = "Current",
        unit: String = "506",
        moveOut: String = "",
        others: String = ""
    ) -> String {
        """
        <Resident tCode="\(code)"><Status>\(status)</Status><FirstName>\(first)</FirstName>
        <LastName>\(last)</LastName><Email> \(first.lowercased())@example.org </Email>
        <Phone PhoneType="cell"><PhoneNumber>617-555-0102</PhoneNumber></Phone>
        <UnitCode>\(unit)</UnitCode><Rent>987654.00</Rent><SSN>900-55-1234</SSN>
        <DateOfBirth>1961-02-03</DateOfBirth><LeaseFromDate>01/01/2026</LeaseFromDate>
        <LeaseToDate>12/31/2026</LeaseToDate><MoveInDate>01/02/2025</MoveInDate>
        <MoveOutDate>\(moveOut)</MoveOutDate><NoticeDate/>
        <OtherOccupants>\(others)</OtherOccupants></Resident>
        """
    }

    static func occupant(_ code: String, _ first: String, moveOut: String = "") -> String {
        """
        <OtherOccupant Code="\(code)"><FirstName>\(first)</FirstName><LastName>Stone</LastName>
        <Email>\(first.lowercased())@example.org</Email><MoveInDate>03/01/2026</MoveInDate>
        <MoveOutDate>\(moveOut)</MoveOutDate></OtherOccupant>
        """
    }

    static func residents(_ rows: [String]) -> ScriptedExchange {
        exchange(
            "GetResidents",
            "<MITS-ResidentData xmlns=\"\"><PropertyResidents><Residents>\(rows.joined())"
                + "</Residents></PropertyResidents></MITS-ResidentData>"
        )
    }

    /// A call of ItfResidentData and its answer.
    static func exchange(_ operation: String, _ result: String) -> ScriptedExchange {
        ScriptedExchange(
            "/voyager/webservices/ItfResidentData.asmx",
            contains: ["<\(operation) xmlns=", "<Password>p&amp;ss-7741</Password>"],
            answer: answer(operation, result)
        )
    }

    static func answer(_ operation: String, _ result: String) -> ScriptedExchange.Answer {
        .xml(SOAPFixture.answer(operation, namespace: "urn:voyager", result))
    }

    static func message(_ type: String, _ words: String) -> String {
        "<Messages><Message messageType=\"\(type)\">\(words)</Message></Messages>"
    }

    static func residency(
        _ code: String,
        _ first: String,
        _ last: String,
        lease: String? = nil,
        role: ResidentRole = .primary,
        word: String = "Current",
        status: LeaseStatus = .current,
        phone: String? = "617-555-0102",
        moveIn: String = "2025-01-02",
        moveOut: String? = nil
    ) -> PMSResidency {
        PMSResidency(
            key: residencyKey(code, lease ?? code, "85223"),
            firstName: first,
            lastName: last,
            email: "\(first.lowercased())@example.org",
            phone: phone,
            role: role,
            statusWord: word,
            status: status,
            leaseStart: day("2026-01-01"),
            leaseEnd: day("2026-12-31"),
            moveIn: day(moveIn),
            moveOut: moveOut.flatMap { day($0) }
        )
    }

    static let unitExchange = units([
        unitInfo("506", uniqueID: "85223", address: "1 Elm Ave Apt 506"),
        unitInfo("507", uniqueID: "85224", building: "North"),
    ])

    static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: vendor().connector,
            property: property,
            session: [
                unitExchange,
                residents([
                    resident(
                        "t0000001",
                        "Ada",
                        "Quill",
                        status: "Notice",
                        moveOut: "09/30/2026",
                        others: occupant("r0000002", "Bo")
                    )
                ]),
            ],
            units: [
                PMSUnit(id: PMSUnitID("85223"), name: "506"),
                PMSUnit(id: PMSUnitID("85224"), building: "North", name: "507"),
            ],
            residencies: [
                residency(
                    "r0000002",
                    "Bo",
                    "Stone",
                    lease: "t0000001",
                    role: .coResident,
                    word: "Notice",
                    status: .notice,
                    phone: nil,
                    moveIn: "2026-03-01",
                    moveOut: "2026-09-30"
                ),
                residency(
                    "t0000001",
                    "Ada",
                    "Quill",
                    word: "Notice",
                    status: .notice,
                    moveOut: "2026-09-30"
                ),
            ],
            throttled: (.json("", status: 429, headers: [(name: "retry-after", value: "9")]), 9),
            isRead: { request in
                request.headers.contains { $0.name == "SOAPAction" && $0.value.contains("/Get") }
            },
            unwanted: ["1961", "900-55-1234", "987654"],
            confidential: [
                "Quill", "Stone", "example.org", "555-010", "p&ss-7741", "LIC-88",
            ]
        )
        // Neither answer says how long it should be.
        subject.statesLength = false
        let ada = resident("t0000001", "Ada", "Quill")
        subject.duplicates = [unitExchange, residents([ada, ada])]
        subject.unknownStatus = (
            [unitExchange, residents([resident("t1", "Ada", "Quill", status: "Squatting")])],
            "Squatting"
        )
        subject.emptyList = [unitExchange, residents([])]
        subject.inBandErrors = [
            (
                answer("GetResidents", message("Error", "Database p&amp;ss-7741 is offline")),
                "is offline"
            ),
            (answer("GetResidents", message("Error", "Invalid Credentials")), "Invalid"),
            (SOAPFixture.fault("Server was unable to process request."), "unable to process"),
        ]
        return subject
    }
}
