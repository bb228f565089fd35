import LintelModel

/// Voyager's units and residents, byte by byte, in the formats of both interfaces.
enum YardiWire {
    /// A resident's code, a new one for each lease; a roommate's begins with `r`.
    private static func code(_ person: SyntheticPerson, on lease: SyntheticLease) -> String {
        let number = lease.ownID(of: person) - PropertyBuilder.FirstID.person
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return (person.role == .primary ? "t" : "r") + padded
    }

    // MARK: ItfResidentData

    static func unitInfo(
        _ unit: SyntheticUnit,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        xml.raw("<UnitInfo><UnitID UniqueID=\"")
        xml.number(unit.id)
        xml.raw("\">")
        xml.escaped(property.code(of: unit))
        xml.raw("</UnitID><Unit><Identification IDType=\"LeaseDesc\" IDValue=\"Conventional\"/>")
        xml.element("UnitBedrooms", "\(unit.bedrooms)")
        xml.element("MarketRent", "\(PlantedFacts.rent).00")
        xml.element("BuildingName", property.buildings[unit.building].name)
        xml.raw("</Unit></UnitInfo>")
    }

    static func resident(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        guard let head = lease.people.first else { return }
        xml.raw("<Resident tCode=\"")
        xml.raw(code(head, on: lease))
        xml.raw("\">")
        xml.element("Status", status(lease.status))
        person(head, in: &xml)
        xml.element("UnitCode", property.code(of: property.units[lease.unit]))
        xml.element("Rent", "\(PlantedFacts.rent).00")
        date("LeaseFromDate", lease.start, in: &xml)
        date("LeaseToDate", lease.end, in: &xml)
        date("MoveInDate", lease.moveIn, in: &xml)
        date("MoveOutDate", lease.moveOut, in: &xml)
        xml.raw("<OtherOccupants>")
        for other in lease.people.dropFirst() {
            xml.raw("<OtherOccupant Code=\"")
            xml.raw(code(other, on: lease))
            xml.raw("\">")
            person(other, in: &xml)
            date("MoveInDate", lease.moveIn, in: &xml)
            date("MoveOutDate", lease.moveOut, in: &xml)
            xml.raw("</OtherOccupant>")
        }
        xml.raw("</OtherOccupants></Resident>")
    }

    private static func person(_ person: SyntheticPerson, in xml: inout WireBytes) {
        xml.element("FirstName", person.firstName)
        xml.element("LastName", person.lastName)
        xml.element("Email", person.email)
        xml.raw("<Phone PhoneType=\"cell\">")
        xml.element("PhoneNumber", person.phone)
        xml.raw("</Phone>")
        xml.element("SSN", PlantedFacts.taxID)
        xml.element("DateOfBirth", PlantedFacts.birthDate.description)
    }

    private static func date(_ name: String, _ date: CivilDate?, in xml: inout WireBytes) {
        xml.raw("<\(name)>")
        if let date { xml.usDate(date) }
        xml.raw("</\(name)>")
    }

    private static func status(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Future"
        case .notice: "Notice"
        case .past: "Past"
        default: "Current"
        }
    }

    // MARK: ItfResidentTransactions20

    static func transactionUnit(
        _ unit: SyntheticUnit,
        isOnNotice: Bool,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        xml.raw("<RT_Unit>")
        xml.element("UnitID", property.code(of: unit))
        xml.raw("<Unit><Information>")
        xml.element("UnitID", property.code(of: unit))
        xml.element("MarketRent", "\(PlantedFacts.rent).00")
        xml.element(
            "UnitEconomicStatusDescription",
            isOnNotice ? "Notice Unrented" : "Occupied No Notice"
        )
        xml.element("BuildingID", property.buildings[unit.building].name)
        xml.raw("</Information></Unit></RT_Unit>")
    }

    static func household(
        _ lease: SyntheticLease,
        of property: SyntheticProperty,
        in xml: inout WireBytes
    ) {
        guard let head = lease.people.first else { return }
        xml.raw("<RT_Customer>")
        xml.element("CustomerID", code(head, on: lease))
        xml.raw("<Customers>")
        for person in lease.people {
            xml.raw("<Customer Type=\"\(type(lease.status))\">")
            xml.element("CustomerID", code(person, on: lease))
            xml.raw("<Name>")
            xml.element("FirstName", person.firstName)
            xml.element("LastName", person.lastName)
            xml.raw("</Name><Address>")
            xml.element("Email", person.email)
            xml.raw("</Address><Phone Type=\"cell\">")
            xml.element("PhoneNumber", person.phone)
            xml.raw("</Phone><Lease>")
            xml.element("CurrentRent", "\(PlantedFacts.rent).00")
            iso("LeaseFromDate", lease.start, in: &xml)
            iso("LeaseToDate", lease.end, in: &xml)
            iso("ExpectedMoveInDate", lease.moveIn, in: &xml)
            iso("ExpectedMoveOutDate", lease.status == .notice ? lease.moveOut : nil, in: &xml)
            iso("ActualMoveIn", lease.status == .future ? nil : lease.moveIn, in: &xml)
            iso("ActualMoveOut", lease.status == .past ? lease.moveOut : nil, in: &xml)
            xml.element("ResponsibleForLease", "true")
            xml.raw("</Lease></Customer>")
        }
        xml.raw("</Customers>")
        transactionUnit(
            property.units[lease.unit],
            isOnNotice: lease.status == .notice,
            of: property,
            in: &xml
        )
        xml.element("PaymentAccepted", "Yes")
        xml.raw("</RT_Customer>")
    }

    private static func iso(_ name: String, _ date: CivilDate?, in xml: inout WireBytes) {
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
