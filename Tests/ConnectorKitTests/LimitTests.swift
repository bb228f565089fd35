import ConnectorKit
import ConnectorTesting
import Foundation
import Testing

@Suite struct LimitTests {
    private static func answer(
        _ status: Int = 200,
        _ headers: [(name: String, value: String)] = []
    ) -> HTTPExchangeResponse {
        HTTPExchangeResponse(status: status, headers: headers, body: Data())
    }

    private static func limits(_ remaining: String, _ reset: String) -> HTTPExchangeResponse {
        answer(
            200,
            [
                (name: "x-ratelimit-limit", value: "15000/DAY;1000/HOUR;150/MINUTE"),
                (name: "x-ratelimit-remaining", value: remaining),
                (name: "x-ratelimit-reset", value: reset),
            ]
        )
    }

    @Test(
        "Requests wait until the window that is used up starts anew",
        arguments: [
            ("14996/DAY;999/HOUR;149/MINUTE", "36686;686;26", 0),
            ("14996/DAY;999/HOUR;0/MINUTE", "36686;686;26", 26_000),
            ("14996/DAY;0/HOUR;0/MINUTE", "36686;686;26", 686_000),
            ("0/DAY;5/HOUR;5/MINUTE", "36686;686;26", 36_686_000),
            ("0/MINUTE", "nonsense", 60_000),
            ("0/MINUTE", "9999999", 60_000),
            ("nonsense", "26", 0),
            ("-1/MINUTE", "26", 0),
        ]
    )
    func windows(remaining: String, reset: String, wait: Int) {
        var windows = RateWindows(pauseMilliseconds: 15_000)
        windows.begin()
        windows.finish(Self.limits(remaining, reset), at: 1_000)
        #expect(windows.wait(at: 1_000) == wait)
        #expect(windows.wait(at: 1_000 + Int64(wait)) == 0)
    }

    @Test("Requests under way count against what is left")
    func inFlight() {
        var windows = RateWindows(pauseMilliseconds: 15_000)
        windows.begin()
        windows.finish(Self.limits("2/MINUTE", "10"), at: 0)
        #expect(windows.wait(at: 0) == 0)
        windows.begin()
        #expect(windows.wait(at: 0) == 0)
        windows.begin()
        #expect(windows.wait(at: 0) == 10_000)
        // The answers overtake one another: the smaller count is the truth.
        windows.finish(Self.limits("0/MINUTE", "9"), at: 500)
        windows.finish(Self.limits("1/MINUTE", "9"), at: 600)
        #expect(windows.wait(at: 600) > 8_000)
    }

    @Test(
        "A refusal for the limit holds everything back as long as it says",
        arguments: [
            ("7", 7_000),
            ("0", 0),
            ("Thu, 01 Jan 1970 00:00:30 GMT", 29_000),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("soon", 15_000),
            ("", 15_000),
        ]
    )
    func retryAfter(value: String, wait: Int) {
        var windows = RateWindows(pauseMilliseconds: 15_000)
        windows.begin()
        windows.finish(Self.answer(429, [(name: "retry-after", value: value)]), at: 1_000)
        #expect(windows.wait(at: 1_000) == wait)
    }

    @Test("A limiter waits what is bearable and refuses the rest with the seconds to wait")
    func limiter() async throws {
        let sleeper = ManualSleeper(now: 0)
        let limiter = RateLimiter(sleeper: sleeper, limits: VendorLimits())
        try await limiter.begin("leases", attempting: "test")
        await limiter.finish("leases", Self.limits("5/HOUR;0/MINUTE", "686;26"))
        try await limiter.begin("leases", attempting: "test")
        #expect(sleeper.sleeps == [26_000])
        await limiter.finish("leases", Self.limits("0/HOUR;9/MINUTE", "660;26"))
        let error = await #expect(throws: ConnectorError.self) {
            try await limiter.begin("leases", attempting: "test")
        }
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfterSeconds == 660)
        // Limits are counted for each service apart.
        try await limiter.begin("properties", attempting: "test")
        #expect(sleeper.sleeps == [26_000])
    }

    @Test(
        "Only what may pass is tried again, for a bounded time",
        arguments: [
            (
                ConnectorError.Code.unavailable, nil, 1, 0,
                RetryPolicy.Decision.pause(milliseconds: 500)
            ),
            (.unavailable, nil, 2, 0, .pause(milliseconds: 1000)),
            (.unavailable, nil, 3, 0, .giveUp),
            (.truncated, nil, 1, 0, .pause(milliseconds: 500)),
            (.rateLimited, 30, 1, 0, .pause(milliseconds: 30_000)),
            (.rateLimited, 60, 1, 0, .pause(milliseconds: 60_000)),
            (.rateLimited, 61, 1, 0, .giveUp),
            (.rateLimited, 31, 2, 30_000, .giveUp),
            (.unavailable, nil, 1, 59_900, .giveUp),
            (.unauthorized, nil, 1, 0, .giveUp),
            (.forbidden, nil, 1, 0, .giveUp),
            (.malformed, nil, 1, 0, .giveUp),
            (.refused, nil, 1, 0, .giveUp),
            (.misconfigured, nil, 1, 0, .giveUp),
        ] as [(ConnectorError.Code, Int?, Int, Int, RetryPolicy.Decision)]
    )
    func decisions(
        code: ConnectorError.Code,
        seconds: Int?,
        number: Int,
        waited: Int,
        decision: RetryPolicy.Decision
    ) {
        let error = ConnectorError(code, attempting: "test", "x", retryAfterSeconds: seconds)
        let found = RetryPolicy().decide(after: error, try: number, waited: waited, chance: 0.5)
        #expect(found == decision)
    }

    @Test("A read that fails twice and then succeeds gives its answer")
    func recovers() async throws {
        let down = ScriptedExchange("/x", answer: .json("", status: 503))
        let transport = ScriptedTransport([down, down, ScriptedExchange("/x", json: "{}")])
        let sleeper = ManualSleeper()
        let client = ReadClient(
            environment: ConnectorEnvironment(transport: transport, sleeper: sleeper),
            limits: VendorLimits(answerMilliseconds: 9_000)
        )
        let status = try await client.read(
            HTTPExchangeRequest(method: "GET", url: "https://a/x"),
            service: "x",
            attempting: "test"
        ) { response throws(ConnectorError) in
            guard response.status == 200 else {
                throw ConnectorError(.unavailable, attempting: "test", "HTTP \(response.status)")
            }
            return response.status
        }
        #expect(status == 200)
        #expect(sleeper.sleeps == [500, 1000])
        await #expect(transport.requests.map(\.timeoutMilliseconds) == [9_000, 9_000, 9_000])
        await transport.expectFinished()
    }
}
