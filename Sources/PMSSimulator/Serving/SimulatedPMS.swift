import LintelModel
import Synchronization

/// Serves one vendor's wire format from a synthetic portfolio, from memory, with faults on demand.
///
/// It takes any credential, and can be broken and moved on in time while it runs.
package final class SimulatedPMS: Sendable {
    /// Everything that changes while it serves.
    private struct State {
        var portfolio: SyntheticPortfolio
        /// What was served before, and until when; nil where nothing else was.
        var before: (portfolio: SyntheticPortfolio, until: Timestamp)?
        var fault: FaultPlan?
        var limiter = RateLimiter()
        var requests: [String: Int] = [:]
        var propertyRows: RenderedRows?
        var rendered: [Int: RenderedProperty] = [:]
        /// The places of `rendered`, oldest first.
        var order: [Int] = []
        var renderedBytes = 0

        mutating func forgetRendered() {
            propertyRows = nil
            rendered = [:]
            order = []
            renderedBytes = 0
        }
    }

    /// Whose format is served.
    package let vendor: SimulatedVendor
    let options: Options
    private let state: Mutex<State>

    package init(
        _ vendor: SimulatedVendor,
        portfolio: SyntheticPortfolio,
        options: Options = Options()
    ) {
        self.vendor = vendor
        self.options = options
        state = Mutex(State(portfolio: portfolio, fault: options.fault))
    }

    // MARK: Control

    /// What is served now.
    package var portfolio: SyntheticPortfolio { state.withLock { $0.portfolio } }

    /// The fault in force, with the requests it still strikes; nil for none.
    package var fault: FaultPlan? { state.withLock { $0.fault } }

    /// Breaks the PMS from the next request on; nil mends it.
    package func setFault(_ plan: FaultPlan?) {
        state.withLock { $0.fault = plan }
    }

    /// Serves the same portfolio with that churn from the next request on; 0 is the portfolio itself.
    ///
    /// - Throws: ``PortfolioShapeError`` for a share outside 0…100.
    package func setChurn(percent: Double) throws(PortfolioShapeError) {
        serve(SyntheticPortfolio(shape: try portfolio.shape.churned(percent: percent)))
    }

    /// Serves another portfolio from the next request on.
    package func serve(_ portfolio: SyntheticPortfolio) {
        let now = options.now()
        state.withLock { state in
            guard state.portfolio != portfolio else { return }
            state.before = (state.portfolio, now)
            state.portfolio = portfolio
            state.forgetRendered()
        }
    }

    /// How many requests for that service have come in, whatever they were answered.
    package func requestCount(service: String) -> Int {
        state.withLock { $0.requests[service] ?? 0 }
    }

    /// How many requests were refused for a limit; a fault that looks like one is not counted.
    package var refusedCount: Int { state.withLock { $0.limiter.refused } }

    // MARK: What requests need

    /// Counts a request and takes it out of the limits, where there are any.
    func admit(service: String, credential: String) -> RateLimiter.Verdict? {
        let now = options.uptime()
        let limits = vendor.format.limits(of: service)
        return state.withLock { state in
            state.requests[service, default: 0] += 1
            guard options.limits else { return nil }
            return state.limiter.take(limits, credential, at: now)
        }
    }

    /// What of a property changed, and when it counts as updated: what churn changed in the last second of
    /// the portfolio's day, or when it came to be served where that is later.
    func changes(
        ofProperty index: Int,
        in portfolio: SyntheticPortfolio
    ) -> (records: PropertyChanges, updatedAt: String) {
        let before = state.withLock { $0.before }
        let property = portfolio.property(at: index)
        var changes = PropertyChanges()
        if let plain = try? portfolio.shape.churned(percent: 0) {
            changes.add(property, since: SyntheticPortfolio(shape: plain).property(at: index))
        }
        let dayEnd = "\(portfolio.shape.today)T23:59:59Z"
        guard let before else { return (changes, dayEnd) }
        if before.portfolio.shape.properties > index {
            changes.add(property, since: before.portfolio.property(at: index))
        }
        return (changes, max(dayEnd, before.until.iso8601))
    }

    func strike(service: String, properties: [Int]) -> Fault? {
        let resident = vendor.format.residentService
        return state.withLock { state in
            state.fault?.strike(service: service, properties: properties, usually: resident)
        }
    }

    /// One property of that portfolio, rendered on its first request and kept within the bound.
    func rendered(_ index: Int, of portfolio: SyntheticPortfolio) -> RenderedProperty {
        let known = state.withLock { state in
            state.portfolio == portfolio ? state.rendered[index] : nil
        }
        if let known { return known }
        let fresh = RenderedProperty(portfolio.property(at: index), in: vendor.format)
        state.withLock { state in
            guard state.portfolio == portfolio, state.rendered[index] == nil else { return }
            state.rendered[index] = fresh
            state.order.append(index)
            state.renderedBytes += fresh.byteCount
            var evicted = 0
            while state.renderedBytes > options.renderedBytesKept, evicted < state.order.count - 1 {
                let oldest = state.order[evicted]
                state.renderedBytes -= state.rendered.removeValue(forKey: oldest)?.byteCount ?? 0
                evicted += 1
            }
            state.order.removeFirst(evicted)
        }
        return fresh
    }

    /// The list of that portfolio's properties, rendered on its first request.
    func renderedProperties(of portfolio: SyntheticPortfolio) -> RenderedRows {
        let known = state.withLock { state in
            state.portfolio == portfolio ? state.propertyRows : nil
        }
        if let known { return known }
        let fresh = vendor.format.properties(of: portfolio)
        state.withLock { state in
            if state.portfolio == portfolio { state.propertyRows = fresh }
        }
        return fresh
    }

    /// Renders what the bound allows, so that no request waits for it.
    @concurrent
    func renderAhead() async {
        let portfolio = portfolio
        _ = renderedProperties(of: portfolio)
        for index in 0..<portfolio.shape.properties {
            if Task.isCancelled { return }
            let bytes = state.withLock { $0.renderedBytes }
            // Beyond the bound, rendering on would only evict what was rendered first.
            if bytes > options.renderedBytesKept - options.renderedBytesKept / 16 { return }
            _ = rendered(index, of: portfolio)
        }
    }
}
