import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel

/// A synthetic Entrata property: two units let whole, one let by the bed, and everybody who can stand on
/// a lease.
enum EntrataFixtures {
    static let apiKey = "k-4417-hush"
    static let property = PMSPropertyID("700")

    static let settings = ConnectionSettings(
        vendor: "entrata",
        values: ["organization": "acme"],
        secrets: ["api-key": Secret(apiKey)]
    )

    @Sendable static func connector(
        _ environment: ConnectorEnvironment
    ) throws(ConnectorError) -> any Connector {
        try EntrataConnector.vendor.makeConnector(settings, environment)
    }

    static func envelope(_ result: String) -> String {
        #"{"response":{"requestId":"1","code":200,"result":\#(result)}}"#
    }

    // MARK: Units

    static let unitOne = """
        {"id":11,"unitNumber":"101","buildingId":1,"buildingName":"North","squareFeet":700,
         "unitSpaces":{"unitSpace":{"unitSpaceId":9001,"unitNumber":"101"}}}
        """
    static let unitTwo = """
        {"id":"12","unitNumber":102,"buildingName":"North","unitSpaces":[]}
        """
    static let unitThree = """
        {"id":13,"unitNumber":"103","buildingName":"North","unitSpaces":{"unitSpace":[
          {"unitSpaceId":9031,"unitNumber":"103-A","rent":{"minRent":987654}},
          {"unitSpaceId":"9032","unitNumber":"103-B"}]}}
        """

    static func unitList(_ units: String) -> String {
        envelope(
            #"{"properties":{"property":{"propertyId":700,"unitCount":3,"units":{"unit":\#(units)}}}}"#
        )
    }

    static let units = [
        PMSUnit(id: PMSUnitID("11"), building: "North", name: "101"),
        PMSUnit(id: PMSUnitID("12"), building: "North", name: "102"),
        PMSUnit(id: PMSUnitID("13"), building: "North", name: "103"),
        PMSUnit(
            id: PMSUnitID("13/9031"),
            parent: PMSUnitID("13"),
            building: "North",
            name: "103-A"
        ),
        PMSUnit(
            id: PMSUnitID("13/9032"),
            parent: PMSUnitID("13"),
            building: "North",
            name: "103-B"
        ),
    ]

    // MARK: Leases

    /// A household with a child and a guarantor who has the tenant's address.
    static let household = """
        {"id":"501","leaseStatusTypeId":"4","propertyId":"700","leaseIntervalStatus":"Current",
         "leaseIntervalId":"81","moveInDate":"08/16/2024","unitId":"11",
         "unitSpaces":{"unitSpace":[{"unitSpaceId":9001,"unitSpace":"101"}]},
         "customers":{"customer":[
           {"id":301,"customerType":"Primary","firstName":"Ada","lastName":"Quill",
            "nameFull":"Quill, Ada","emailAddress":" ada.quill@example.org ",
            "birthDate":"02/03/1961","taxNumber":"900-55-1234","leaseCustomerStatus":"Current",
            "moveInDate":"08/17/2024","phones":{"phone":[
              {"phoneType":"home","phoneNumber":"+1 6175550101"},
              {"phoneType":"mobile","phoneNumber":"+1 6175550102"}]}},
           {"id":302,"customerType":"Occupant","relationshipName":"Child","firstName":"Bo",
            "lastName":"Quill","leaseCustomerStatus":"Current"},
           {"id":303,"customerType":"Guarantor","firstName":"Cy","lastName":"Payer",
            "emailAddress":"ada.quill@example.org","leaseCustomerStatus":"Current",
            "phones":{"phone":{"phoneNumber":"+1 6175550103"}}}]},
         "leaseIntervals":{"leaseInterval":[
           {"id":80,"startDate":"08/16/2023","endDate":"07/31/2024"},
           {"id":81,"startDate":"08/16/2024","endDate":"07/31/2025","rent":987654}]}}
        """

    /// Two beds on one lease, and a co-applicant who never came.
    static let twoSpaces = """
        {"id":502,"propertyId":700,"leaseIntervalStatus":"Notice","unitId":"13","moveOutDate":"",
         "unitSpaces":{"unitSpace":[{"unitSpaceId":9031},{"unitSpaceId":9032}]},
         "customers":{"customer":[
           {"id":304,"customerType":"Primary","nameFull":"Stone, Dee",
            "emailAddress":"dee.stone@example.org","phones":[]},
           {"id":305,"customerType":"Co-Applicant","firstName":"Eli","lastName":"Marsh",
            "leaseCustomerStatus":"Canceled","emailAddress":""}]},
         "leaseIntervals":{"leaseInterval":{"id":82,"startDate":"YYYY-MM-DD","endDate":""}}}
        """

    /// A company that has no unit yet.
    static let company = """
        {"id":"503","propertyId":"700","leaseStatusTypeId":3,"unitId":"",
         "unitSpaces":[],"customers":{"customer":{"id":"306","customerType":"Primary",
           "firstName":"","lastName":"","companyName":"Harbour Freight GmbH",
           "emailAddress":"office@example.org"}}}
        """

    static func leaseList(_ leases: [String], meta: String = "") -> String {
        envelope(
            #"{\#(meta)"leases":{"lease":[\#(leases.joined(separator: ","))]}}"#
        )
    }

    static let residencies: [PMSResidency] = [
        PMSResidency(
            key: key("301", "501", "11"),
            firstName: "Ada",
            lastName: "Quill",
            email: "ada.quill@example.org",
            phone: "+1 6175550102",
            statusWord: "Current",
            status: .current,
            leaseStart: CivilDate(iso: "2024-08-16"),
            leaseEnd: CivilDate(iso: "2025-07-31"),
            moveIn: CivilDate(iso: "2024-08-17")
        ),
        PMSResidency(
            key: key("302", "501", "11"),
            firstName: "Bo",
            lastName: "Quill",
            role: .minor,
            statusWord: "Current",
            status: .current,
            leaseStart: CivilDate(iso: "2024-08-16"),
            leaseEnd: CivilDate(iso: "2025-07-31"),
            moveIn: CivilDate(iso: "2024-08-16")
        ),
        PMSResidency(
            key: key("303", "501", "11"),
            firstName: "Cy",
            lastName: "Payer",
            role: .guarantor,
            statusWord: "Current",
            status: .current,
            leaseStart: CivilDate(iso: "2024-08-16"),
            leaseEnd: CivilDate(iso: "2025-07-31"),
            moveIn: CivilDate(iso: "2024-08-16")
        ),
        PMSResidency(
            key: key("304", "502", "13/9031"),
            firstName: "Dee",
            lastName: "Stone",
            email: "dee.stone@example.org",
            statusWord: "Notice",
            status: .notice
        ),
        PMSResidency(
            key: key("304", "502", "13/9032"),
            firstName: "Dee",
            lastName: "Stone",
            email: "dee.stone@example.org",
            statusWord: "Notice",
            status: .notice
        ),
        PMSResidency(
            key: key("305", "502", "13/9031"),
            firstName: "Eli",
            lastName: "Marsh",
            role: .coResident,
            statusWord: "Canceled",
            status: .cancelled
        ),
        PMSResidency(
            key: key("305", "502", "13/9032"),
            firstName: "Eli",
            lastName: "Marsh",
            role: .coResident,
            statusWord: "Canceled",
            status: .cancelled
        ),
        PMSResidency(
            key: key("306", "503", nil),
            firstName: "",
            lastName: "Harbour Freight GmbH",
            email: "office@example.org",
            statusWord: "Future",
            status: .future
        ),
    ]

    static func key(_ resident: String, _ lease: String, _ unit: String?) -> ResidencyKey {
        ResidencyKey(
            resident: PMSResidentID(resident),
            lease: lease,
            unit: unit.map { PMSUnitID($0) }
        )
    }

    // MARK: Exchanges

    static func unitPage(
        _ page: Int,
        _ units: [String],
        total: Int? = nil
    ) -> ScriptedExchange {
        ScriptedExchange(
            "/ext/orgs/acme/v1/propertyunits?page_no=\(page)&per_page=500",
            contains: [#""name":"getPropertyUnits""#, #""propertyIds":"700""#],
            json: unitList("[\(units.joined(separator: ","))]"),
            headers: total.map { [(name: "x-total-count", value: "\($0)")] } ?? []
        )
    }

    static func leasePage(
        _ page: Int,
        _ leases: [String],
        total: Int? = nil,
        link: String? = nil,
        meta: String = "",
        contains: [String] = []
    ) -> ScriptedExchange {
        var headers: [(name: String, value: String)] = []
        if let total { headers.append((name: "x-total-count", value: "\(total)")) }
        if let link { headers.append((name: "link", value: "<https://a/>; rel=\"\(link)\"")) }
        return ScriptedExchange(
            "/ext/orgs/acme/v1/leases?page_no=\(page)&per_page=500",
            contains: [
                #""name":"getLeases""#, #""version":"r2""#, #""propertyId":"700""#,
                #""leaseStatusTypeIds":"1,2,3,4,5,6""#,
            ] + contains,
            json: leaseList(leases, meta: meta),
            headers: headers
        )
    }

    /// A whole fetch over two pages of units and two of leases.
    static let session = [
        unitPage(1, [unitOne, unitTwo], total: 3),
        unitPage(2, [unitThree], total: 3),
        leasePage(1, [household, twoSpaces], total: 3, link: "next"),
        leasePage(2, [company], total: 3, link: "prev"),
    ]

    static let allUnits = unitPage(1, [unitOne, unitTwo, unitThree], total: 3)

    static func error(_ code: String, _ message: String) -> ScriptedExchange.Answer {
        .json(#"{"response":{"requestId":"1","error":{"code":\#(code),"message":"\#(message)"}}}"#)
    }
}
