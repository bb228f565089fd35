import HTTPTypes
import LintelModel
import NIOCore

/// Voyager's ItfResidentData and ItfResidentTransactions20, below any folder.
struct YardiFormat: WireFormat {
    let vendor = "yardi"
    let services = [
        "GetPropertyConfigurations", "GetUnitInformation", "GetResidents",
        "GetUnitInformation_Login", "GetResidentTransactions_Login",
    ]
    let residentService = "GetResidents"
    /// Voyager states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.wrongTotal, .shortPage].contains($0) }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        guard request.method == .post, let interface = Self.interface(of: request) else {
            throw SimulatedAnswer(status: .notFound, html: "<h1>Not Found</h1>")
        }
        let operation = SOAPEnvelope.operation(of: request)
        let isLogin = operation.hasSuffix("_Login")
        guard services.contains(operation),
            operation == services[0] || isLogin == (interface == "ItfResidentTransactions20")
        else {
            throw SOAPEnvelope.fault("The value of the header SOAPAction is not recognized.")
        }
        return operation
    }

    func credential(of request: SimulatedRequest) -> String? {
        let names = [
            "UserName", "Password", "ServerName", "Database", "Platform", "InterfaceEntity",
            "InterfaceLicense",
        ]
        let parts = names.map { SOAPEnvelope.value($0, in: request) ?? "" }
        return parts.contains("") ? nil : parts.joined(separator: " ")
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        let call = YardiCall(
            service: service,
            portfolio: pms.portfolio,
            pms: pms,
            code: SOAPEnvelope.value("YardiPropertyId", in: request) ?? "",
            namespace: "http://tempuri.org/YSI.Interfaces.WebServices/"
                + (Self.interface(of: request) ?? "")
        )
        guard credential(of: request) != nil else { throw call.refusal("Invalid Credentials") }
        return call
    }

    func tooManyRequests() -> SimulatedAnswer {
        SimulatedAnswer(status: .tooManyRequests, html: "<h1>Too Many Requests</h1>")
    }

    /// The interface that the last part of the path names; case is ignored.
    private static func interface(of request: SimulatedRequest) -> String? {
        switch request.path.last?.lowercased() {
        case "itfresidentdata.asmx": "ItfResidentData"
        case "itfresidenttransactions20.asmx": "ItfResidentTransactions20"
        default: nil
        }
    }

    /// A property's code as Voyager writes one.
    static func propertyCode(_ number: Int) -> String { "p\(number)" }

    private static let newline = UInt8(ascii: "\n")

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties, separator: Self.newline) { index, xml in
            xml.raw("<Property>")
            xml.element("Code", Self.propertyCode(portfolio.propertyID(at: index)))
            xml.element("MarketingName", portfolio.propertyName(at: index))
            xml.element("AddressLine1", "\(100 + index) Main Street")
            xml.element("City", portfolio.propertyCity(at: index))
            xml.raw("<State>MA</State></Property>")
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let units = RenderedRows(property.units, separator: Self.newline) { unit, xml in
            YardiWire.unitInfo(unit, of: property, in: &xml)
        }
        let residents = RenderedRows(property.leases, separator: Self.newline) { lease, xml in
            YardiWire.resident(lease, of: property, in: &xml)
        }
        let transactionUnits = RenderedRows(property.units, separator: Self.newline) { unit, xml in
            xml.raw("<RT_Customer>")
            YardiWire.transactionUnit(unit, isOnNotice: false, of: property, in: &xml)
            xml.raw("</RT_Customer>")
        }
        let households = RenderedRows(property.leases, separator: Self.newline) { lease, xml in
            YardiWire.household(lease, of: property, in: &xml)
        }
        return [
            "GetUnitInformation": RenderedList(units),
            "GetResidents": RenderedList(residents, ofLeases: property.leases),
            "GetUnitInformation_Login": RenderedList(transactionUnits),
            "GetResidentTransactions_Login": RenderedList(households, ofLeases: property.leases),
        ]
    }
}

/// A request to Voyager.
struct YardiCall: WireCall {
    let service: String
    let portfolio: SyntheticPortfolio
    let pms: SimulatedPMS
    let code: String
    let namespace: String

    var properties: [Int] {
        code.first == "p" ? Int(code.dropFirst()).map { [$0] } ?? [] : []
    }

    var inBandError: SimulatedAnswer { refusal("An unexpected error occurred in \(service).") }

    /// A failure as Voyager states it: in place of the payload, under HTTP 200.
    func refusal(_ words: String) -> SimulatedAnswer {
        let body =
            "<Messages xmlns=\"\"><Message messageType=\"Error\">\(words)</Message></Messages>"
        return answer([ByteBuffer(string: body)])
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        if service == "GetPropertyConfigurations" {
            return list(
                RowSelection(pms.renderedProperties(of: portfolio)),
                "<Properties xmlns=\"\">",
                "</Properties>",
                fault
            )
        }
        guard let id = properties.first, let place = portfolio.propertyIndex(id: id) else {
            throw refusal("Invalid Yardi Property Id: no access to the property.")
        }
        let rows = RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
        switch service {
        case "GetUnitInformation":
            return list(
                rows,
                "<UnitInformation xmlns=\"\"><Property MarketingName=\"Demo\"><Units>",
                "</Units></Property></UnitInformation>",
                fault
            )
        case "GetResidents":
            return list(
                rows,
                "<MITS-ResidentData xmlns=\"\"><PropertyResidents><Residents>",
                "</Residents></PropertyResidents></MITS-ResidentData>",
                fault
            )
        case "GetUnitInformation_Login":
            return list(
                rows,
                "<PhysicalProperty xmlns=\"\"><Property>",
                "</Property></PhysicalProperty>",
                fault
            )
        default:
            return list(
                rows,
                "<ResidentTransactions xmlns=\"\"><Property>",
                "</Property></ResidentTransactions>",
                fault
            )
        }
    }

    private func list(
        _ selection: RowSelection,
        _ opening: String,
        _ closing: String,
        _ fault: Fault?
    ) -> SimulatedAnswer {
        let slice = ListSlice(selection, fault: fault) { 0..<$0 }
        return answer([ByteBuffer(string: opening)] + slice.pieces + [ByteBuffer(string: closing)])
    }

    private func answer(_ pieces: [ByteBuffer]) -> SimulatedAnswer {
        SOAPEnvelope.answer(service, namespace: namespace, pieces)
    }
}
