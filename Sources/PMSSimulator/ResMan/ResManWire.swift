import LintelModel

/// ResMan's MITS 2.0, byte by byte, after a captured answer.
enum ResManWire {
    static func household(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        let unit = property.units[lease.unit]
        xml.raw("<RT_Customer>")
        xml.element("CustomerID", SimulatedGUID.text(.lease, lease.id))
        xml.raw("<Customers>")
        for person in lease.people { customer(person, on: lease, of: property, in: &xml) }
        xml.raw("</Customers><RT_Unit>")
        xml.element("UnitID", property.code(of: unit))
        xml.raw("<NumberOccupants Total=\"")
        xml.number(lease.people.count)
        xml.raw("\"/><Unit><MITS:Information>")
        xml.element("MITS:UnitID", property.code(of: unit))
        xml.element("MITS:UnitType", "A1")
        xml.element("MITS:MarketRent", "\(PlantedFacts.rent).00")
        xml.element("MITS:UnitEconomicStatus", "residential")
        xml.element(
            "MITS:UnitOccupancyStatus",
            lease.status.isLiving ? "occupied" : "vacant"
        )
        xml.element("MITS:UnitLeasedStatus", lease.status == .notice ? "on notice" : "leased")
        xml.element("MITS:BuildingID", property.buildings[unit.building].name)
        xml.raw("</MITS:Information></Unit></RT_Unit>")
        xml.element("PaymentAccepted", "Yes")
        xml.raw("<RTServiceTransactions><Transactions><Charge><Detail>")
        xml.element("Description", "Rent")
        xml.element("Amount", "\(PlantedFacts.rent).00")
        xml.raw("</Detail></Charge></Transactions></RTServiceTransactions></RT_Customer>")
    }

    private static func customer(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        xml.raw("<Customer Type=\"")
        xml.raw(type(lease.status))
        xml.raw("\">")
        xml.element("CustomerID", SimulatedGUID.text(.person, person.id))
        xml.raw("<MITS:Property>")
        xml.element("MITS:UnitID", property.code(of: property.units[lease.unit]))
        xml.raw("</MITS:Property><MITS:Name>")
        xml.element("MITS:FirstName", person.firstName)
        xml.raw("<MITS:MiddleName/>")
        xml.element("MITS:LastName", person.lastName)
        xml.raw("</MITS:Name><MITS:Address Type=\"property\">")
        xml.element("MITS:City", property.city)
        xml.element("MITS:Email", person.email)
        xml.raw("</MITS:Address><MITS:Phone Type=\"cell\">")
        xml.element("MITS:PhoneNumber", person.phone)
        xml.raw("</MITS:Phone><MITS:SSN>")
        xml.raw(PlantedFacts.taxID)
        xml.raw("</MITS:SSN><MITS:DateOfBirth>")
        xml.isoDate(PlantedFacts.birthDate)
        xml.raw("</MITS:DateOfBirth><MITS:Lease>")
        xml.element("MITS:CurrentRent", "\(PlantedFacts.rent).00")
        date("MITS:ExpectedMoveInDate", lease.moveIn, in: &xml)
        if lease.status == .notice { date("MITS:ExpectedMoveOutDate", lease.moveOut, in: &xml) }
        date("MITS:LeaseFromDate", lease.start, in: &xml)
        date("MITS:LeaseToDate", lease.end, in: &xml)
        if lease.status != .future { date("MITS:ActualMoveIn", lease.moveIn, in: &xml) }
        if lease.status == .past { date("MITS:ActualMoveOut", lease.moveOut, in: &xml) }
        xml.element("MITS:ResponsibleForLease", "true")
        xml.raw("</MITS:Lease></Customer>")
    }

    private static func date(_ name: String, _ date: CivilDate?, in xml: inout WireBytes) {
        guard let date else { return }
        xml.element(name, date.description)
    }

    private static func type(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "future resident"
        case .past: "former resident"
        default: "current resident"
        }
    }
}
