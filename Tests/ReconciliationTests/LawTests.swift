import Foundation
import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

/// Laws that hold whatever happens.
///
/// `LINTEL_SEED` runs one seed, `LINTEL_STEPS` says how many steps.
@Suite("Laws of the planner")
struct LawTests {
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["LINTEL_SEED"].flatMap { UInt64($0) }.map { [$0] }
        ?? Array(1...40)
    static let steps =
        ProcessInfo.processInfo.environment["LINTEL_STEPS"].flatMap { Int($0) } ?? 50

    @Test("Random portfolios keep every law at every step", arguments: seeds)
    func laws(seed: UInt64) {
        var random = RandomStory(seed: seed)
        for step in 1...Self.steps {
            let outcome = random.step()
            guard !outcome.broken.isEmpty else { continue }
            Issue.record(
                """
                seed \(seed), step \(step): \(outcome.broken.joined(separator: "\n"))
                \(random.log.suffix(12).joined(separator: "\n"))
                \(PlanReport(units: random.story.directory.units).text(outcome.plan))
                """
            )
            return
        }
        #expect(!random.story.directory.assignments.isEmpty)
    }
}
