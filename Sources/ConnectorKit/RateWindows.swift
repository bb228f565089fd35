/// What is known of a vendor's limits for one credential and service, as a pure state machine.
///
/// Fed with the headers of answers (`X-RateLimit-Remaining: 14996/DAY;999/HOUR;149/MINUTE` and
/// `X-RateLimit-Reset: 36686;686;26` in seconds and the same order, as Entrata sends them), it says how
/// long the next request must wait. Times are milliseconds since 1970.
package struct RateWindows: Sendable, Equatable {
    /// One limit: so many requests are left until it starts anew.
    private struct Window: Sendable, Equatable {
        let name: String
        var remaining: Int
        var resetsAt: Int64
    }

    private var windows: [Window] = []
    private var blockedUntil: Int64 = 0
    /// Requests that were let through and have not been answered: a server's remaining count may not
    /// know of them yet.
    private var inFlight = 0
    private let pauseMilliseconds: Int

    /// `pauseMilliseconds` is the pause after a refusal that names none.
    package init(pauseMilliseconds: Int) {
        self.pauseMilliseconds = pauseMilliseconds
    }

    /// How many milliseconds the next request has to wait; 0 where it may go.
    package mutating func wait(at now: Int64) -> Int {
        windows.removeAll { $0.resetsAt <= now }
        var free = blockedUntil
        for window in windows where window.remaining - inFlight <= 0 {
            free = max(free, window.resetsAt)
        }
        return Int(max(0, free - now))
    }

    /// Notes that a request goes out.
    package mutating func begin() {
        inFlight += 1
    }

    /// Notes that a request came back, or failed, and what its answer said about limits.
    package mutating func finish(_ response: HTTPExchangeResponse?, at now: Int64) {
        inFlight = max(0, inFlight - 1)
        guard let response else { return }
        learn(response, at: now)
        if response.status == 429 {
            let seconds = response.header("retry-after").flatMap {
                RetryAfter.seconds($0, now: now)
            }
            block(seconds: seconds, at: now)
        }
    }

    /// Holds everything back for that long; nil where the vendor names no time.
    package mutating func block(seconds: Int?, at now: Int64) {
        let pause = seconds.map { min($0, 86_400) * 1000 } ?? pauseMilliseconds
        blockedUntil = max(blockedUntil, now + Int64(pause))
    }

    private mutating func learn(_ response: HTTPExchangeResponse, at now: Int64) {
        guard let remaining = response.header("x-ratelimit-remaining") else { return }
        let resets = Self.entries(response.header("x-ratelimit-reset") ?? "")
        for (index, entry) in Self.entries(remaining).enumerated() {
            let length = Self.seconds(of: entry.window)
            let given = index < resets.count ? resets[index].number : length
            let window = Window(
                name: entry.window,
                remaining: entry.number,
                resetsAt: now + Int64(min(max(given, 1), length)) * 1000
            )
            note(window)
        }
    }

    /// Answers overtake one another: inside one window the smaller remaining count is the later truth.
    private mutating func note(_ window: Window) {
        guard let index = windows.firstIndex(where: { $0.name == window.name }) else {
            windows.append(window)
            return
        }
        let isSame = abs(windows[index].resetsAt - window.resetsAt) <= 2000
        let remaining =
            isSame ? min(windows[index].remaining, window.remaining) : window.remaining
        windows[index] = window
        windows[index].remaining = remaining
    }

    /// Splits `15000/DAY;1000/HOUR` or `36686;686`; an entry that is no number is left out.
    private static func entries(_ value: String) -> [(number: Int, window: String)] {
        value.split(whereSeparator: { $0 == ";" || $0 == "," }).compactMap { entry in
            let parts = entry.split(separator: "/", maxSplits: 1)
            guard let first = parts.first, let number = Int(String(first).trimmed), number >= 0
            else { return nil }
            return (number, parts.count == 2 ? String(parts[1]).trimmed.uppercased() : "")
        }
    }

    /// How long a window of that name can last at most.
    private static func seconds(of window: String) -> Int {
        switch window {
        case "SECOND": 1
        case "MINUTE": 60
        case "HOUR": 3600
        default: 86_400
        }
    }
}
