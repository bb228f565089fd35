import LintelModel

/// AppFolio's tenants, byte by byte: one row a person, roommates by one occupancy.
enum AppFolioWire {
    static func tenant(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"Id":""#)
        json.raw(SimulatedGUID.text(.person, lease.ownID(of: person)))
        json.raw(#"","PropertyId":""#)
        json.raw(SimulatedGUID.text(.property, property.id))
        json.raw(#"","UnitId":""#)
        json.raw(SimulatedGUID.text(.unit, property.units[lease.unit].id))
        json.raw(#"","OccupancyId":""#)
        json.raw(SimulatedGUID.text(.lease, lease.id))
        json.raw(#"","FirstName":"#)
        json.string(person.firstName)
        json.raw(#","LastName":"#)
        json.string(person.lastName)
        json.raw(#","Email":"#)
        json.string(person.email)
        json.raw(#","PhoneNumber":"#)
        json.string(person.phone)
        json.raw(#","DateOfBirth":""#)
        json.isoDate(PlantedFacts.birthDate)
        json.raw(#"","SSN":"#)
        json.string(PlantedFacts.taxID)
        json.raw(#","Status":""#)
        json.raw(status(lease.status))
        json.raw(#"","MoveInOn":""#)
        json.isoDate(lease.moveIn)
        json.raw(#"","MoveOutOn":"#)
        if let moveOut = lease.moveOut {
            json.raw("\"")
            json.isoDate(moveOut)
            json.raw("\"")
        } else {
            json.raw("null")
        }
        json.raw(#","HiddenAt":null}"#)
    }

    private static func status(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .notice: "Notice"
        case .past: "Past"
        default: "Current"
        }
    }
}
