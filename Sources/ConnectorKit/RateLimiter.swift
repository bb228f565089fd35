/// Holds requests back so that a vendor's limits are kept, for all requests of one credential.
///
/// Two kinds of limits. The rates that the vendor publishes are kept without being told: a request waits
/// for its turn, first come, first served, however long that takes, and is never refused for it. What
/// the vendor says itself, in headers or by a refusal, is counted for each service apart, as the vendor
/// does.
package actor RateLimiter {
    private let sleeper: any Sleeper
    private let longestWaitMilliseconds: Int
    private let pauseMilliseconds: Int
    private let rates: [VendorLimits.Rate]
    /// The places of each of ``rates``.
    private var places: [RatePlaces]
    private var services: [String: RateWindows] = [:]
    private var lastRequest = 0
    /// By request: ended once it is that request's turn.
    private var turns: [Int: AsyncStream<Never>.Continuation] = [:]
    /// By request: the place it was given while it waited.
    private var given: [Int: RatePlaces.Place] = [:]

    /// Makes a limiter for one credential; it waits for what the vendor says as long as the retries of
    /// `limits` may wait, and refuses beyond that.
    package init(sleeper: any Sleeper, limits: VendorLimits) {
        self.sleeper = sleeper
        longestWaitMilliseconds = limits.retry.longestWaitMilliseconds
        pauseMilliseconds = limits.pauseMilliseconds
        rates = limits.rates
        places = limits.rates.map(RatePlaces.init)
    }

    /// How many requests wait for their turn.
    package var waitingCount: Int { turns.count }

    /// Returns when a request to that service may go out; each call that returns is followed by one
    /// ``finish``.
    ///
    /// - Throws: ``ConnectorError`` with the code `rateLimited` and the seconds to wait where the vendor
    ///   asks for more than this limiter waits, `unavailable` when cancelled.
    package func begin(_ service: String, attempting attempt: String) async throws(ConnectorError) {
        var taken: [(rate: Int, place: RatePlaces.Place)] = []
        do throws(ConnectorError) {
            for rate in rates.indices where rates[rate].counts(service) {
                let place = try await place(of: rate, attempting: attempt)
                taken.append((rate, place))
                let wait = places[rate].wait(for: place, at: sleeper.now())
                if wait > 0 { try await pause(wait, attempting: attempt) }
            }
            try await waitAsTold(service, attempting: attempt)
        } catch {
            for (rate, place) in taken { pass(on: places[rate].giveBack(place)) }
            throw error
        }
        windows(of: service) { $0.begin() }
    }

    /// Notes the answer of a request, or that none came.
    package func finish(_ service: String, _ response: HTTPExchangeResponse?) {
        let now = sleeper.now()
        for rate in rates.indices where rates[rate].counts(service) {
            pass(on: places[rate].finish(at: now))
        }
        windows(of: service) { $0.finish(response, at: now) }
    }

    /// Notes that the vendor refused for its limit in words of its own.
    package func block(_ service: String, seconds: Int?) {
        let now = sleeper.now()
        windows(of: service) { $0.block(seconds: seconds, at: now) }
    }

    // MARK: What the vendor says

    private func windows<Result>(of service: String, _ use: (inout RateWindows) -> Result) -> Result
    {
        use(&services[service, default: RateWindows(pauseMilliseconds: pauseMilliseconds)])
    }

    private func waitAsTold(
        _ service: String,
        attempting attempt: String
    ) async throws(ConnectorError) {
        var waited = 0
        while true {
            let now = sleeper.now()
            let wait = windows(of: service) { $0.wait(at: now) }
            guard wait > 0 else { return }
            guard waited + wait <= longestWaitMilliseconds else {
                let seconds = (wait + 999) / 1000
                throw ConnectorError(
                    .rateLimited,
                    attempting: attempt,
                    "the vendor's limit is reached; it allows more in \(seconds) s",
                    retryAfterSeconds: seconds
                )
            }
            try await pause(wait, attempting: attempt)
            waited += wait
        }
    }

    private func pause(
        _ milliseconds: Int,
        attempting attempt: String
    ) async throws(ConnectorError) {
        do {
            try await sleeper.sleep(milliseconds: milliseconds)
        } catch {
            throw Self.cancelled(attempt)
        }
    }

    private static func cancelled(_ attempt: String) -> ConnectorError {
        ConnectorError(.unavailable, attempting: attempt, "cancelled while waiting")
    }

    // MARK: Turns

    private func place(
        of rate: Int,
        attempting attempt: String
    ) async throws(ConnectorError) -> RatePlaces.Place {
        lastRequest += 1
        let request = lastRequest
        if let place = places[rate].take(for: request) { return place }
        let (turn, continuation) = AsyncStream.makeStream(of: Never.self)
        turns[request] = continuation
        // Ends with the turn, or when cancelled.
        for await _ in turn {}
        turns[request] = nil
        guard let place = given.removeValue(forKey: request) else {
            places[rate].leave(request)
            throw Self.cancelled(attempt)
        }
        return place
    }

    private func pass(on next: (request: Int, place: RatePlaces.Place)?) {
        guard let next else { return }
        given[next.request] = next.place
        turns[next.request]?.finish()
    }
}
