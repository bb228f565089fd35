/// Counts requests of each service and credential in fixed windows of time.
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

    /// The vendor's limits, longest window first.
    let windows: [Window]

    private struct Count {
        var start: Duration
        var used: Int
    }

    private var counts: [String: [Count]] = [:]

    init(windows: [Window]) {
        self.windows = windows
    }

    /// Takes one request out of every window, unless one of them is used up.
    mutating func take(_ key: String, at now: Duration) -> Verdict {
        var counted = counts[key] ?? windows.map { _ in Count(start: now, used: 0) }
        var verdict = Verdict(remaining: [], reset: [], retryAfter: nil)
        for (index, window) in windows.enumerated() {
            if now - counted[index].start >= .seconds(window.length) {
                counted[index] = Count(start: now, used: 0)
            }
            let passed = Int((now - counted[index].start).components.seconds)
            verdict.reset.append(window.length - passed)
            if counted[index].used >= window.limit {
                verdict.retryAfter = max(verdict.retryAfter ?? 0, window.length - passed)
            }
        }
        for index in counted.indices {
            if verdict.retryAfter == nil { counted[index].used += 1 }
            verdict.remaining.append(windows[index].limit - counted[index].used)
        }
        counts[key] = counted
        return verdict
    }
}
