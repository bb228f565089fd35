package import LintelModel
package import Storage

/// When a property is due, from its past runs alone: the same on every node and after every restart.
package enum Schedule {
    /// At least hourly, and up to ten minutes earlier so that properties do not crowd one minute.
    static let period = 60
    private static let jitterMinutes: UInt64 = 10

    /// The time of a property's next run.
    ///
    /// After a failure it is tried again in 1, 2, 4 … 60 minutes. A clock that stepped back puts no run
    /// further off than a period.
    package static func due(_ past: PastRuns, at now: Timestamp) -> Timestamp {
        if past.failures > 0, let failed = past.lastFailure {
            let minutes = past.failures > 6 ? period : min(1 << (past.failures - 1), period)
            return min(failed.adding(minutes: minutes), now.adding(minutes: period))
        }
        guard let good = past.lastGood else { return now }
        let jitter = Int(hash(past.property.text) % jitterMinutes)
        return min(good.adding(minutes: period - jitter), now.adding(minutes: period))
    }

    /// FNV-1a, since Swift's own hash differs in every process.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
