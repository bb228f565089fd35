import LintelModel

/// RealPage's residents, byte by byte: padded text, ids of one site, dates in two spellings.
enum RealPageWire {
    /// The number of an id inside its site: RealPage's are small.
    private static func small(_ id: Int, from first: Int) -> String { "\(id - first + 1)" }

    static func resident(
        _ person: SyntheticPerson,
        on lease: SyntheticLease,
        in xml: inout WireBytes
    ) {
        typealias First = PropertyBuilder.FirstID
        xml.raw("<resident>")
        xml.element("residentid", small(lease.id, from: First.lease))
        xml.element("residentmemberid", small(person.id, from: First.person))
        xml.element("leaseid", small(lease.id, from: First.lease))
        xml.element("unitid", "\(lease.unit + 1)")
        xml.element("firstname", person.firstName + "   ")
        xml.element("lastname", person.lastName + "   ")
        xml.element("email", person.email)
        xml.element("cellphone", person.phone)
        xml.element("ssn", PlantedFacts.taxID)
        xml.element("birthdate", PlantedFacts.birthDate.description)
        xml.element("leasestatus", lease.isNextTerm ? "Future Lease" : status(lease.status))
        xml.element("rent", "\(PlantedFacts.rent).00")
        us("begindate", lease.start, in: &xml)
        us("enddate", lease.end, in: &xml)
        iso("moveindate", lease.moveIn, in: &xml)
        iso("moveoutdate", lease.status == .past ? lease.moveOut : nil, in: &xml)
        iso("noticegivendate", lease.status == .notice ? lease.start : nil, in: &xml)
        iso("noticefordate", lease.status == .notice ? lease.moveOut : nil, in: &xml)
        xml.raw("</resident>")
    }

    private static func us(_ name: String, _ date: CivilDate, in xml: inout WireBytes) {
        xml.raw("<\(name)>")
        xml.usDate(date)
        xml.raw("</\(name)>")
    }

    /// A date with a time; the first day of the calendar where there is none.
    private static func iso(_ name: String, _ date: CivilDate?, in xml: inout WireBytes) {
        xml.element(name, "\(date?.description ?? "0001-01-01")T00:00:00")
    }

    private static func status(_ status: LeaseStatus) -> String {
        switch status {
        case .future: "Applicant - Lease Signed"
        case .past: "Former"
        default: "Current"
        }
    }
}
