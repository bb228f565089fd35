import LintelModel

/// The vendor's wire format, byte by byte.
///
/// Shapes and names follow captured answers of the gateway, mixed types included: a lease's id is text,
/// a customer's a number; a property's id is a number here and text on a lease.
enum EntrataWire {
    static func property(_ index: Int, of portfolio: SyntheticPortfolio, in json: inout WireBytes) {
        json.raw(#"{"PropertyID":"#)
        json.number(portfolio.propertyID(at: index))
        json.raw(#","MarketingName":"#)
        json.string(portfolio.propertyName(at: index))
        json.raw(#","Type":"Apartment","YearBuilt":""#)
        json.number(1950 + index % 70)
        json.raw(#"","Address":{"@attributes":{"AddressType":"property"},"Address":""#)
        json.number(100 + index)
        json.raw(#" Main Street","City":"#)
        json.string(portfolio.propertyCity(at: index))
        json.raw(
            #","State":"MA","PostalCode":"02100","Country":"US","Email":"office@example.com"},"#
                + #""PostMonths":{"ArPostMonth":"01/2024","ApPostMonth":"01/2024","#
                + #""GlPostMonth":"01/2024"},"IsDisabled":0,"IsFeaturedProperty":0}"#
        )
    }

    /// A unit; where it has one space, that stands as an object, not as a list of one.
    static func unit(
        _ unit: SyntheticUnit,
        of property: SyntheticProperty,
        availability: String,
        in json: inout WireBytes
    ) {
        // The vendor writes unit numbers made of digits as numbers in some places, as text in others.
        let isNumber = property.index % 2 == 0
        let building = property.buildings[unit.building]
        json.raw(#"{"id":"#)
        json.number(unit.id)
        json.raw(#","unitNumber":"#)
        if isNumber { json.raw(unit.number) } else { json.string(unit.number) }
        json.raw(#","buildingId":"#)
        json.number(building.id)
        json.raw(#","buildingName":""#)
        json.raw(building.name)
        json.raw(#"","floorplanId":"#)
        json.number(700 + unit.bedrooms)
        json.raw(#","floorplanName":""#)
        json.number(unit.bedrooms)
        json.raw(#" Bedroom","unitTypeId":"#)
        json.number(800 + unit.bedrooms)
        json.raw(#","unitTypeName":""#)
        json.number(unit.bedrooms)
        json.raw(#" Bedroom","noOfBedrooms":"#)
        json.number(unit.bedrooms)
        json.raw(#","noOfBathrooms":1,"squareFeet":"#)
        json.number(350 + unit.bedrooms * 200)
        json.raw(#","unitSpaces":{"unitSpace":"#)
        if unit.beds > 1 { json.raw("[") }
        for bed in 0..<unit.beds {
            if bed > 0 { json.raw(",") }
            json.raw(#"{"unitSpaceId":"#)
            json.number(unit.spaceID(ofBed: bed))
            json.raw(#","unitNumber":"#)
            let number = unit.number(ofBed: bed)
            if isNumber, unit.beds == 1 { json.raw(number) } else { json.string(number) }
            json.raw(#","availabilityStatus":""#)
            json.raw(availability)
            json.raw(#""}"#)
        }
        if unit.beds > 1 { json.raw("]") }
        json.raw("}}")
    }

    /// What the PMS says of a unit that one household lives in or is to live in; nil for nobody.
    static func availability(_ status: LeaseStatus?) -> String {
        switch status {
        case .current: "Occupied No Notice"
        case .notice: "Notice Unrented"
        case .future: "Vacant Rented Ready"
        default: "Vacant Unrented Ready"
        }
    }

    /// A lease as getLeases r2 states it.
    static func lease(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        let unit = property.units[lease.unit]
        let status = statusName(lease.status)
        json.raw(#"{"id":""#)
        json.number(lease.id)
        json.raw(#"","leaseStatusTypeId":""#)
        json.number(statusTypeID(lease.status))
        json.raw(#"","propertyId":""#)
        json.number(property.id)
        json.raw(#"","moveInDate":"#)
        json.date(lease.moveIn)
        moveOut(lease, in: &json)
        json.raw(#","leaseIntervalStatus":""#)
        json.raw(status)
        json.raw(#"","isMonthToMonth":0,"leaseIntervalId":""#)
        json.number(lease.intervalID)
        json.raw(#"","unitId":""#)
        json.number(unit.id)
        json.raw(#"","unitSpaces":{"unitSpace":[{"unitSpaceId":"#)
        json.number(unit.spaceID(ofBed: lease.bed))
        json.raw(#","unitSpace":""#)
        json.raw(unit.number(ofBed: lease.bed))
        json.raw(#""}]},"customers":{"customer":["#)
        for (index, person) in lease.people.enumerated() {
            if index > 0 { json.raw(",") }
            customer(person, of: lease, status: status, in: &json)
        }
        json.raw(#"]},"leaseIntervals":{"leaseInterval":[{"id":"#)
        json.number(lease.intervalID)
        json.raw(#","startDate":"#)
        json.date(lease.start)
        json.raw(#","endDate":"#)
        json.date(lease.end)
        json.raw(
            lease.isRenewal
                ? #","leaseIntervalTypeName":"Renewal","#
                : #","leaseIntervalTypeName":"Application","#
        )
        json.raw(#""leaseIntervalStatusTypeId":"#)
        json.number(statusTypeID(lease.status))
        json.raw(#","leaseIntervalStatusTypeName":""#)
        json.raw(status)
        json.raw(#""}]}}"#)
    }

    private static func customer(
        _ person: SyntheticPerson,
        of lease: SyntheticLease,
        status: String,
        in json: inout WireBytes
    ) {
        let first = person.firstName
        let last = person.lastName
        json.raw(#"{"id":"#)
        json.number(person.id)
        json.raw(#","customerType":""#)
        json.raw(customerType(person.role))
        json.raw(#"","firstName":""#)
        // Names of the lists hold nothing that JSON escapes.
        json.raw(first)
        json.raw(#"","lastName":""#)
        json.raw(last)
        json.raw(#"","nameFull":""#)
        json.raw(last)
        json.raw(", ")
        json.raw(first)
        json.raw(#"","emailAddress":""#)
        json.raw(person.email)
        json.raw(#"","birthDate":"#)
        json.date(PlantedFacts.birthDate)
        json.raw(#","taxNumber":""#)
        json.raw(PlantedFacts.taxID)
        json.raw(#"","leaseCustomerStatus":""#)
        json.raw(status)
        json.raw(
            person.role == .primary
                ? #"","relationshipName":"Primary","moveInDate":"#
                : #"","relationshipName":"Roommate","moveInDate":"#
        )
        json.date(lease.moveIn)
        moveOut(lease, in: &json)
        json.raw(
            #","phones":{"phone":[{"phoneTypeName":"Primary","phoneType":"mobile","phoneNumber":""#
        )
        json.raw(person.phone)
        json.raw(#""}]}}"#)
    }

    private static func customerType(_ role: SyntheticPerson.Role) -> String {
        switch role {
        case .primary: "Primary"
        case .coResident: "Co-Applicant"
        case .guarantor: "Guarantor"
        }
    }

    private static func moveOut(_ lease: SyntheticLease, in json: inout WireBytes) {
        guard let moveOut = lease.moveOut else { return }
        json.raw(#","moveOutDate":"#)
        json.date(moveOut)
    }

    /// The vendor's pick list of lease statuses.
    static let leaseStatusTypes: [(id: Int, name: String, type: String)] = [
        (1, "Applicant", "NA"), (2, "Cancelled", "NA"), (3, "Future", "NA"),
        (4, "Current", "Active"), (5, "Notice", "Active"), (6, "Past", "Completed"),
    ]

    static func statusTypeID(_ status: LeaseStatus) -> Int {
        switch status {
        case .future: 3
        case .notice: 5
        case .past: 6
        default: 4
        }
    }

    /// The statuses of those types.
    static func statuses(ofTypes ids: [Int]) -> Set<LeaseStatus> {
        Set(LeaseStatus.allCases.filter { ids.contains(statusTypeID($0)) })
    }

    private static func statusName(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .notice: "Notice"
        case .past: "Past"
        default: "Current"
        }
    }
}
