import ConnectorKit
import Synchronization

/// A clock that moves only when a test moves it, and pauses that take next to no time.
///
/// What renews leases sleeps for seconds: such long sleeps last until they are cancelled, so that they
/// neither end early nor keep a processor busy.
package final class TestClock: Sleeper {
    private let time: Mutex<Int64>

    /// Starts at that time, in milliseconds since 1970: by default 15 June 2026, noon in UTC.
    package init(now: Int64 = 1_781_524_800_000) {
        time = Mutex(now)
    }

    package func advance(minutes: Int) {
        time.withLock { $0 += Int64(minutes) * 60_000 }
    }

    package func now() -> Int64 { time.withLock { $0 } }

    package func chance() -> Double { 0.5 }

    package func sleep(milliseconds: Int) async throws {
        let real = milliseconds >= 3_000 ? milliseconds : min(milliseconds, 5)
        try await Task.sleep(for: .milliseconds(real))
    }
}
