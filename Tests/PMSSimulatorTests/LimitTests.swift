import NIOHTTP1
import PMSSimulator
import Synchronization
import Testing

@Suite("The simulator's limits")
struct LimitTests {
    /// Time that a test moves by hand.
    private final class Clock: Sendable {
        let now = Mutex(Duration.zero)
    }

    @Test("let 150 requests a minute of one service and key pass, and say when the rest may come")
    func minute() async throws {
        let clock = Clock()
        let options = SimulatedPMS.Options(
            limits: true,
            uptime: { clock.now.withLock { $0 } }
        )
        try await withSimulatedPMS(.entrata, portfolio: try samplePortfolio(), options: options) {
            running in
            var client = SimulatorClient(running)
            let first = try await client.call("status", "getStatus")
            #expect(
                first.headers.first(name: "X-RateLimit-Limit") == "15000/DAY;1000/HOUR;150/MINUTE"
            )
            #expect(
                first.headers.first(name: "X-RateLimit-Remaining")
                    == "14999/DAY;999/HOUR;149/MINUTE"
            )
            #expect(first.headers.first(name: "X-RateLimit-Reset") == "86400;3600;60")
            for _ in 2...150 {
                try await #expect(client.call("status", "getStatus").status == 200)
            }
            clock.now.withLock { $0 = .seconds(20) }
            let refused = try await client.call("status", "getStatus")
            #expect(refused.status == 429)
            #expect(refused.headers.first(name: "Retry-After") == "40")
            try await #expect(client.call("properties", "getProperties").status == 200)
            client.headers = [("X-Api-Key", "another")]
            try await #expect(client.call("status", "getStatus").status == 200)
            client.headers = [("X-Api-Key", "any")]
            clock.now.withLock { $0 = .seconds(60) }
            try await #expect(client.call("status", "getStatus").status == 200)
        }
    }
}
