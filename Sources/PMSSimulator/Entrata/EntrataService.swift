import LintelModel
import NIOCore

/// Answers one operation: from a request that is read already to the whole answer.
struct EntrataService {
    let simulator: EntrataSimulator
    let portfolio: SyntheticPortfolio
    let service: String
    let request: EntrataRequest
    let paging: Paging
    /// The request's path, as `Link` headers repeat it; nil where the client asked for none.
    let linkPath: String?

    /// The properties the request names, by their PMS ids.
    func propertiesAsked() throws(EntrataError) -> [Int] {
        let several = try request.ids("propertyIds") ?? []
        return try several + (request.ids("propertyId") ?? [])
    }

    func answer(fault: Fault?) throws(EntrataError) -> EntrataAnswer {
        switch (service, request.method) {
        case ("properties", "getProperties"): try properties(fault)
        case ("propertyunits", "getPropertyUnits"): try units(fault)
        case ("leases", "getLeases"): try leases(fault)
        case ("leases", "getLeasePickList"): pickList()
        case ("status", "getStatus"): status()
        default:
            throw EntrataError(
                code: 302,
                message: "The method \(request.method) is not available in \(service).",
                requestID: request.id
            )
        }
    }

    // MARK: Operations

    private func properties(_ fault: Fault?) throws(EntrataError) -> EntrataAnswer {
        let rows = simulator.renderedProperties(of: portfolio)
        let wanted = try request.ids("propertyIds")
        let selection = RowSelection(
            rows,
            places: wanted.map { ids in ids.compactMap(portfolio.propertyIndex(id:)) }
        )
        let total = fault == .emptyList ? 0 : selection.count
        let pieces = selection.pieces(paging.range(of: total), fault: fault)
        return list(
            opening: #""PhysicalProperty":{"Property":["#,
            pieces: pieces,
            closing: "]}",
            total: total,
            fault: fault
        )
    }

    private func leases(_ fault: Fault?) throws(EntrataError) -> EntrataAnswer {
        let asked = try propertiesAsked()
        guard let id = asked.first else { throw missing("propertyId") }
        let filter = LeaseFilter(
            statusTypeIDs: try request.ids("leaseStatusTypeIds").map(Set.init),
            leaseIDs: try request.ids("leaseIds").map(Set.init),
            customerIDs: try request.ids("customerId").map(Set.init)
        )
        let property = simulator.rendered(try index(ofProperty: id), of: portfolio)
        let selection = property.leases(matching: filter)
        let total = fault == .emptyList ? 0 : selection.count
        return list(
            opening: #""currencyCode":"USD","leases":{"lease":["#,
            pieces: selection.pieces(paging.range(of: total), fault: fault),
            closing: "]}",
            total: total,
            fault: fault
        )
    }

    /// Units of one or several properties, paged over all of them; a list of one stands as an object.
    private func units(_ fault: Fault?) throws(EntrataError) -> EntrataAnswer {
        let asked = try propertiesAsked()
        guard !asked.isEmpty else { throw missing("propertyIds") }
        var properties: [(index: Int, rendered: RenderedProperty)] = []
        for id in asked {
            let index = try index(ofProperty: id)
            properties.append((index, simulator.rendered(index, of: portfolio)))
        }
        let total = fault == .emptyList ? 0 : properties.reduce(0) { $0 + $1.rendered.units.count }
        let page = paging.range(of: total)
        var pieces: [ByteBuffer] = []
        var start = 0
        for (index, rendered) in properties {
            let count = fault == .emptyList ? 0 : rendered.units.count
            let range = page.clamped(to: start..<start + count)
            let rows = RowSelection(rendered.units).pieces(
                range.lowerBound - start..<range.upperBound - start,
                fault: fault
            )
            start += count
            if asked.count > 1, range.isEmpty { continue }
            if !pieces.isEmpty { pieces.append(RowSelection.comma) }
            let isSingle = range.count == 1 && !rows.isEmpty
            var opening = JSONBytes()
            opening.raw(#"{"propertyId":"#)
            opening.number(portfolio.propertyID(at: index))
            opening.raw(#","propertyName":"#)
            opening.string(portfolio.propertyName(at: index))
            opening.raw(#","unitCount":"#)
            opening.number(count)
            opening.raw(#","buildingCount":"#)
            opening.number(rendered.buildingCount)
            opening.raw(#","units":{"unit":"#)
            opening.raw(isSingle ? "" : "[")
            pieces.append(ByteBuffer(bytes: opening.bytes))
            pieces += rows
            pieces.append(ByteBuffer(string: isSingle ? "}}" : "]}}"))
        }
        let isList = asked.count > 1
        return list(
            opening: #""properties":{"property":"# + (isList ? "[" : ""),
            pieces: pieces,
            closing: isList ? "]}" : "}",
            total: total,
            fault: fault
        )
    }

    private func pickList() -> EntrataAnswer {
        let types = EntrataWire.leaseStatusTypes.map { type in
            #"{"@attributes":{"id":\#(type.id),"name":"\#(type.name)","type":"\#(type.type)"}}"#
        }
        return whole(#""leaseStatusTypes":{"leaseStatusType":[\#(types.joined(separator: ","))]}"#)
    }

    private func status() -> EntrataAnswer {
        whole(#""status":"Success","message":"The service is available.""#)
    }

    // MARK: Envelope

    private func index(ofProperty id: Int) throws(EntrataError) -> Int {
        guard let index = portfolio.propertyIndex(id: id) else {
            throw EntrataError(
                code: 303,
                message: "The property \(id) does not exist or is not accessible.",
                requestID: request.id
            )
        }
        return index
    }

    private func missing(_ parameter: String) -> EntrataError {
        EntrataError(
            code: 303,
            message: "The required parameter \(parameter) is missing.",
            requestID: request.id
        )
    }

    private func opening() -> JSONBytes {
        var json = JSONBytes()
        json.raw(#"{"response":{"requestId":"#)
        json.string(request.id)
        json.raw(#","code":200,"result":{"#)
        return json
    }

    private func whole(_ result: String) -> EntrataAnswer {
        var json = opening()
        json.raw(result)
        json.raw("}}}")
        return EntrataAnswer(json: [ByteBuffer(bytes: json.bytes)])
    }

    /// A list in its envelope, with what the gateway says of its length.
    private func list(
        opening listOpening: String,
        pieces: [ByteBuffer],
        closing: String,
        total: Int,
        fault: Fault?
    ) -> EntrataAnswer {
        let stated = fault == .wrongTotal ? total + max(1, total / 10) : total
        var head = opening()
        head.raw(listOpening)
        var tail = JSONBytes()
        tail.raw(closing)
        if simulator.options.sendsMeta, let perPage = paging.perPage {
            tail.raw(#","meta":{"currentPage":"#)
            tail.number(paging.page)
            tail.raw(#","lastPage":"#)
            tail.number(paging.lastPage(of: stated))
            tail.raw(#","perPage":"#)
            tail.number(perPage)
            tail.raw(#","total":"#)
            tail.number(stated)
            tail.raw("}")
        }
        tail.raw("}}}")
        var answer = EntrataAnswer(
            json: [ByteBuffer(bytes: head.bytes)] + pieces + [ByteBuffer(bytes: tail.bytes)]
        )
        if simulator.options.sendsTotalCount { answer.set("X-Total-Count", "\(stated)") }
        if let linkPath, paging.perPage != nil {
            answer.set("Link", paging.links(path: linkPath, total: stated))
        }
        return answer
    }
}
