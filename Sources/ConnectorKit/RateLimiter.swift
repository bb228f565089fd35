/// Holds requests back so that a vendor's limits are kept, for all requests of one credential.
///
/// Limits are counted for each service of the vendor apart, as the vendor counts them.
package actor RateLimiter {
    private let sleeper: any Sleeper
    private let longestWaitMilliseconds: Int
    private var services: [String: RateWindows] = [:]

    /// Makes a limiter that waits itself up to `longestWaitMilliseconds` and refuses beyond that.
    package init(sleeper: any Sleeper, longestWaitMilliseconds: Int = 60_000) {
        self.sleeper = sleeper
        self.longestWaitMilliseconds = longestWaitMilliseconds
    }

    /// Returns when a request to that service may go out; each call is followed by one ``finish``.
    ///
    /// - Throws: ``ConnectorError`` with the code `rateLimited` and the seconds to wait where that is
    ///   longer than this limiter waits, `unavailable` when cancelled.
    package func begin(_ service: String, attempting attempt: String) async throws(ConnectorError) {
        var waited = 0
        while true {
            let wait = services[service, default: RateWindows()].wait(at: sleeper.now())
            if wait == 0 {
                services[service, default: RateWindows()].begin()
                return
            }
            guard waited + wait <= longestWaitMilliseconds else {
                let seconds = (wait + 999) / 1000
                throw ConnectorError(
                    .rateLimited,
                    attempting: attempt,
                    "the vendor's limit is reached; it allows more in \(seconds) s",
                    retryAfterSeconds: seconds
                )
            }
            do {
                try await sleeper.sleep(milliseconds: wait)
            } catch {
                throw ConnectorError(.unavailable, attempting: attempt, "cancelled while waiting")
            }
            waited += wait
        }
    }

    /// Notes the answer of a request, or that none came.
    package func finish(_ service: String, _ response: HTTPExchangeResponse?) {
        services[service, default: RateWindows()].finish(response, at: sleeper.now())
    }

    /// Notes that the vendor refused for its limit in words of its own.
    package func block(_ service: String, seconds: Int?) {
        services[service, default: RateWindows()].block(seconds: seconds, at: sleeper.now())
    }
}
