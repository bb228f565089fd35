import Foundation

/// The clock, timer and dice of this machine.
package struct SystemSleeper: Sleeper {
    package init() {}

    package func sleep(milliseconds: Int) async throws {
        try await Task.sleep(for: .milliseconds(milliseconds))
    }

    package func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    package func chance() -> Double { .random(in: 0..<1) }
}
