/// Sends reads the way a vendor can live with: within its limits, tried again when that may help.
package struct ReadClient: Sendable {
    private let transport: any HTTPTransport
    private let sleeper: any Sleeper
    private let limiter: RateLimiter
    private let limits: VendorLimits

    /// Makes the client of one credential, for all of its requests.
    package init(environment: ConnectorEnvironment, limits: VendorLimits) {
        transport = environment.transport
        sleeper = environment.sleeper
        limiter = RateLimiter(sleeper: environment.sleeper, limits: limits)
        self.limits = limits
    }

    /// Sends a request that changes nothing and gives what `interpret` makes of the answer.
    ///
    /// - Parameters:
    ///   - request: The request; it may be sent several times, each with the vendor's time to answer.
    ///   - service: What the vendor counts its limits by.
    ///   - attempt: What is attempted, for errors.
    ///   - interpret: Judges each answer; what it throws decides whether the read is tried again.
    /// - Returns: What `interpret` made of the answer.
    /// - Throws: ``ConnectorError``, the last one where all tries failed.
    package func read<Answer>(
        _ request: HTTPExchangeRequest,
        service: String,
        attempting attempt: String,
        interpret: (HTTPExchangeResponse) throws(ConnectorError) -> Answer
    ) async throws(ConnectorError) -> Answer {
        var request = request
        request.timeoutMilliseconds = limits.answerMilliseconds
        var number = 0
        var waited = 0
        while true {
            number += 1
            let failure: ConnectorError
            do throws(ConnectorError) {
                return try await tryOnce(
                    request,
                    service: service,
                    attempting: attempt,
                    interpret: interpret
                )
            } catch {
                failure = error
            }
            if Task.isCancelled { throw failure }
            let decision = limits.retry.decide(
                after: failure,
                try: number,
                waited: waited,
                chance: sleeper.chance()
            )
            guard case .pause(let milliseconds) = decision else { throw failure }
            do {
                try await sleeper.sleep(milliseconds: milliseconds)
            } catch {
                throw failure
            }
            waited += milliseconds
        }
    }

    private func tryOnce<Answer>(
        _ request: HTTPExchangeRequest,
        service: String,
        attempting attempt: String,
        interpret: (HTTPExchangeResponse) throws(ConnectorError) -> Answer
    ) async throws(ConnectorError) -> Answer {
        try await limiter.begin(service, attempting: attempt)
        let response: HTTPExchangeResponse
        do throws(ConnectorError) {
            response = try await transport.send(request)
        } catch {
            await limiter.finish(service, nil)
            throw ConnectorError(
                error.code,
                attempting: attempt,
                error.message,
                retryAfterSeconds: error.retryAfterSeconds
            )
        }
        await limiter.finish(service, response)
        do throws(ConnectorError) {
            return try interpret(response)
        } catch {
            if error.code == .rateLimited, response.status != 429 {
                await limiter.block(service, seconds: error.retryAfterSeconds)
            }
            throw error
        }
    }
}
