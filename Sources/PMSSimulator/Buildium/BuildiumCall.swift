import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// A request to Buildium's open API.
struct BuildiumCall: WireCall {
    private let service: String
    private let portfolio: SyntheticPortfolio
    private let pms: SimulatedPMS
    /// The properties asked for, by their places.
    private let places: [Int]
    private let offset: Int
    private let limit: Int
    /// The one tenant asked for.
    private let tenant: Int?
    /// From when on records must have been updated; nil where all are asked for.
    private let updatedFrom: String?

    init(
        _ request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) {
        func number(_ name: String, _ standard: Int) throws(SimulatedAnswer) -> Int {
            guard let text = request.parameter(name) else { return standard }
            guard let number = Int(text), number >= 0 else {
                throw BuildiumFormat.refusal(.badRequest, "\(name) must be a whole number.")
            }
            return number
        }
        self.service = service
        self.pms = pms
        portfolio = pms.portfolio
        offset = try number("offset", 0)
        limit = min(1000, max(1, try number("limit", 50)))
        tenant = request.path.count == 4 ? Int(request.path[3]) : nil
        updatedFrom = request.parameter("lastupdatedfrom")
        if let updatedFrom, (try? Date(updatedFrom, strategy: .iso8601)) == nil {
            throw BuildiumFormat.refusal(
                .badRequest,
                "lastupdatedfrom must be a time as YYYY-MM-DDTHH:MM:SSZ."
            )
        }
        let asked = request.query.filter { $0.name == "propertyids" }
            .flatMap { $0.value.split(separator: ",") }
        var places: [Int] = []
        for text in asked {
            guard let id = Int(text) else {
                throw BuildiumFormat.refusal(.badRequest, "propertyids must be whole numbers.")
            }
            // An unknown property has no records, and is no error.
            if let place = portfolio.propertyIndex(id: id) { places.append(place) }
        }
        self.places = places
        guard service == "rentals" || tenant != nil || asked.count == 1 else {
            throw BuildiumFormat.refusal(
                .badRequest,
                "The simulator answers for one property at a time: propertyids."
            )
        }
    }

    var properties: [Int] { places.map { portfolio.propertyID(at: $0) } }

    /// Never asked for: the format has no such fault.
    var inBandError: SimulatedAnswer {
        BuildiumFormat.refusal(.internalServerError, "An unexpected error occurred.")
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        if let tenant { return try self.tenant(tenant) }
        if service == "rentals" {
            let rows = pms.renderedProperties(of: portfolio)
            return list(RowSelection(rows, places: places.isEmpty ? nil : places), fault)
        }
        guard let place = places.first else {
            return list(RowSelection(pms.renderedProperties(of: portfolio), places: []), fault)
        }
        let whole = pms.rendered(place, of: portfolio).list(service)
        let selection =
            updatedFrom.map { updated(whole, from: $0, ofProperty: place) }
            ?? RowSelection(whole.rows)
        return list(selection, fault)
    }

    /// The rows of a list that were updated at that time or later.
    ///
    /// A lease that changes does not touch its tenants, nor they it, and nobody touches a unit. What did
    /// not change was last updated a month before the portfolio's day.
    private func updated(
        _ list: RenderedList,
        from time: String,
        ofProperty place: Int
    ) -> RowSelection {
        let monthBefore = portfolio.shape.today.adding(days: -30)
        if time <= "\(monthBefore)T00:00:00Z" { return RowSelection(list.rows) }
        let (changes, updatedAt) = pms.changes(ofProperty: place, in: portfolio)
        guard time <= updatedAt, service != "units" else {
            return RowSelection(list.rows, places: [])
        }
        return list.rows(
            matching: service == "leases"
                ? LeaseFilter(leaseIDs: changes.leases) : LeaseFilter(personIDs: changes.people)
        )
    }

    private func list(_ selection: RowSelection, _ fault: Fault?) -> SimulatedAnswer {
        let slice = ListSlice(selection, fault: fault) { count in
            min(offset, count)..<min(offset + limit, count)
        }
        var answer = SimulatedAnswer(
            json: [ByteBuffer(string: "[")] + slice.pieces + [ByteBuffer(string: "]")]
        )
        answer.set("X-Total-Count", "\(slice.total)")
        return answer
    }

    private func tenant(_ id: Int) throws(SimulatedAnswer) -> SimulatedAnswer {
        for place in 0..<portfolio.shape.properties {
            let list = pms.rendered(place, of: portfolio).list("tenants")
            let found = list.rows(matching: LeaseFilter(personIDs: [id]))
            if found.count > 0 { return SimulatedAnswer(json: found.pieces(0..<1)) }
        }
        throw BuildiumFormat.refusal(.notFound, "The tenant does not exist.")
    }
}
