import ConnectorKit
import ConnectorTesting
import Foundation
import Synchronization
import Testing

@Suite("A rate that a vendor publishes")
struct PublishedRateTests {
    private static let answer = HTTPExchangeResponse(status: 200, headers: [], body: Data())

    @Test(
        "is kept wherever its stretch begins and however long answers take, and no request is refused",
        arguments: [(10, 1_000, 1), (7, 15_000, 2), (200, 60_000, 3), (1, 500, 4)]
    )
    func window(requests: Int, length: Int, seed: UInt64) async throws {
        let sleeper = ManualSleeper(now: 0)
        let limiter = RateLimiter(
            sleeper: sleeper,
            limits: VendorLimits(
                retry: RetryPolicy(longestWaitMilliseconds: 0),
                rates: [VendorLimits.Rate(requests, inMilliseconds: length)]
            )
        )
        // Requests one after the other; the vendor counts each at some moment of its way.
        var random = seed
        func some(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % bound
        }
        var counted: [Int64] = []
        for _ in 0..<requests * 4 {
            try await limiter.begin("leases", attempting: "test")
            let (there, back) = (some(40), some(40))
            try await sleeper.sleep(milliseconds: there)
            counted.append(sleeper.now())
            try await sleeper.sleep(milliseconds: back)
            await limiter.finish("leases", Self.answer)
        }
        for (index, time) in counted.enumerated().dropFirst(requests) {
            #expect(time - counted[index - requests] >= Int64(length))
        }
        // Nothing is held back for longer than the rate asks for.
        #expect(sleeper.sleeps.allSatisfy { $0 <= length + length / 100 })
    }

    @Test("holds for the services that are counted together, and for no other")
    func services() async throws {
        let sleeper = ManualSleeper(now: 0)
        let limiter = RateLimiter(
            sleeper: sleeper,
            limits: VendorLimits(
                rates: [VendorLimits.Rate(2, inMilliseconds: 1_000, of: ["units", "leases"])]
            )
        )
        for service in ["units", "leases", "rentals", "rentals", "rentals"] {
            try await limiter.begin(service, attempting: "test")
            await limiter.finish(service, Self.answer)
        }
        #expect(sleeper.sleeps.isEmpty)
        try await limiter.begin("units", attempting: "test")
        #expect(sleeper.sleeps == [1_010])
    }

    @Test("costs no more than its stretch when the clock is set back")
    func clockSetBack() async throws {
        let clock = SettableClock(now: 10_000_000)
        let limiter = RateLimiter(
            sleeper: clock,
            limits: VendorLimits(rates: [VendorLimits.Rate(1, inMilliseconds: 1_000)])
        )
        try await limiter.begin("leases", attempting: "test")
        await limiter.finish("leases", Self.answer)
        clock.set(0)
        try await limiter.begin("leases", attempting: "test")
        #expect(clock.slept == [1_010])
    }

    @Test("has requests go out in the order in which they were to be sent, none before its turn")
    func order() async throws {
        let limiter = Self.oneAtOnce()
        try await limiter.begin("leases", attempting: "test")
        let gone = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask {
                    try await limiter.begin("leases", attempting: "test")
                    gone.append(number)
                    await limiter.finish("leases", Self.answer)
                }
                while await limiter.waitingCount < number + 1 { await Task.yield() }
            }
            #expect(gone.numbers == [])
            await limiter.finish("leases", Self.answer)
            try await group.waitForAll()
        }
        #expect(gone.numbers == [0, 1, 2, 3, 4])
    }

    @Test("loses no turn to a request that is cancelled while it waits")
    func cancelled() async throws {
        let limiter = Self.oneAtOnce()
        try await limiter.begin("leases", attempting: "test")
        let first = Task { try await limiter.begin("leases", attempting: "test") }
        while await limiter.waitingCount < 1 { await Task.yield() }
        let second = Task { try await limiter.begin("leases", attempting: "test") }
        while await limiter.waitingCount < 2 { await Task.yield() }
        first.cancel()
        let error = await #expect(throws: ConnectorError.self) { try await first.value }
        #expect(error?.code == .unavailable)
        await limiter.finish("leases", Self.answer)
        try await second.value
        await #expect(limiter.waitingCount == 0)
    }

    private static func oneAtOnce() -> RateLimiter {
        RateLimiter(sleeper: ManualSleeper(now: 0), limits: VendorLimits(rates: [.atOnce(1)]))
    }
}

/// The order in which something happened.
private final class Order: Sendable {
    private let kept = Mutex<[Int]>([])

    var numbers: [Int] { kept.withLock { $0 } }

    func append(_ number: Int) { kept.withLock { $0.append(number) } }
}

/// A clock that a test sets, and that sleeping does not move.
private final class SettableClock: Sleeper {
    private struct State {
        var now: Int64
        var slept: [Int] = []
    }

    private let state: Mutex<State>

    init(now: Int64) {
        state = Mutex(State(now: now))
    }

    var slept: [Int] { state.withLock { $0.slept } }

    func set(_ now: Int64) { state.withLock { $0.now = now } }

    func sleep(milliseconds: Int) async throws {
        state.withLock { $0.slept.append(milliseconds) }
    }

    func now() -> Int64 { state.withLock { $0.now } }

    func chance() -> Double { 0 }
}
