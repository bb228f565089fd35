import LintelModel

/// AppFolio's rows, byte by byte: one a person, roommates by one occupancy.
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

    static func rentRollRow(
        _ unit: SyntheticUnit,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"property_id":"#)
        json.number(property.id)
        json.raw(#","unit_id":"#)
        json.number(unit.id)
        json.raw(#","unit":"#)
        json.string(property.code(of: unit))
        json.raw(#","market_rent":""#)
        json.number(PlantedFacts.rent)
        json.raw(#".00"}"#)
    }

    /// A row of the tenant directory, whose ids are numbers where Stack's are GUIDs.
    static func directoryRow(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        of property: SyntheticProperty,
        in json: inout WireBytes
    ) {
        json.raw(#"{"selected_tenant_id":"#)
        json.number(lease.ownID(of: person))
        json.raw(#","property_id":"#)
        json.number(property.id)
        json.raw(#","unit_id":"#)
        json.number(property.units[lease.unit].id)
        json.raw(#","occupancy_id":"#)
        json.number(lease.id)
        json.raw(#","first_name":"#)
        json.string(person.firstName)
        json.raw(#","last_name":"#)
        json.string(person.lastName)
        json.raw(#","emails":"#)
        json.string("\(person.email); elsewhere@example.net")
        json.raw(#","phone_numbers":"#)
        json.string("Mobile: \(person.phone)")
        json.raw(#","rent":""#)
        json.number(PlantedFacts.rent)
        json.raw(#".00","birth_date":""#)
        json.isoDate(PlantedFacts.birthDate)
        json.raw(#"","status":""#)
        json.raw(status(lease.status))
        json.raw(#"","move_in":""#)
        json.isoDate(lease.moveIn)
        json.raw("\"")
        if let moveOut = lease.moveOut {
            json.raw(#","move_out":""#)
            json.isoDate(moveOut)
            json.raw("\"")
        }
        json.raw("}")
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
