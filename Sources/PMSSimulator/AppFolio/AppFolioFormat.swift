import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// AppFolio's Stack interface, `/api/v0/…`, and two of its reports, `/api/v2/reports/….json`.
///
/// Everything counts as last updated on the portfolio's day.
struct AppFolioFormat: WireFormat {
    let vendor = "appfolio"
    let services = ["properties", "units", "tenants"] + reports
    static let reports = ["rent_roll", "tenant_directory"]
    /// There are no dates of a lease, so that nobody can stay on after its end.
    let extras = PortfolioExtra.common.subtracting([.holdovers])
    let residentService = "tenants"
    /// AppFolio reports errors by HTTP status.
    ///
    /// It states no length of its lists, so that one with fewer rows is no fault but another truth.
    let faults = Fault.allCases.filter { ![.inBandError, .wrongTotal, .shortPage].contains($0) }

    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String {
        if request.method == .get, request.path.count == 3,
            request.path.starts(with: ["api", "v0"]), services.contains(request.path[2])
        {
            return request.path[2]
        }
        // The first page is asked for with filters, another by its address.
        if Self.isReport(request), request.path.count == 4,
            request.method == (request.parameter("page") == nil ? .post : .get),
            let report = Self.reports.first(where: { "\($0).json" == request.path[3] })
        {
            return report
        }
        throw Self.refusal(.notFound, "Not found")
    }

    /// No number is published; clients keep to these.
    func limits(of service: String) -> RateLimiter.Group {
        Self.reports.contains(service)
            ? RateLimiter.Group(
                name: "Reports",
                windows: [RateLimiter.Window(name: "15 SECONDS", limit: 7, length: 15)]
            )
            : RateLimiter.Group(
                name: "Stack",
                windows: [RateLimiter.Window(name: "MINUTE", limit: 200, length: 60)]
            )
    }

    private static func isReport(_ request: SimulatedRequest) -> Bool {
        request.path.starts(with: ["api", "v2", "reports"])
    }

    func credential(of request: SimulatedRequest) -> String? {
        if Self.isReport(request) { return request.basicCredential }
        // The server knows the header in this spelling alone.
        let isNamed = request.headers.contains { $0.name.rawName == "X-AppFolio-Developer-ID" }
        return isNamed ? request.basicCredential : nil
    }

    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall {
        guard credential(of: request) != nil else {
            throw Self.refusal(.unauthorized, "Required header missing")
        }
        if Self.isReport(request) {
            return try AppFolioReportCall(request, service: service, on: pms)
        }
        return try AppFolioCall(request, service: service, on: pms)
    }

    func tooManyRequests() -> SimulatedAnswer {
        Self.refusal(.tooManyRequests, "Too many requests")
    }

    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        RenderedRows(0..<portfolio.shape.properties) { index, json in
            json.raw(#"{"Id":""#)
            json.raw(SimulatedGUID.text(.property, portfolio.propertyID(at: index)))
            json.raw(#"","Name":"#)
            json.string(portfolio.propertyName(at: index))
            json.raw(#","PropertyType":"Multi-Family","HiddenAt":null}"#)
        }
    }

    func lists(of property: SyntheticProperty) -> [String: RenderedList] {
        let id = SimulatedGUID.text(.property, property.id)
        let units = RenderedRows(property.units) { unit, json in
            json.raw(#"{"Id":""#)
            json.raw(SimulatedGUID.text(.unit, unit.id))
            json.raw(#"","PropertyId":""#)
            json.raw(id)
            json.raw(#"","Name":"#)
            json.string(property.code(of: unit))
            json.raw(#","MarketRent":""#)
            json.number(PlantedFacts.rent)
            json.raw(#".00","HiddenAt":null}"#)
        }
        let people = property.leases.flatMap { lease in lease.people.map { (lease, $0) } }
        let tenants = RenderedRows(people) { row, json in
            AppFolioWire.tenant(row.1, on: row.0, of: property, in: &json)
        }
        // A rent roll has a row for every unit, and one for each lease.
        let rentRoll = RenderedRows(
            property.units + property.leases.map { property.units[$0.unit] }
        ) { unit, json in
            AppFolioWire.rentRollRow(unit, of: property, in: &json)
        }
        let directory = RenderedRows(people) { row, json in
            AppFolioWire.directoryRow(row.1, on: row.0, of: property, in: &json)
        }
        return [
            "rent_roll": RenderedList(rentRoll),
            "tenant_directory": RenderedList(directory),
            "units": RenderedList(units),
            "tenants": RenderedList(tenants, ofPeopleOn: property.leases),
        ]
    }

    static func refusal(_ status: HTTPResponse.Status, _ words: String) -> SimulatedAnswer {
        SimulatedAnswer(status: status, json: #"{"error":"\#(words)"}"#)
    }
}

/// A request to AppFolio.
struct AppFolioCall: WireCall {
    private let service: String
    private let portfolio: SyntheticPortfolio
    private let pms: SimulatedPMS
    private let property: Int?
    private let people: Set<Int>?
    private let paging: Paging
    private let asksForNothing: Bool
    /// The query without its page, repeated in the path of the next one.
    private let query: String

    init(
        _ request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) {
        guard let since = request.parameter("filters[LastUpdatedAtFrom]") else {
            throw AppFolioFormat.refusal(.badRequest, "At least one filter is required")
        }
        self.service = service
        self.pms = pms
        portfolio = pms.portfolio
        asksForNothing = since > "\(pms.portfolio.shape.today)T23:59:59Z"
        property = request.parameter("filters[PropertyId]").map {
            SimulatedGUID.number(.property, $0) ?? 0
        }
        people = request.parameter("filters[Id]").map { text in
            Set(text.split(separator: ",").compactMap { SimulatedGUID.number(.person, $0) })
        }
        guard let page = Int(request.parameter("page[number]") ?? "1"),
            let size = Int(request.parameter("page[size]") ?? "1000"), page > 0, size > 0
        else {
            throw AppFolioFormat.refusal(.badRequest, "page must be numbers from 1")
        }
        // The server gives fewer than are asked for.
        paging = Paging(page: page, perPage: min(size, 500))
        query = request.query.filter { $0.name != "page[number]" }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    var properties: [Int] { property.map { [$0] } ?? [] }

    /// Never asked for: the format has no such fault.
    var inBandError: SimulatedAnswer {
        AppFolioFormat.refusal(.internalServerError, "Internal error")
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let selection = try rows()
        let slice = ListSlice(selection, fault: fault) { paging.range(of: $0) }
        var end = WireBytes()
        end.raw(#"],"next_page_path":"#)
        if paging.page < paging.lastPage(of: slice.count) {
            end.string("/api/v0/\(service)?\(query)&page[number]=\(paging.page + 1)")
        } else {
            end.raw("null")
        }
        end.raw("}")
        return SimulatedAnswer(
            json: [ByteBuffer(string: #"{"data":["#)] + slice.pieces + [
                ByteBuffer(bytes: end.bytes)
            ]
        )
    }

    private func rows() throws(SimulatedAnswer) -> RowSelection {
        let all = pms.renderedProperties(of: portfolio)
        if asksForNothing { return RowSelection(all, places: []) }
        if service == "properties" { return RowSelection(all) }
        if let people {
            // People are asked for by id over the whole portfolio; the first property that has one answers.
            for place in 0..<portfolio.shape.properties {
                let found = pms.rendered(place, of: portfolio).list(service)
                    .rows(matching: LeaseFilter(personIDs: people))
                if found.count > 0 { return found }
            }
            return RowSelection(all, places: [])
        }
        guard let property else {
            throw AppFolioFormat.refusal(
                .badRequest,
                "The simulator answers for one property at a time"
            )
        }
        guard let place = portfolio.propertyIndex(id: property) else {
            return RowSelection(all, places: [])
        }
        return RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
    }
}
