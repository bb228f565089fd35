import Foundation
import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

/// A plan as people read it stands in `Goldens`; `LINTEL_REWRITE_GOLDENS=1` writes it anew.
@Suite("Plans as text")
struct PlanReportTests {
    @Test("A plan reads as one line a change, with before, after and reason, then its alerts")
    func golden() throws {
        var story = Story.ana {
            $0.pmsUnit("103")
            $0.resident("r2", "Bo", "Li", unit: "102", .future, moveIn: "2026-03-05")
            $0.resident("r3", "Cy", "Ma", unit: "103", .current, moveIn: "2026-02-01")
            $0.resident("r4", "Di", "Poe", unit: "102", .current, email: nil)
        }
        var text = report(story.run(), story)
        story.go(to: "2026-03-10")
        #expect(story.run().plan.isEmpty)
        story.transfer("r1", to: "102")
        story.status("r2", .cancelled)
        story.change("r3") { $0.phone = "617-555-0100" }
        text += report(story.run(), story)
        text += report(story.run(), story)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/plan.txt")
        if ProcessInfo.processInfo.environment["LINTEL_REWRITE_GOLDENS"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    @Test("Without names people are ids")
    func ids() throws {
        var story = Story.ana()
        let outcome = story.run()
        let text = PlanReport(units: story.directory.units).text(outcome.plan)
        #expect(!text.contains("Ana") && !text.contains("example.com"))
        #expect(try text.contains(#require(story.person("r1")).id.text))
    }

    private func report(_ outcome: SyncOutcome, _ story: Story) -> String {
        let people = story.directory.people
        return PlanReport(units: story.directory.units) { id in
            people[id].map { "\($0.firstName) \($0.lastName)" }
        }
        .text(outcome.plan)
    }
}
