import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// MRI's web services, `/mriapiservices/api.asp?$api=…`.
struct MRIFormat: WireFormat {
    let vendor = "mri"
    let services = [
        "MRI_S-PMRM_PropertyIDByNameOrAddress", "MRI_S-PMRM_UnitVacancyInformation",
        "MRI_S-PMRM_ResidentLeaseDetailsByPropertyID", "MRI_S-PMRM_ResidentialRentRoll",
    ]
    let extras = PortfolioExtra.common.union([.guarantors, .renewals])
    let residentService = "MRI_S-PMRM_ResidentLeaseDetailsByPropertyID"
    /// MRI reports errors by HTTP status.
    ///
    /// It states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.inBandError, .wrongTotal, .shortPage].contains($0) }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        guard request.method == .get, request.path == ["mriapiservices", "api.asp"] else {
            throw SimulatedAnswer(status: .notFound, html: "<h1>Not Found</h1>")
        }
        guard let api = request.parameter("$api"), services.contains(api) else {
            throw Self.refusal(.badRequest, "The API is not known.")
        }
        return api
    }

    func credential(of request: SimulatedRequest) -> String? { request.basicCredential }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        guard credential(of: request) != nil else {
            throw Self.refusal(.unauthorized, "The user is not authorized.")
        }
        let id = request.parameter("PROPERTYID") ?? request.parameter("RMPROPID")
        let top = Int(request.parameter("$top") ?? "300") ?? 300
        // The first row is number 1.
        let skip = Int(request.parameter("$skip") ?? "1") ?? 1
        guard top > 0, skip > 0 else {
            throw Self.refusal(.badRequest, "$top and $skip must be numbers from 1.")
        }
        guard id != nil || service == services[0] else {
            throw Self.refusal(.badRequest, "A property id is required.")
        }
        return MRICall(
            service: service,
            portfolio: pms.portfolio,
            pms: pms,
            property: id.map { Int($0.dropFirst(1)) ?? 0 },
            top: top,
            start: skip - 1,
            link: "http://\(request.authority)/mriapiservices/api.asp?%24api=\(service)"
                + (id.map { "&\(service == residentService ? "RMPROPID" : "PROPERTYID")=\($0)" }
                    ?? "")
        )
    }

    func tooManyRequests() -> SimulatedAnswer {
        Self.refusal(.tooManyRequests, "Too many requests.")
    }

    /// A property's id as MRI writes one: text.
    static func propertyID(_ number: Int) -> String { "P\(number)" }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            json.raw(#"{"PropertyID":""#)
            json.raw(Self.propertyID(portfolio.propertyID(at: index)))
            json.raw(#"","PropertyName":"#)
            json.string(portfolio.propertyName(at: index))
            json.raw(#","EntityId":"E1","City":"#)
            json.string(portfolio.propertyCity(at: index))
            json.raw("}")
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let units = RenderedRows(property.units) { unit, json in
            MRIWire.unit(unit, of: property, in: &json)
        }
        // A rent roll has a row for every unit, and one for each lease.
        let rentRoll = RenderedRows(
            property.units + property.leases.map { property.units[$0.unit] }
        ) { unit, json in
            MRIWire.unit(unit, of: property, in: &json)
        }
        let people = property.leases.flatMap { lease in lease.people.map { (lease, $0) } }
        let rows = RenderedRows(people) { row, json in
            MRIWire.resident(row.1, on: row.0, of: property, in: &json)
        }
        return [
            services[1]: RenderedList(units),
            services[2]: RenderedList(rows, ofPeopleOn: property.leases),
            services[3]: RenderedList(rentRoll),
        ]
    }

    static func refusal(_ status: HTTPResponse.Status, _ words: String) -> SimulatedAnswer {
        SimulatedAnswer(status: status, json: #"{"error":"\#(words)"}"#)
    }
}

/// A request to MRI.
struct MRICall: WireCall {
    let service: String
    let portfolio: SyntheticPortfolio
    let pms: SimulatedPMS
    /// The portfolio's number of the property; 0 for one that does not exist.
    let property: Int?
    let top: Int
    let start: Int
    /// The address of a page, without its place.
    let link: String

    var properties: [Int] { property.map { [$0] } ?? [] }

    /// Never asked for: the format has no such fault.
    var inBandError: SimulatedAnswer {
        MRIFormat.refusal(.internalServerError, "An unexpected error occurred.")
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let all = pms.renderedProperties(of: portfolio)
        let selection: RowSelection
        if let property {
            selection =
                portfolio.propertyIndex(id: property)
                .map { RowSelection(pms.rendered($0, of: portfolio).list(service).rows) }
                ?? RowSelection(all, places: [])
        } else {
            selection = RowSelection(all)
        }
        let slice = ListSlice(selection, fault: fault) { count in
            min(start, count)..<min(start + top, count)
        }
        var head = WireBytes()
        head.raw(#"{"odata.metadata":"#)
        head.string("\(link)&%24metadata")
        if start + top < slice.count {
            head.raw(#","nextLink":"#)
            head.string("\(link)&%24format=json&%24top=\(top)&%24skip=\(start + top + 1)")
        }
        head.raw(#","value":["#)
        return SimulatedAnswer(
            json: [ByteBuffer(bytes: head.bytes)] + slice.pieces + [ByteBuffer(string: "]}")]
        )
    }
}
