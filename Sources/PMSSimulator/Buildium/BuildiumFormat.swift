import HTTPTypes
import LintelModel
import NIOCore

/// Buildium's open API, `/v1/…`.
///
/// What churn changed counts as last updated on the portfolio's day, everything else as a month before.
struct BuildiumFormat: WireFormat {
    let vendor = "buildium"
    let services = ["rentals", "units", "tenants", "leases"]
    let extras = PortfolioExtra.common.union([.guarantors])
    let residentService = "leases"
    /// Buildium reports errors by HTTP status, never inside an answer of success.
    let faults = Fault.allCases.filter { $0 != .inBandError }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        guard request.method == .get else {
            throw Self.refusal(.methodNotAllowed, "The method is not allowed.")
        }
        switch request.path {
        case ["v1", "rentals"]: return "rentals"
        case ["v1", "rentals", "units"]: return "units"
        case ["v1", "leases"]: return "leases"
        case ["v1", "leases", "tenants"]: return "tenants"
        case let path where path.count == 4 && path.starts(with: ["v1", "leases", "tenants"]):
            return "tenants"
        default: throw Self.refusal(.notFound, "The resource does not exist.")
        }
    }

    /// As published: 10 a second for a client.
    func limits(of service: String) -> RateLimiter.Group {
        RateLimiter.Group(
            name: "all",
            windows: [RateLimiter.Window(name: "SECOND", limit: 10, length: 1)]
        )
    }

    func credential(of request: SimulatedRequest) -> String? {
        guard let id = request.header("x-buildium-client-id"), !id.isEmpty,
            let secret = request.header("x-buildium-client-secret"), !secret.isEmpty
        else { return nil }
        return "\(id) \(secret)"
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        guard credential(of: request) != nil else {
            throw Self.refusal(.unauthorized, "The client id or secret is missing.")
        }
        return try BuildiumCall(request, service: service, on: pms)
    }

    func tooManyRequests() -> SimulatedAnswer {
        Self.refusal(.tooManyRequests, "Too many requests.")
    }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            BuildiumWire.rental(index, of: portfolio, in: &json)
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let statuses = property.statuses
        let units = RenderedRows(property.units.indices) { place, json in
            BuildiumWire.unit(place, of: property, isOccupied: statuses[place] != nil, in: &json)
        }
        let leasesOfPeople = Dictionary(
            grouping: property.leases.flatMap { lease in lease.people.map { ($0.id, lease) } },
            by: \.0
        )
        var listed: Set<Int> = []
        let people = property.leases.flatMap { lease in
            lease.people.filter { $0.role != .guarantor && listed.insert($0.id).inserted }
                .map { (lease: lease, people: [$0]) }
        }
        let tenants = RenderedRows(people) { row, json in
            let leases = leasesOfPeople[row.people[0].id, default: []].map(\.1)
            BuildiumWire.tenant(row.people[0], on: leases, of: property, in: &json)
        }
        let leases = RenderedRows(property.leases) { lease, json in
            BuildiumWire.lease(lease, of: property, in: &json)
        }
        return [
            "units": RenderedList(units),
            "tenants": RenderedList(tenants, rowPeople: people),
            "leases": RenderedList(leases, ofLeases: property.leases),
        ]
    }

    static func refusal(
        _ status: HTTPResponse.Status,
        _ message: String
    ) -> SimulatedAnswer {
        var json = WireBytes()
        json.raw(#"{"UserMessage":"#)
        json.string(message)
        json.raw(#","ErrorCode":"","Errors":[]}"#)
        return SimulatedAnswer(status: status, json: [ByteBuffer(bytes: json.bytes)])
    }
}
