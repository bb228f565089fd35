/// Counts requests in fixed windows of time.
struct RateLimiter {
    /// The limits of some services, whose requests are counted together.
    struct Group: Sendable {
        /// What tells it from the vendor's other groups.
        let name: String
        /// Longest window first; none where nothing is limited.
        let windows: [Window]
    }

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

    private struct Count {
        var start: Duration
        var used: Int
    }

    private var counts: [String: [Count]] = [:]
    /// How many requests were too many.
    private(set) var refused = 0

    /// Takes one request of that credential out of every window of a group, unless one of them is used up.
    mutating func take(_ group: Group, _ credential: String, at now: Duration) -> Verdict {
        let windows = group.windows
        let key = "\(group.name) \(credential)"
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
        if verdict.retryAfter != nil { refused += 1 }
        return verdict
    }
}
