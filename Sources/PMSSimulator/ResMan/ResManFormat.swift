import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// ResMan's classic interface: forms in, JSON or MITS XML out.
struct ResManFormat: WireFormat {
    let vendor = "resman"
    let services = ["GetProperties", "GetUnits", "GetResidentTransactions2_0"]
    let residentService = "GetResidentTransactions2_0"
    /// ResMan states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.wrongTotal, .shortPage].contains($0) }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        let areas = [
            "Account/GetProperties", "Property/GetUnits", "MITS/GetResidentTransactions2_0",
        ]
        let path = request.path.joined(separator: "/")
        guard request.method == .post, areas.contains(path) else {
            throw SimulatedAnswer(status: .notFound, html: "<h1>Not Found</h1>")
        }
        return request.path[1]
    }

    func credential(of request: SimulatedRequest) -> String? {
        let form = request.form
        let parts = ["IntegrationPartnerID", "ApiKey", "AccountID"].map { name in
            form.first { $0.name == name }?.value ?? ""
        }
        return parts.contains("") ? nil : parts.joined(separator: " ")
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        let call = ResManCall(
            service: service,
            portfolio: pms.portfolio,
            pms: pms,
            propertyText: request.form.first { $0.name == "PropertyID" }?.value ?? ""
        )
        guard credential(of: request) != nil else {
            throw call.refusal("The credentials are not valid.")
        }
        return call
    }

    func tooManyRequests() -> SimulatedAnswer {
        SimulatedAnswer(status: .tooManyRequests, json: #"{"message":"Too many requests."}"#)
    }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            json.raw(#"{"PropertyID":""#)
            json.raw(SimulatedGUID.text(.property, portfolio.propertyID(at: index)))
            json.raw(#"","Name":"#)
            json.string(portfolio.propertyName(at: index))
            json.raw(#","StreetAddress":""#)
            json.number(100 + index)
            json.raw(#" Main Street","City":"#)
            json.string(portfolio.propertyCity(at: index))
            json.raw(#","State":"MA","Zip":"02100"}"#)
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let units = RenderedRows(property.units) { unit, json in
            json.raw(#"{"UnitNumber":"#)
            json.string(property.code(of: unit))
            json.raw(#","UnitType":"A1","Building":"#)
            json.string(property.buildings[unit.building].name)
            json.raw(#","Floor":""#)
            json.number(unit.floor)
            json.raw(#""}"#)
        }
        let households = RenderedRows(property.leases, separator: UInt8(ascii: "\n")) {
            lease,
            xml in
            ResManWire.household(lease, of: property, in: &xml)
        }
        return [
            "GetUnits": RenderedList(units),
            "GetResidentTransactions2_0": RenderedList(households, ofLeases: property.leases),
        ]
    }
}

/// A request to ResMan.
struct ResManCall: WireCall {
    let service: String
    let portfolio: SyntheticPortfolio
    let pms: SimulatedPMS
    let propertyText: String

    var properties: [Int] { SimulatedGUID.number(.property, propertyText).map { [$0] } ?? [] }

    var inBandError: SimulatedAnswer { refusal("An unexpected error occurred.") }

    /// A failure as ResMan states it: under HTTP 200.
    func refusal(_ words: String) -> SimulatedAnswer {
        guard service == "GetResidentTransactions2_0" else {
            return SimulatedAnswer(
                json: #"{"Status":"Failed","ErrorDescription":"\#(words)"}"#
            )
        }
        let body =
            "<ResMan><MethodName>\(service)</MethodName><Status>Failed</Status>"
            + "<ErrorDescription>\(words)</ErrorDescription></ResMan>"
        return SimulatedAnswer(type: "text/xml; charset=utf-8", [ByteBuffer(string: body)])
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        if service == "GetProperties" {
            let rows = RowSelection(pms.renderedProperties(of: portfolio))
            return json("Properties", rows, fault)
        }
        guard let id = properties.first, let place = portfolio.propertyIndex(id: id) else {
            throw refusal("The property was not found.")
        }
        let rows = RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
        if service == "GetUnits" { return json("Units", rows, fault) }
        var head = WireBytes()
        head.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ResMan>")
        head.element("MethodName", service)
        head.element("Status", "Success")
        head.element("AccountID", "400")
        head.element("PropertyID", propertyText)
        head.raw("<Response><ResidentTransactions xmlns:MITS=\"http://my-company.com/namespace\">")
        head.raw("<Property><PropertyID><MITS:Identification Type=\"other\">")
        head.element("MITS:PrimaryID", propertyText)
        head.raw("</MITS:Identification></PropertyID>")
        let slice = ListSlice(rows, fault: fault) { 0..<$0 }
        return SimulatedAnswer(
            type: "text/xml; charset=utf-8",
            [ByteBuffer(bytes: head.bytes)] + slice.pieces + [
                ByteBuffer(string: "</Property></ResidentTransactions></Response></ResMan>")
            ]
        )
    }

    private func json(_ list: String, _ rows: RowSelection, _ fault: Fault?) -> SimulatedAnswer {
        let slice = ListSlice(rows, fault: fault) { 0..<$0 }
        return SimulatedAnswer(
            json: [ByteBuffer(string: "{\"\(list)\":[")] + slice.pieces + [ByteBuffer(string: "]}")]
        )
    }
}
