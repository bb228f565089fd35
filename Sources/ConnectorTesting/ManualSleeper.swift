import ConnectorKit
import Synchronization

/// A clock that stands still until somebody sleeps, and then has moved on at once.
package final class ManualSleeper: Sleeper {
    private struct State {
        var now: Int64
        var sleeps: [Int] = []
    }

    private let state: Mutex<State>
    private let chances: Double

    /// Starts at that time, in milliseconds since 1970; every chance is `chance`.
    package init(now: Int64 = 1_767_225_600_000, chance: Double = 0.5) {
        state = Mutex(State(now: now))
        chances = chance
    }

    /// What was slept, in milliseconds, in order.
    package var sleeps: [Int] { state.withLock { $0.sleeps } }

    package func sleep(milliseconds: Int) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.now += Int64(milliseconds)
            state.sleeps.append(milliseconds)
        }
    }

    package func now() -> Int64 { state.withLock { $0.now } }

    package func chance() -> Double { chances }
}
