import LintelModel

/// Buildium's wire format, byte by byte, after its published schemas.
enum BuildiumWire {
    static func rental(_ index: Int, of portfolio: SyntheticPortfolio, in json: inout WireBytes) {
        json.raw(#"{"Id":"#)
        json.number(portfolio.propertyID(at: index))
        json.raw(#","Name":"#)
        json.string(portfolio.propertyName(at: index))
        json.raw(#","NumberUnits":"#)
        json.number(portfolio.shape.units(ofProperty: index).count)
        json.raw(#","IsActive":true,"Address":{"AddressLine1":""#)
        json.number(100 + index)
        json.raw(#" Main Street","City":"#)
        json.string(portfolio.propertyCity(at: index))
        json.raw(
            #","State":"MA","PostalCode":"02100","Country":"UnitedStates"},"#
                + #""RentalType":"Residential","RentalSubType":"MultiFamily"}"#
        )
    }

    static func unit(
        _ place: Int,
        of property: SyntheticProperty,
        isOccupied: Bool,
        in json: inout WireBytes
    ) {
        let unit = property.units[place]
        json.raw(#"{"Id":"#)
        json.number(unit.id)
        json.raw(#","PropertyId":"#)
        json.number(property.id)
        json.raw(#","BuildingName":"#)
        json.string(property.buildings[unit.building].name)
        json.raw(#","UnitNumber":"#)
        json.string(unit.number)
        json.raw(#","Description":null,"MarketRent":"#)
        json.number(PlantedFacts.rent)
        json.raw(#","UnitBedrooms":"OneBed","UnitBathrooms":"OneBath","UnitSize":"#)
        json.number(350 + unit.bedrooms * 200)
        json.raw(#","IsUnitListed":false,"IsUnitOccupied":"#)
        json.raw(isOccupied ? "true}" : "false}")
    }

    static func tenant(
        _ person: SyntheticPerson,
        on leases: [SyntheticLease],
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"Id":"#)
        json.number(person.id)
        json.raw(#","FirstName":"#)
        json.string(person.firstName)
        json.raw(#","LastName":"#)
        json.string(person.lastName)
        json.raw(#","Email":"#)
        json.string(person.email)
        json.raw(#","AlternateEmail":null,"PhoneNumbers":[{"Number":"#)
        json.string(person.phone)
        json.raw(#","Type":"Cell"}],"DateOfBirth":""#)
        json.isoDate(PlantedFacts.birthDate)
        json.raw(#"","TaxId":"#)
        json.string(PlantedFacts.taxID)
        json.raw(#","Leases":["#)
        for (index, lease) in leases.enumerated() {
            if index > 0 { json.raw(",") }
            self.lease(lease, of: property, in: &json)
        }
        json.raw("]}")
    }

    static func lease(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"Id":"#)
        json.number(lease.id)
        json.raw(#","PropertyId":"#)
        json.number(property.id)
        json.raw(#","UnitId":"#)
        json.number(property.units[lease.unit].id)
        json.raw(#","UnitNumber":"#)
        json.string(property.units[lease.unit].number)
        json.raw(#","LeaseFromDate":""#)
        json.isoDate(lease.start)
        json.raw(#"","LeaseToDate":""#)
        json.isoDate(lease.end)
        json.raw(#"","LeaseType":"Fixed","LeaseStatus":""#)
        json.raw(leaseStatus(lease.status))
        json.raw(#"","TermType":"Standard","IsEvictionPending":false,"AccountDetails":{"Rent":"#)
        json.number(PlantedFacts.rent)
        json.raw(#"},"Cosigners":["#)
        for (index, person) in lease.people.filter({ $0.role == .guarantor }).enumerated() {
            if index > 0 { json.raw(",") }
            json.raw(#"{"Id":"#)
            json.number(person.id)
            json.raw(#","FirstName":"#)
            json.string(person.firstName)
            json.raw(#","LastName":"#)
            json.string(person.lastName)
            json.raw("}")
        }
        json.raw(#"],"Tenants":["#)
        let tenants = lease.people.filter { $0.role != .guarantor }
        for (index, person) in tenants.enumerated() {
            if index > 0 { json.raw(",") }
            json.raw(#"{"Id":"#)
            json.number(person.id)
            json.raw(#","Status":""#)
            json.raw(tenantStatus(lease.status))
            json.raw(#"","MoveInDate":""#)
            json.isoDate(lease.moveIn)
            json.raw(#""}"#)
        }
        json.raw(#"],"MoveOutData":["#)
        if let moveOut = lease.moveOut {
            for (index, person) in tenants.enumerated() {
                if index > 0 { json.raw(",") }
                json.raw(#"{"TenantId":"#)
                json.number(person.id)
                json.raw(#","MoveOutDate":""#)
                json.isoDate(moveOut)
                json.raw(#"","NoticeGivenDate":null}"#)
            }
        }
        json.raw("]}")
    }

    private static func leaseStatus(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .past: "Past"
        default: "Active"
        }
    }

    private static func tenantStatus(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .past: "MovedOut"
        default: "Current"
        }
    }
}
