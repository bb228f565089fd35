import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel

/// A synthetic Buildium property: three units, and everybody who can stand on a lease.
enum BuildiumFixtures {
    static let secret = "s-8130-hush"
    static let property = PMSPropertyID("12")

    static let settings = ConnectionSettings(
        vendor: "buildium",
        values: ["client-id": "c-1"],
        secrets: ["client-secret": Secret(secret)]
    )

    @Sendable static func connector(
        _ environment: ConnectorEnvironment
    ) throws(ConnectorError) -> any Connector {
        try BuildiumConnector.vendor.makeConnector(settings, environment)
    }

    // MARK: Records

    static let unitOne = """
        {"Id":44,"PropertyId":12,"BuildingName":"North","UnitNumber":"2B","MarketRent":987654.5,
         "Address":{"AddressLine1":"1 Elm Street"},"UnitBedrooms":"OneBed","IsUnitOccupied":true}
        """
    static let unitTwo = #"{"Id":45,"PropertyId":12,"BuildingName":null,"UnitNumber":"2C"}"#
    static let unitThree = #"{"Id":46,"PropertyId":12,"BuildingName":"","UnitNumber":""}"#

    static let ada = """
        {"Id":77,"FirstName":"Ada","LastName":"Quill","Email":" ada.quill@example.org ",
         "DateOfBirth":"1961-02-03","TaxId":"900-55-1234","EmergencyContact":{"Name":"Zed Harbour"},
         "PhoneNumbers":[{"Number":"617-555-0101","Type":"Home"},
          {"Number":"617-555-0102","Type":"Cell"}],
         "Leases":[{"Id":901,"AccountDetails":{"Rent":987654}}]}
        """
    static let bo = #"{"Id":70,"FirstName":"Bo","LastName":"Stone","Email":"","PhoneNumbers":[]}"#
    static let cy = #"{"Id":78,"FirstName":"Cy","LastName":"Marsh","PhoneNumbers":null}"#

    /// A tenant who gave notice, one who has moved out, and a cosigner.
    static let household = """
        {"Id":901,"PropertyId":12,"UnitId":44,"UnitNumber":"2B","LeaseFromDate":"2026-01-01",
         "LeaseToDate":"2026-12-31","LeaseType":"Fixed","LeaseStatus":"Active",
         "IsEvictionPending":false,"AccountDetails":{"Rent":987654},
         "Cosigners":[{"Id":5,"FirstName":"Payer"}],"CurrentTenants":[{"Id":77,"TaxId":"900-55-1234"}],
         "Tenants":[{"Id":77,"Status":"Current","MoveInDate":"2026-01-02"},
          {"Id":70,"Status":"MovedOut","MoveInDate":"2025-01-01"}],
         "MoveOutData":[{"TenantId":70,"MoveOutDate":"2026-02-28","NoticeGivenDate":"2026-01-28"},
          {"TenantId":77,"MoveOutDate":"2026-12-31","NoticeGivenDate":"2026-11-01"}]}
        """
    static let future = """
        {"Id":902,"PropertyId":12,"UnitId":45,"LeaseFromDate":"2027-01-01","LeaseToDate":null,
         "LeaseStatus":"Future","Tenants":[{"Id":78,"Status":"Future","MoveInDate":null}],
         "MoveOutData":null}
        """

    /// The same lease where its tenants are `null`, or left out.
    static let withoutTenants = [
        future.replacing(
            #""Tenants":[{"Id":78,"Status":"Future","MoveInDate":null}]"#,
            with: #""Tenants":null"#
        ),
        future.replacing(#""Tenants":"#, with: #""Hidden":"#),
    ]

    static let units = [
        PMSUnit(id: PMSUnitID("44"), building: "North", name: "2B"),
        PMSUnit(id: PMSUnitID("45"), name: "2C"),
        PMSUnit(id: PMSUnitID("46"), name: "46"),
    ]

    static let residencies: [PMSResidency] = [
        PMSResidency(
            key: key("70", "901", "44"),
            firstName: "Bo",
            lastName: "Stone",
            role: .coResident,
            statusWord: "MovedOut",
            status: .past,
            leaseStart: CivilDate(iso: "2026-01-01"),
            leaseEnd: CivilDate(iso: "2026-12-31"),
            moveIn: CivilDate(iso: "2025-01-01"),
            moveOut: CivilDate(iso: "2026-02-28")
        ),
        PMSResidency(
            key: key("77", "901", "44"),
            firstName: "Ada",
            lastName: "Quill",
            email: "ada.quill@example.org",
            phone: "617-555-0102",
            statusWord: "Current, moving out",
            status: .notice,
            leaseStart: CivilDate(iso: "2026-01-01"),
            leaseEnd: CivilDate(iso: "2026-12-31"),
            moveIn: CivilDate(iso: "2026-01-02"),
            moveOut: CivilDate(iso: "2026-12-31")
        ),
        PMSResidency(
            key: key("78", "902", "45"),
            firstName: "Cy",
            lastName: "Marsh",
            statusWord: "Future",
            status: .future,
            leaseStart: CivilDate(iso: "2027-01-01")
        ),
    ]

    private static func key(_ resident: String, _ lease: String, _ unit: String) -> ResidencyKey {
        ResidencyKey(resident: PMSResidentID(resident), lease: lease, unit: PMSUnitID(unit))
    }

    // MARK: Exchanges

    /// A page of a list, which begins at that record; of what was updated at that time or later.
    static func page(
        _ path: String,
        _ records: [String],
        offset: Int = 0,
        total: Int? = nil,
        from time: String? = nil
    ) -> ScriptedExchange {
        let filter = time.map { "&lastupdatedfrom=\($0.replacing(":", with: "%3A"))" } ?? ""
        return ScriptedExchange(
            "api.buildium.com/v1/\(path)?propertyids=12\(filter)&orderby=Id&offset=\(offset)&limit=1000",
            json: "[\(records.joined(separator: ","))]",
            headers: total.map { [(name: "x-total-count", value: "\($0)")] } ?? []
        )
    }

    static let allUnits = page("rentals/units", [unitOne, unitTwo, unitThree], total: 3)
    static let allTenants = page("leases/tenants", [ada, bo, cy], total: 3)

    /// A whole fetch over two pages of each list.
    static let session = [
        page("rentals/units", [unitOne, unitTwo], total: 3),
        page("rentals/units", [unitThree], offset: 2, total: 3),
        page("leases/tenants", [ada], total: 3),
        page("leases/tenants", [bo, cy], offset: 1, total: 3),
        page("leases", [household], total: 2),
        page("leases", [future], offset: 1, total: 2),
    ]

    /// The answer about a tenant whom Buildium does not know.
    static let unknownTenant = ScriptedExchange.Answer.json(
        #"{"UserMessage":"The tenant does not exist.","ErrorCode":"","Errors":[]}"#,
        status: 404
    )

    // MARK: Changes

    static let since = Timestamp(milliseconds: 1_781_524_800_000)

    /// A page of a list of what changed.
    static func changed(
        _ path: String,
        _ records: [String],
        offset: Int = 0,
        total: Int? = nil
    ) -> ScriptedExchange {
        page(
            path,
            records,
            offset: offset,
            total: total ?? records.count,
            from: "2026-06-15T12:00:00Z"
        )
    }

    /// The same tenants as they come with their leases.
    static let adaWhole = ada.replacing(
        #"[{"Id":901,"AccountDetails":{"Rent":987654}}]"#,
        with: "[\(household)]"
    )
    static let boWhole = String(bo.dropLast()) + ",\"Leases\":[\(household)]}"
    static let cyWhole = String(cy.dropLast()) + ",\"Leases\":[\(future)]}"

    /// A unit, a tenant and two leases changed, of each list over as many pages.
    static let changes = [
        changed("rentals/units", [unitOne]),
        page("rentals/units", [unitOne, unitTwo], total: 3),
        page("rentals/units", [unitThree], offset: 2, total: 3),
        changed("leases/tenants", [adaWhole]),
        changed("leases", [household], total: 2),
        changed("leases", [future], offset: 1, total: 2),
        ScriptedExchange("/v1/leases/tenants/70", json: boWhole),
        ScriptedExchange("/v1/leases/tenants/78", json: cyWhole),
    ]
}
