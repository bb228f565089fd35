import Foundation
import HTTPTypes
import LintelModel
import NIOCore

/// A request for one of AppFolio's reports.
struct AppFolioReportCall: WireCall {
    private struct Filters: Decodable {
        struct Properties: Decodable {
            var propertiesIds: [String]?
        }

        var properties: Properties?
    }

    private let service: String
    private let portfolio: SyntheticPortfolio
    private let pms: SimulatedPMS
    private let property: Int?
    private let paging: Paging
    private let authority: String

    init(
        _ request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) {
        self.service = service
        self.pms = pms
        portfolio = pms.portfolio
        authority = request.authority
        guard let page = Int(request.parameter("page") ?? "1"), page > 0 else {
            throw AppFolioFormat.refusal(.badRequest, "page must be a number from 1")
        }
        paging = Paging(page: page, perPage: 500)
        if request.method == .get {
            property = request.parameter("property").flatMap { Int($0) }
            return
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let filters = try decoder.decode(
                Filters.self,
                from: Data(request.body.readableBytesView)
            )
            property = filters.properties?.propertiesIds?.first.map { Int($0) ?? 0 }
        } catch {
            throw AppFolioFormat.refusal(.badRequest, "The filters are not understood")
        }
    }

    var properties: [Int] { property.map { [$0] } ?? [] }

    /// Never asked for: the format has no such fault.
    var inBandError: SimulatedAnswer {
        AppFolioFormat.refusal(.internalServerError, "Internal error")
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let slice = ListSlice(try rows(), fault: fault) { paging.range(of: $0) }
        var end = WireBytes()
        end.raw(#"],"next_page_url":"#)
        if paging.page < paging.lastPage(of: slice.count) {
            let own = property.map { "property=\($0)&" } ?? ""
            let report = "http://\(authority)/api/v2/reports/\(service).json"
            end.string("\(report)?\(own)page=\(paging.page + 1)")
        } else {
            end.raw("null")
        }
        end.raw("}")
        return SimulatedAnswer(
            json: [ByteBuffer(string: #"{"results":["#)] + slice.pieces + [
                ByteBuffer(bytes: end.bytes)
            ]
        )
    }

    /// The rows of one property; of all, those of a rent roll that is asked for the property alone, one each.
    private func rows() throws(SimulatedAnswer) -> RowSelection {
        if let property {
            guard let place = portfolio.propertyIndex(id: property) else {
                return RowSelection(pms.renderedProperties(of: portfolio), places: [])
            }
            return RowSelection(pms.rendered(place, of: portfolio).list(service).rows)
        }
        guard service == "rent_roll" else {
            throw AppFolioFormat.refusal(
                .badRequest,
                "The simulator answers for one property at a time"
            )
        }
        return RowSelection(
            RenderedRows(0..<portfolio.shape.properties) { index, json in
                json.raw(#"{"property_id":"#)
                json.number(portfolio.propertyID(at: index))
                json.raw(#","property_name":"#)
                json.string(portfolio.propertyName(at: index))
                json.raw("}")
            }
        )
    }
}
