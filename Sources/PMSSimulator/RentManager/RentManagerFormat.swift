import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// Rent Manager's Web API: a token for a password, then lists with filters.
struct RentManagerFormat: WireFormat {
    let vendor = "rentmanager"
    let services = ["AuthorizeUser", "Properties", "Units", "Tenants"]
    /// There are no dates of a lease, so that nobody can stay on after its end.
    let extras = PortfolioExtra.common.subtracting([.holdovers]).union([.guarantors])
    let residentService = "Tenants"
    /// Rent Manager reports errors by HTTP status.
    ///
    /// It states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.inBandError, .wrongTotal, .shortPage].contains($0) }

    /// What the simulator gives for any password.
    static let token = "simulated-token"

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        switch (request.method, request.path) {
        case (.post, ["Authentication", "AuthorizeUser"]): return "AuthorizeUser"
        case (.get, ["Properties"]): return "Properties"
        case (.get, ["Units"]): return "Units"
        case (.get, ["Tenants"]): return "Tenants"
        default: throw Self.refusal(.notFound, "The resource does not exist.")
        }
    }

    /// Typical, by one client.
    func limits(of service: String) -> RateLimiter.Group {
        RateLimiter.Group(
            name: "all",
            windows: [RateLimiter.Window(name: "MINUTE", limit: 500, length: 60)]
        )
    }

    func credential(of request: SimulatedRequest) -> String? {
        request.header("X-RM12Api-ApiToken")
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        if service == "AuthorizeUser" {
            let body = try? JSONSerialization.jsonObject(with: Data(request.body.readableBytesView))
            let members = body as? [String: Any]
            guard members?["Username"] is String, members?["Password"] is String else {
                throw Self.refusal(.unauthorized, "The user name or password is wrong.")
            }
        } else if credential(of: request) != Self.token {
            throw Self.refusal(.unauthorized, "The token is not valid.")
        }
        return try RentManagerCall(request, service: service, on: pms)
    }

    func tooManyRequests() -> SimulatedAnswer {
        Self.refusal(.tooManyRequests, "Too many requests.")
    }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            json.raw(#"{"PropertyID":"#)
            json.number(portfolio.propertyID(at: index))
            json.raw(#","Name":"#)
            json.string(portfolio.propertyName(at: index))
            json.raw("}")
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let units = RenderedRows(property.units) { unit, json in
            json.raw(#"{"UnitID":"#)
            json.number(unit.id)
            json.raw(#","PropertyID":"#)
            json.number(property.id)
            json.raw(#","Name":"#)
            json.string(property.code(of: unit))
            json.raw("}")
        }
        let tenants = RenderedRows(property.leases) { lease, json in
            RentManagerWire.tenant(lease, of: property, in: &json)
        }
        return [
            "Units": RenderedList(units),
            "Tenants": RenderedList(tenants, ofLeases: property.leases),
        ]
    }

    static func refusal(_ status: HTTPResponse.Status, _ words: String) -> SimulatedAnswer {
        SimulatedAnswer(status: status, json: #"{"UserMessage":"\#(words)","ModelState":null}"#)
    }
}

/// A request to Rent Manager.
struct RentManagerCall: WireCall {
    private let service: String
    private let portfolio: SyntheticPortfolio
    private let pms: SimulatedPMS
    private let property: Int?
    private let paging: Paging

    init(
        _ request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) {
        self.service = service
        self.pms = pms
        portfolio = pms.portfolio
        let filters = (request.parameter("filters") ?? "").split(separator: ";")
        var property: Int?
        for filter in filters {
            let parts = filter.split(separator: ",")
            guard parts.count == 3, parts[0] == "PropertyID", parts[1] == "eq",
                let id = Int(parts[2])
            else {
                throw RentManagerFormat.refusal(
                    .badRequest,
                    "The simulator knows the filter PropertyID,eq,N alone."
                )
            }
            property = id
        }
        self.property = property
        let page = Int(request.parameter("PageNumber") ?? "1") ?? 0
        guard page > 0 else {
            throw RentManagerFormat.refusal(.badRequest, "PageNumber must be a number from 1.")
        }
        paging = Paging(page: page, perPage: Int(request.parameter("PageSize") ?? "1000"))
        guard service == "Properties" || service == "AuthorizeUser" || property != nil else {
            throw RentManagerFormat.refusal(
                .badRequest,
                "The simulator answers for one property at a time."
            )
        }
    }

    var properties: [Int] { property.map { [$0] } ?? [] }

    /// Never asked for: the format has no such fault.
    var inBandError: SimulatedAnswer {
        RentManagerFormat.refusal(.internalServerError, "An unexpected error occurred.")
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        if service == "AuthorizeUser" {
            return SimulatedAnswer(json: "\"\(RentManagerFormat.token)\"")
        }
        let selection: RowSelection
        if service == "Properties" {
            selection = RowSelection(pms.renderedProperties(of: portfolio))
        } else if let property, let place = portfolio.propertyIndex(id: property) {
            selection = RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
        } else {
            selection = RowSelection(pms.renderedProperties(of: portfolio), places: [])
        }
        let slice = ListSlice(selection, fault: fault) { paging.range(of: $0) }
        // No row at all is an empty body.
        guard !slice.pieces.isEmpty else { return SimulatedAnswer(status: .noContent, json: []) }
        return SimulatedAnswer(
            json: [ByteBuffer(string: "[")] + slice.pieces + [ByteBuffer(string: "]")]
        )
    }
}
