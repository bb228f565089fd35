import LintelModel
import NIOCore

/// Answers one operation: from a request that is read already to the whole answer.
struct EntrataCall: WireCall {
    let simulator: SimulatedPMS
    let portfolio: SyntheticPortfolio
    let service: String
    let request: EntrataRequest
    let paging: Paging
    /// The request's path, as `Link` headers repeat it; nil where the client asked for none.
    let linkPath: String?

    /// The properties the request names, by their PMS ids.
    let properties: [Int]

    /// - Throws: The vendor's refusal of properties that are no numbers.
    init(
        simulator: SimulatedPMS,
        portfolio: SyntheticPortfolio,
        service: String,
        request: EntrataRequest,
        paging: Paging,
        linkPath: String?
    ) throws(SimulatedAnswer) {
        self.simulator = simulator
        self.portfolio = portfolio
        self.service = service
        self.request = request
        self.paging = paging
        self.linkPath = linkPath
        let several = try request.ids("propertyIds") ?? []
        properties = try several + (request.ids("propertyId") ?? [])
    }

    var inBandError: SimulatedAnswer {
        EntrataFormat.refusal(
            500,
            "An unexpected error occurred in \(request.method). Try again later.",
            requestID: request.id
        )
    }

    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        switch (service, request.method) {
        case ("properties", "getProperties"): try propertyList(fault)
        case ("propertyunits", "getPropertyUnits"): try units(fault)
        case ("leases", "getLeases"): try leases(fault)
        case ("leases", "getLeasePickList"): pickList()
        case ("status", "getStatus"): status()
        default:
            throw EntrataFormat.refusal(
                302,
                "The method \(request.method) is not available in \(service).",
                requestID: request.id
            )
        }
    }

    // MARK: Operations

    private func propertyList(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
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

    private func leases(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let asked = properties
        guard let id = asked.first else { throw missing("propertyId") }
        let filter = LeaseFilter(
            statuses: try request.ids("leaseStatusTypeIds").map(EntrataWire.statuses(ofTypes:)),
            leaseIDs: try request.ids("leaseIds").map(Set.init),
            personIDs: try request.ids("customerId").map(Set.init)
        )
        let property = simulator.rendered(try index(ofProperty: id), of: portfolio)
        let selection = property.list("leases").rows(matching: filter)
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
    private func units(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer {
        let asked = properties
        guard !asked.isEmpty else { throw missing("propertyIds") }
        var found: [(index: Int, rendered: RenderedProperty)] = []
        for id in asked {
            let index = try index(ofProperty: id)
            found.append((index, simulator.rendered(index, of: portfolio)))
        }
        let total =
            fault == .emptyList ? 0 : found.reduce(0) { $0 + $1.rendered.list("units").rows.count }
        let page = paging.range(of: total)
        var pieces: [ByteBuffer] = []
        var start = 0
        for (index, rendered) in found {
            let count = fault == .emptyList ? 0 : rendered.list("units").rows.count
            let range = page.clamped(to: start..<start + count)
            let rows = RowSelection(rendered.list("units").rows).pieces(
                range.lowerBound - start..<range.upperBound - start,
                fault: fault
            )
            start += count
            if asked.count > 1, range.isEmpty { continue }
            if !pieces.isEmpty { pieces.append(ByteBuffer(string: ",")) }
            let isSingle = range.count == 1 && !rows.isEmpty
            var opening = WireBytes()
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

    private func pickList() -> SimulatedAnswer {
        let types = EntrataWire.leaseStatusTypes.map { type in
            #"{"@attributes":{"id":\#(type.id),"name":"\#(type.name)","type":"\#(type.type)"}}"#
        }
        return whole(#""leaseStatusTypes":{"leaseStatusType":[\#(types.joined(separator: ","))]}"#)
    }

    private func status() -> SimulatedAnswer {
        whole(#""status":"Success","message":"The service is available.""#)
    }

    // MARK: Envelope

    private func index(ofProperty id: Int) throws(SimulatedAnswer) -> Int {
        guard let index = portfolio.propertyIndex(id: id) else {
            throw EntrataFormat.refusal(
                303,
                "The property \(id) does not exist or is not accessible.",
                requestID: request.id
            )
        }
        return index
    }

    private func missing(_ parameter: String) -> SimulatedAnswer {
        EntrataFormat.refusal(
            303,
            "The required parameter \(parameter) is missing.",
            requestID: request.id
        )
    }

    private func opening() -> WireBytes {
        var json = WireBytes()
        json.raw(#"{"response":{"requestId":"#)
        json.string(request.id)
        json.raw(#","code":200,"result":{"#)
        return json
    }

    private func whole(_ result: String) -> SimulatedAnswer {
        var json = opening()
        json.raw(result)
        json.raw("}}}")
        return SimulatedAnswer(json: [ByteBuffer(bytes: json.bytes)])
    }

    /// A list in its envelope, with what the gateway says of its length.
    private func list(
        opening listOpening: String,
        pieces: [ByteBuffer],
        closing: String,
        total: Int,
        fault: Fault?
    ) -> SimulatedAnswer {
        let stated = fault == .wrongTotal ? total + max(1, total / 10) : total
        var head = opening()
        head.raw(listOpening)
        var tail = WireBytes()
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
        var answer = SimulatedAnswer(
            json: [ByteBuffer(bytes: head.bytes)] + pieces + [ByteBuffer(bytes: tail.bytes)]
        )
        if simulator.options.sendsTotalCount { answer.set("X-Total-Count", "\(stated)") }
        if let linkPath, paging.perPage != nil {
            answer.set("Link", paging.links(path: linkPath, total: stated))
        }
        return answer
    }
}
