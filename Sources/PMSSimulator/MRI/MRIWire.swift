import LintelModel

/// MRI's rows, byte by byte: of a unit, and of a person on a lease.
enum MRIWire {
    static func unit(
        _ unit: SyntheticUnit,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"PropertyID":""#)
        json.raw(MRIFormat.propertyID(property.id))
        json.raw(#"","BuildingID":"#)
        json.string(property.buildings[unit.building].name)
        json.raw(#","UnitID":"#)
        json.string(unit.number)
        json.raw(#","MarketRent":""#)
        json.number(PlantedFacts.rent)
        json.raw(#".00"}"#)
    }

    static func resident(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        let unit = property.units[lease.unit]
        json.raw(#"{"ResidentNameID":""#)
        json.number(person.id)
        json.raw(#"","PropertyID":""#)
        json.raw(MRIFormat.propertyID(property.id))
        json.raw(#"","BuildingID":"#)
        json.string(property.buildings[unit.building].name)
        json.raw(#","UnitID":"#)
        json.string(unit.number)
        // Leases are numbered inside their unit: who follows in it has the next number.
        json.raw(#","LeaseID":""#)
        json.number(
            1 + (lease.id - PropertyBuilder.FirstID.lease) / PropertyBuilder.FirstID.newcomer
        )
        json.raw(#"","FirstName":"#)
        json.string(person.firstName)
        json.raw(#","LastName":"#)
        json.string(person.lastName)
        json.raw(#","ResidentStatus":""#)
        json.raw(status(lease.status, person.role))
        json.raw(#"","Email":"#)
        json.string(person.email)
        json.raw(#","CellPhoneNumber":"#)
        json.string(person.phone)
        json.raw(#","PhoneNumber":null,"SocialSecurityNumber":"#)
        json.string(PlantedFacts.taxID)
        json.raw(#","BirthDate":"#)
        date(PlantedFacts.birthDate, in: &json)
        json.raw(#","LeaseStart":"#)
        date(lease.start, in: &json)
        json.raw(#","OccupyDate":"#)
        date(lease.moveIn, in: &json)
        json.raw(#","LeaseEnd":"#)
        date(lease.end, in: &json)
        json.raw(#","LeaseMonthlyRentAmount":""#)
        json.number(PlantedFacts.rent)
        json.raw(#".00","LeaseMoveOut":"#)
        date(lease.moveOut, in: &json)
        json.raw(#","IsCurrent":""#)
        json.raw(lease.status.isLiving ? "Y" : "N")
        json.raw(#"","Guarantor":""#)
        json.raw(person.role == .guarantor ? "Y" : "N")
        json.raw(#"","DateNotified":"#)
        date(lease.status == .notice ? lease.start : nil, in: &json)
        json.raw(#","ResidentVacateDate":"#)
        date(lease.moveOut, in: &json)
        json.raw(#","Namegroup":""#)
        json.number(lease.people.first?.id ?? person.id)
        json.raw(#"","Minor":"False"}"#)
    }

    private static func date(_ date: CivilDate?, in json: inout WireBytes) {
        guard let date else {
            json.raw("null")
            return
        }
        json.raw("\"")
        json.isoDate(date)
        json.raw("T00:00:00\"")
    }

    private static func status(_ status: LeaseStatus, _ role: SyntheticPerson.Role) -> String {
        if status == .past { return "Old" }
        return role == .primary ? "Current" : "Co-Resident"
    }
}
