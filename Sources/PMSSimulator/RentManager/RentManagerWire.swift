import LintelModel

/// Rent Manager's accounts of households, byte by byte.
enum RentManagerWire {
    static func tenant(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"TenantID":"#)
        json.number(lease.id)
        json.raw(#","PropertyID":"#)
        json.number(property.id)
        json.raw(#","Status":""#)
        json.raw(status(lease.status))
        json.raw(#"","FirstName":"#)
        json.string(lease.people.first?.firstName ?? "")
        json.raw(#","LastName":"#)
        json.string(lease.people.first?.lastName ?? "")
        json.raw(#","SSN":"#)
        json.string(PlantedFacts.taxID)
        json.raw(#","Contacts":["#)
        for (index, person) in lease.people.enumerated() {
            if index > 0 { json.raw(",") }
            contact(person, isPrimary: index == 0, in: &json)
        }
        json.raw(#"],"Leases":[{"LeaseID":"#)
        json.number(lease.id)
        json.raw(#","TenantID":"#)
        json.number(lease.id)
        json.raw(#","PropertyID":"#)
        json.number(property.id)
        json.raw(#","UnitID":"#)
        json.number(property.units[lease.unit].id)
        json.raw(#","MoveInDate":""#)
        json.isoDate(lease.moveIn)
        json.raw(#"T00:00:00","Rent":"#)
        json.number(PlantedFacts.rent)
        json.raw(#","MoveOutDate":"#)
        if let moveOut = lease.moveOut {
            json.raw("\"")
            json.isoDate(moveOut)
            json.raw("T00:00:00\"")
        } else {
            json.raw("null")
        }
        json.raw("}]}")
    }

    private static func contact(
        _ person: SyntheticPerson,
        isPrimary: Bool,
        in json: inout WireBytes
    ) {
        json.raw(#"{"ContactID":"#)
        json.number(person.id)
        json.raw(#","IsPrimary":"#)
        json.raw(isPrimary ? "true" : "false")
        json.raw(#","ContactType":{"Name":"#)
        json.string(contactType(person.role))
        json.raw(#"},"FirstName":"#)
        json.string(person.firstName)
        json.raw(#","LastName":"#)
        json.string(person.lastName)
        json.raw(#","Email":"#)
        json.string(person.email)
        json.raw(#","DateOfBirth":""#)
        json.isoDate(PlantedFacts.birthDate)
        json.raw(#"","PhoneNumbers":[{"PhoneNumber":"#)
        json.string(person.phone)
        json.raw(#","IsPrimary":true}]}"#)
    }

    private static func contactType(_ role: SyntheticPerson.Role) -> String {
        switch role {
        case .primary: "Tenant"
        case .coResident: "Roommate"
        case .guarantor: "Guarantor"
        }
    }

    private static func status(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .past: "Past"
        default: "Current"
        }
    }
}
