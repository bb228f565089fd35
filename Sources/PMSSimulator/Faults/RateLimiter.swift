/// Counts requests of each service and credential in fixed windows of a day, an hour and a minute.
struct RateLimiter {
    struct Window: Sendable {
        let name: String
        let limit: Int
        /// Seconds.
        let length: Int
    }

    /// What a request was told about its limits, one value a window, longest first.
    struct Verdict: Equatable {
        var remaining: [Int]
        /// Seconds until each window begins anew.
        var reset: [Int]
        /// Seconds to wait; nil where the request may pass.
        var retryAfter: Int?
    }

    /// The vendor's limits as it states them in its headers.
    static let windows = [
        Window(name: "DAY", limit: 15_000, length: 86_400),
        Window(name: "HOUR", limit: 1_000, length: 3_600),
        Window(name: "MINUTE", limit: 150, length: 60),
    ]

    private struct Count {
        var start: Duration
        var used: Int
    }

    private var counts: [String: [Count]] = [:]

    /// Takes one request out of every window, unless one of them is used up.
    mutating func take(_ key: String, at now: Duration) -> Verdict {
        var windows =
            counts[key] ?? Self.windows.map { _ in Count(start: now, used: 0) }
        var verdict = Verdict(remaining: [], reset: [], retryAfter: nil)
        for (index, window) in Self.windows.enumerated() {
            if now - windows[index].start >= .seconds(window.length) {
                windows[index] = Count(start: now, used: 0)
            }
            let passed = Int((now - windows[index].start).components.seconds)
            verdict.reset.append(window.length - passed)
            if windows[index].used >= window.limit {
                verdict.retryAfter = max(verdict.retryAfter ?? 0, window.length - passed)
            }
        }
        for index in windows.indices {
            if verdict.retryAfter == nil { windows[index].used += 1 }
            verdict.remaining.append(Self.windows[index].limit - windows[index].used)
        }
        counts[key] = windows
        return verdict
    }
}
