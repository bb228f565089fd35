import Foundation
import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

/// Laws that hold whatever happens: PMS states, faults, decisions, undo and changes by hand at random.
///
/// `LINTEL_SEED` runs one seed, `LINTEL_SEEDS` says how many run, `LINTEL_STEPS` how many steps each takes.
@Suite("Laws of the planner")
struct LawTests {
    static let seeds: [UInt64] = {
        if let one = number("LINTEL_SEED") { return [UInt64(one)] }
        return (1...UInt64(number("LINTEL_SEEDS") ?? 40)).map(\.self)
    }()
    static let steps = number("LINTEL_STEPS") ?? 50

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test("Random portfolios keep every law at every step", arguments: seeds)
    func laws(seed: UInt64) {
        let all = Array(1...Self.steps)
        guard let failure = Self.play(seed, all) else { return }
        let shortest = Self.shrink(seed, Array(all.prefix(failure.steps)))
        let shown = Self.play(seed, shortest) ?? failure
        Issue.record(
            """
            seed \(seed), steps \(shortest): \(shown.broken.joined(separator: "\n"))
            \(shown.log.joined(separator: "\n"))
            \(shown.plan)
            """
        )
    }

    @Test("Something happens in the random stories: people come, go, and are decided about")
    func isNotIdle() {
        var random = RandomStory(seed: 1)
        for step in 1...60 { _ = random.step(step) }
        #expect(random.story.directory.assignments.values.contains { $0.isOpen })
        #expect(random.story.directory.assignments.values.contains { !$0.isOpen })
        #expect(random.log.contains { $0.contains(" on ") })
        #expect(random.log.contains { $0.contains("undone") })
    }

    private struct Failure {
        let steps: Int
        let broken: [String]
        let log: [String]
        let plan: String
    }

    /// Plays these steps of a seed up to the first that breaks a law; nil where none does.
    private static func play(_ seed: UInt64, _ steps: [Int]) -> Failure? {
        var random = RandomStory(seed: seed)
        for (index, step) in steps.enumerated() {
            let outcome = random.step(step)
            guard !outcome.broken.isEmpty else { continue }
            return Failure(
                steps: index + 1,
                broken: outcome.broken,
                log: random.log,
                plan: PlanReport(units: random.story.directory.units).text(outcome.plan)
            )
        }
        return nil
    }

    /// Leaves out every step without which some law still breaks.
    private static func shrink(_ seed: UInt64, _ steps: [Int]) -> [Int] {
        var shortest = steps
        for step in steps.reversed() where shortest.count > 1 {
            let fewer = shortest.filter { $0 != step }
            guard let failure = play(seed, fewer) else { continue }
            shortest = Array(fewer.prefix(failure.steps))
        }
        return shortest
    }
}
