import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

extension Story {
    /// Syncs, and expects every law to hold.
    @discardableResult
    mutating func run(
        incomplete: Set<String> = [],
        missing: Set<String> = [],
        unreadable: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation
    ) -> SyncOutcome {
        let outcome = sync(incomplete: incomplete, missing: missing, unreadable: unreadable)
        #expect(outcome.broken == [], sourceLocation: location)
        return outcome
    }

    /// Syncs a snapshot that is cut short before these residents.
    @discardableResult
    mutating func runCutShort(
        missing: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation
    ) -> SyncOutcome {
        run(incomplete: ["site"], missing: missing, location)
    }

    /// Ana Diaz, current in 101 since January.
    static func ana(
        day: String = "2026-03-01",
        _ more: (inout Story) -> Void = { _ in }
    ) -> Story {
        Story(day: day) {
            $0.unit("101")
            $0.unit("102")
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-01-05")
            more(&$0)
        }
    }
}
