import ConnectorKit
import DelimitedText
import LintelModel

/// Where the columns of `units.csv` stand.
struct CSVUnitColumns {
    let unitID: Int
    let building: Int?
    let unit: Int?
    let floor: Int?

    static let known =
        CSVPropertyColumns.known + [
            DelimitedColumn(
                "unit_id",
                aliases: ["Unit Code", "Unit Key", "PMS Unit ID"],
                isRequired: true
            ),
            DelimitedColumn(
                "building",
                aliases: ["Bldg", "Building Name", "Building Number", "Building No", "Bldg No"]
            ),
            DelimitedColumn(
                "unit",
                aliases: [
                    "Unit Number", "Unit No", "Unit Name", "Apt", "Apartment", "Apt No",
                    "Apt Number",
                    "Apartment Number",
                ]
            ),
            DelimitedColumn("floor", aliases: ["Level", "Floor Number", "Floor No"]),
        ]

    /// Nil where the header lacks a column that ``known`` requires.
    init?(_ header: DelimitedHeader) {
        guard let unitID = header.position(of: "unit_id") else { return nil }
        self.unitID = unitID
        building = header.position(of: "building")
        unit = header.position(of: "unit")
        floor = header.position(of: "floor")
    }
}

/// The columns both files have.
enum CSVPropertyColumns {
    static let known = [
        DelimitedColumn(
            "property_id",
            aliases: [
                "Property", "Property Code", "Prop ID", "Prop", "Prop Code", "Property Number",
                "Community ID", "Community Code", "Site ID", "Site Code",
            ],
            isRequired: true
        ),
        DelimitedColumn(
            "property_name",
            aliases: ["Prop Name", "Community Name", "Community", "Site Name"]
        ),
    ]
}

/// Where the columns of `residents.csv` stand.
struct CSVResidentColumns {
    let residentID: Int
    let leaseID: Int?
    let unitID: Int
    let firstName: Int
    let lastName: Int
    let email: Int?
    let phone: Int?
    let status: Int
    let role: Int?
    let leaseStart: Int?
    let leaseEnd: Int?
    let moveIn: Int?
    let moveOut: Int?

    /// The columns that hold dates.
    var dates: [Int] { [leaseStart, leaseEnd, moveIn, moveOut].compactMap(\.self) }

    static let known =
        CSVPropertyColumns.known + [
            DelimitedColumn(
                "resident_id",
                aliases: [
                    "Resident Code", "Tenant ID", "T-Code", "Tenant Code", "Resident Number",
                    "Person ID",
                ],
                isRequired: true
            ),
            DelimitedColumn(
                "lease_id",
                aliases: ["Lease", "Lease Number", "Lease No", "Lease Code"]
            ),
            DelimitedColumn(
                "unit_id",
                aliases: ["Unit Code", "Unit Key", "PMS Unit ID"],
                isRequired: true
            ),
            DelimitedColumn(
                "first_name",
                aliases: ["First", "Given Name", "Resident First Name", "Tenant First Name"],
                isRequired: true
            ),
            DelimitedColumn(
                "last_name",
                aliases: [
                    "Last", "Surname", "Family Name", "Resident Last Name", "Tenant Last Name",
                ],
                isRequired: true
            ),
            DelimitedColumn(
                "email",
                aliases: ["E-mail", "Email Address", "E-mail Address", "Resident Email"]
            ),
            DelimitedColumn(
                "phone",
                aliases: [
                    "Phone Number", "Mobile", "Mobile Phone", "Mobile Number", "Cell", "Cell Phone",
                    "Telephone",
                ]
            ),
            DelimitedColumn(
                "status",
                aliases: ["Resident Status", "Tenant Status", "Lease Status", "Occupancy Status"],
                isRequired: true
            ),
            DelimitedColumn(
                "lease_start",
                aliases: [
                    "Lease From", "Lease Start Date", "Lease From Date", "Lease Begin",
                    "Lease Begin Date",
                ]
            ),
            DelimitedColumn(
                "lease_end",
                aliases: [
                    "Lease To", "Lease End Date", "Lease To Date", "Lease Expiration",
                    "Lease Expiration Date",
                ]
            ),
            DelimitedColumn("move_in", aliases: ["Move In Date", "Moved In", "Moved In Date"]),
            DelimitedColumn("move_out", aliases: ["Move Out Date", "Moved Out", "Moved Out Date"]),
            DelimitedColumn(
                "role",
                aliases: [
                    "Relationship", "Type", "Resident Type", "Resident Role", "Occupant Type",
                ]
            ),
        ]

    /// Nil where the header lacks a column that ``known`` requires.
    init?(_ header: DelimitedHeader) {
        guard let residentID = header.position(of: "resident_id"),
            let unitID = header.position(of: "unit_id"),
            let firstName = header.position(of: "first_name"),
            let lastName = header.position(of: "last_name"),
            let status = header.position(of: "status")
        else { return nil }
        self.residentID = residentID
        self.unitID = unitID
        self.firstName = firstName
        self.lastName = lastName
        self.status = status
        leaseID = header.position(of: "lease_id")
        email = header.position(of: "email")
        phone = header.position(of: "phone")
        role = header.position(of: "role")
        leaseStart = header.position(of: "lease_start")
        leaseEnd = header.position(of: "lease_end")
        moveIn = header.position(of: "move_in")
        moveOut = header.position(of: "move_out")
    }
}
