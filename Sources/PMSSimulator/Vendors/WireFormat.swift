/// One vendor's wire format: how its requests are read, and how the portfolio is written.
///
/// Everything that is not the vendor's own, such as faults, limits, keeping what was rendered and
/// answering over the wire, is the simulator's.
protocol WireFormat: Sendable {
    /// The vendor's id in the catalogue of connectors.
    var vendor: String { get }
    /// What faults, limits and counts go by, such as the last part of a path.
    var services: [String] { get }
    /// The service that a fault strikes unless told otherwise: the one that carries residents.
    var residentService: String { get }
    /// The faults that this format can show.
    var faults: [Fault] { get }
    /// What this format can say beside what every one can.
    var extras: Set<PortfolioExtra> { get }
    /// How often one credential may ask for a service and those that are counted with it.
    func limits(of service: String) -> RateLimiter.Group

    /// The service that a request is for.
    ///
    /// - Throws: The answer to a request that is for none.
    func service(of request: SimulatedRequest) throws(SimulatedAnswer) -> String
    /// What the client proves itself by; nil where it sends nothing of the kind.
    func credential(of request: SimulatedRequest) -> String?
    /// What a request asks for, ready to be answered.
    ///
    /// - Throws: The answer to a request that cannot be answered.
    func call(
        of request: SimulatedRequest,
        service: String,
        on pms: SimulatedPMS
    ) throws(SimulatedAnswer) -> any WireCall
    /// The answer to a request beyond the limits; `Retry-After` is added.
    func tooManyRequests() -> SimulatedAnswer
    /// Adds what the vendor says of its limits with each answer.
    func tell(_ verdict: RateLimiter.Verdict, in answer: inout SimulatedAnswer)

    /// The list of properties, rendered.
    func properties(of portfolio: SyntheticPortfolio) -> RenderedRows
    /// Every list served about a property, by the name under which calls ask for it, rendered.
    func lists(of property: SyntheticProperty) -> [String: RenderedList]
}

extension WireFormat {
    var extras: Set<PortfolioExtra> { PortfolioExtra.common }

    func limits(of service: String) -> RateLimiter.Group {
        RateLimiter.Group(name: "", windows: [])
    }

    func tell(_ verdict: RateLimiter.Verdict, in answer: inout SimulatedAnswer) {}
}

/// A request as its vendor understands it.
protocol WireCall {
    /// The properties it asks for, by their ids in the portfolio.
    var properties: [Int] { get }
    /// The vendor's way to fail under HTTP 200.
    var inBandError: SimulatedAnswer { get }
    /// The whole answer, as a fault of lists leaves it.
    ///
    /// - Throws: The vendor's refusal.
    func answer(_ fault: Fault?) throws(SimulatedAnswer) -> SimulatedAnswer
}
