import HTTPTypes
import LintelModel
import NIOCore

/// Entrata's gateway (`/ext/orgs/{org}/v1/{service}`) and the older access (`/api/v1/{service}`).
struct EntrataFormat: WireFormat {
    let vendor = "entrata"
    let services = ["properties", "propertyunits", "leases", "status"]
    let residentService = "leases"
    let faults = Fault.allCases
    let extras = Set(PortfolioExtra.allCases)
    /// As the vendor states them in its headers, for each service apart.
    private let windows = [
        RateLimiter.Window(name: "DAY", limit: 15_000, length: 86_400),
        RateLimiter.Window(name: "HOUR", limit: 1_000, length: 3_600),
        RateLimiter.Window(name: "MINUTE", limit: 150, length: 60),
    ]

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        let path = request.path
        let service: String
        switch path.count {
        case 5 where path[0] == "ext" && path[1] == "orgs" && path[3] == "v1": service = path[4]
        case 3 where path[0] == "api" && path[1] == "v1": service = path[2]
        default: throw SimulatedAnswer(status: .notFound, html: "<h1>Not Found</h1>")
        }
        guard request.method == .post else {
            throw SimulatedAnswer(status: .methodNotAllowed, html: "<h1>Method Not Allowed</h1>")
        }
        return service
    }

    func credential(of request: SimulatedRequest) -> String? {
        if let key = request.header("X-Api-Key"), !key.isEmpty { return key }
        return request.basicCredential
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        let entrata = try EntrataRequest(request.body)
        guard credential(of: request) != nil else {
            throw Self.refusal(
                401,
                "Authentication failed: no API key and no user name were sent.",
                requestID: entrata.id
            )
        }
        let wantsLinks = request.header("X-Send-Pagination-Links") == "1"
        return try EntrataCall(
            simulator: pms,
            portfolio: pms.portfolio,
            service: service,
            request: entrata,
            paging: Self.paging(of: request, requestID: entrata.id),
            linkPath: wantsLinks ? "http://\(request.authority)\(request.rawPath)" : nil
        )
    }

    func tooManyRequests() -> SimulatedAnswer {
        var answer = Self.refusal(429, "Too many requests. Try again later.")
        answer.status = .tooManyRequests
        return answer
    }

    func limits(of service: String) -> RateLimiter.Group {
        RateLimiter.Group(name: service, windows: windows)
    }

    func tell(_ verdict: RateLimiter.Verdict, in answer: inout SimulatedAnswer) {
        func joined(_ numbers: [Int]) -> String {
            zip(numbers, windows).map { "\($0)/\($1.name)" }.joined(separator: ";")
        }
        answer.set("X-RateLimit-Limit", joined(windows.map(\.limit)))
        answer.set("X-RateLimit-Remaining", joined(verdict.remaining))
        answer.set("X-RateLimit-Reset", verdict.reset.map(String.init).joined(separator: ";"))
    }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            EntrataWire.property(index, of: portfolio, in: &json)
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let statuses = property.statuses
        let units = RenderedRows(property.units.indices) { place, json in
            EntrataWire.unit(
                property.units[place],
                of: property,
                availability: EntrataWire.availability(statuses[place]),
                in: &json
            )
        }
        let leases = RenderedRows(property.leases) { lease, json in
            EntrataWire.lease(lease, of: property, in: &json)
        }
        return [
            "units": RenderedList(units),
            "leases": RenderedList(leases, ofLeases: property.leases),
        ]
    }

    /// An error as the vendor states it: in the body, under HTTP 200.
    static func refusal(
        _ code: Int,
        _ message: String,
        requestID: String = ""
    ) -> SimulatedAnswer {
        var json = WireBytes()
        json.raw(#"{"response":{"requestId":"#)
        json.string(requestID)
        json.raw(#","error":{"code":"#)
        json.number(code)
        json.raw(#","message":"#)
        json.string(message)
        json.raw("}}}")
        return SimulatedAnswer(json: [ByteBuffer(bytes: json.bytes)])
    }

    private static func paging(
        of request: SimulatedRequest,
        requestID: String
    ) throws(SimulatedAnswer) -> Paging {
        func number(_ name: String) throws(SimulatedAnswer) -> Int? {
            guard let text = request.parameter(name) else { return nil }
            guard let number = Int(text), number > 0 else {
                throw refusal(
                    303,
                    "Invalid value for \(name): expected a whole number from 1.",
                    requestID: requestID
                )
            }
            return number
        }
        return Paging(page: try number("page_no") ?? 1, perPage: try number("per_page"))
    }
}
