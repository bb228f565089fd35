import HTTPTypes
import LintelModel
import NIOCore

/// RealPage's exchange gateway: one service a partner, one site a request.
struct RealPageFormat: WireFormat {
    let vendor = "realpage"
    let services = ["getsitelist", "unitlist", "getresidentlistinfo"]
    let extras = PortfolioExtra.common.union([.renewals])
    let residentService = "getresidentlistinfo"
    /// RealPage states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.wrongTotal, .shortPage].contains($0) }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        guard request.method == .post, request.path.starts(with: ["rpxgateway", "partner"]) else {
            throw SimulatedAnswer(status: .notFound, html: "<h1>Not Found</h1>")
        }
        let operation = SOAPEnvelope.operation(of: request)
        guard services.contains(operation) else {
            throw SOAPEnvelope.fault("The operation is not known.")
        }
        return operation
    }

    func credential(of request: SimulatedRequest) -> String? {
        guard let company = SOAPEnvelope.value("pmcid", in: request),
            let key = SOAPEnvelope.value("licensekey", in: request), !company.isEmpty, !key.isEmpty
        else { return nil }
        return "\(company) \(key)"
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        guard credential(of: request) != nil else {
            throw SOAPEnvelope.fault("LicenseKey is not authorized to call the method")
        }
        return RealPageCall(
            service: service,
            portfolio: pms.portfolio,
            pms: pms,
            site: SOAPEnvelope.value("siteid", in: request).flatMap { Int($0) }
        )
    }

    func tooManyRequests() -> SimulatedAnswer {
        SimulatedAnswer(status: .tooManyRequests, html: "<h1>Too Many Requests</h1>")
    }

    private static let newline = UInt8(ascii: "\n")

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties, separator: Self.newline) { index, xml in
            xml.raw("<Site>")
            xml.element("SiteID", "\(portfolio.propertyID(at: index))")
            xml.element("SiteName", portfolio.propertyName(at: index) + "  ")
            xml.element("City", portfolio.propertyCity(at: index) + "  ")
            xml.raw("<State>MA</State></Site>")
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let statuses = property.statuses
        let units = RenderedRows(property.units.indices, separator: Self.newline) { place, xml in
            let unit = property.units[place]
            xml.raw("<Unit>")
            xml.element("UnitID", "\(place + 1)")
            xml.element("UnitNumber", unit.number + "  ")
            xml.element("BuildingName", property.buildings[unit.building].name)
            xml.element("Floor", "\(unit.floor)")
            xml.element("MarketRent", "\(PlantedFacts.rent).00")
            xml.element("Vacant", statuses[place]?.isLiving == true ? "F" : "T")
            xml.raw("<AvailableDate>0001-01-01T00:00:00</AvailableDate></Unit>")
        }
        let people = property.leases.flatMap { lease in lease.people.map { (lease, $0) } }
        let residents = RenderedRows(people, separator: Self.newline) { row, xml in
            RealPageWire.resident(row.1, on: row.0, in: &xml)
        }
        return [
            "unitlist": RenderedList(units),
            "getresidentlistinfo": RenderedList(residents, ofPeopleOn: property.leases),
        ]
    }
}

/// A request to RealPage.
struct RealPageCall: WireCall {
    let service: String
    let portfolio: SyntheticPortfolio
    let pms: SimulatedPMS
    let site: Int?

    var properties: [Int] { site.map { [$0] } ?? [] }

    /// A refusal in place of the list, under HTTP 200.
    var inBandError: SimulatedAnswer {
        answer([ByteBuffer(string: "An unexpected error occurred in \(service).")])
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let selection: RowSelection
        if service == "getsitelist" {
            selection = RowSelection(pms.renderedProperties(of: portfolio))
        } else if let site, let place = portfolio.propertyIndex(id: site) {
            selection = RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
        } else {
            throw SOAPEnvelope.fault("The site is not active.")
        }
        let list =
            switch service {
            case "getsitelist": "SiteList"
            case "unitlist": "UnitList"
            default: "residentlist"
            }
        let slice = ListSlice(selection, fault: fault) { 0..<$0 }
        return answer(
            [ByteBuffer(string: "<\(list) xmlns=\"\">")] + slice.pieces
                + [ByteBuffer(string: "</\(list)>")]
        )
    }

    private func answer(_ pieces: [ByteBuffer]) -> SimulatedAnswer {
        SOAPEnvelope.answer(service, namespace: "http://tempuri.org/", pieces)
    }
}
