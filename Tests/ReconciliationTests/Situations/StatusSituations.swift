import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: status and dates before the move-in")
struct StatusSituations {
    @Test("Future lease cancelled")
    func futureCancelled() throws {
        var telling = Telling()
        telling.pms("Bo Li comes on April 1") {
            $0.resident("r1", "Bo", "Li", unit: "101", .future, moveIn: "2026-04-01")
        }
        #expect(telling.story.stays("r1") == ["101 upcoming 2026-04-01…"])
        let cancelled = telling.pms("the lease is cancelled", on: "2026-03-10") {
            $0.status("r1", .cancelled)
        }
        #expect(cancelled.endings == [.cancelled])
        telling.pms("r1 has left the list", on: "2026-03-11") { $0.drop("r1") }
        #expect(telling.pms("the same", on: "2026-04-02").plan.isEmpty)
        #expect(telling.story.stays("r1") == ["101 ended 2026-04-01…2026-03-10"])
        try telling.check("future-lease-cancelled")
    }

    @Test("Future past its move-in date")
    func futureLate() throws {
        var telling = Telling()
        telling.pms("Bo Li comes on March 5") {
            $0.resident("r1", "Bo", "Li", unit: "101", .future, moveIn: "2026-03-05")
        }
        #expect(telling.pms("still future", on: "2026-03-06").plan.isEmpty)
        #expect(telling.story.stays("r1") == ["101 upcoming 2026-03-05…"])
        telling.pms("Bo Li is current", on: "2026-03-07") { $0.status("r1", .current) }
        #expect(telling.story.stays("r1") == ["101 current 2026-03-05…"])
        try telling.check("future-past-its-move-in-date")
    }

    @Test("Approval reversed: future and then applicant")
    func reversed() throws {
        var telling = Telling()
        telling.pms("Bo Li comes on April 1") {
            $0.resident("r1", "Bo", "Li", unit: "101", .future, moveIn: "2026-04-01")
        }
        let reversed = telling.pms("Bo Li is an applicant again", on: "2026-03-10") {
            $0.status("r1", .applicant)
        }
        #expect(reversed.endings == [.backToApplicant])
        #expect(reversed.alerts.isEmpty)
        telling.pms("Bo Li is future again", on: "2026-03-12") { $0.status("r1", .future) }
        #expect(telling.story.stays("r1") == ["101 upcoming 2026-04-01…"])
        try telling.check("approval-reversed-to-applicant")
    }

    /// Ana Diaz lives in 101 and the PMS calls her an applicant.
    private static func applicant() -> Telling {
        var telling = Telling.ana()
        let asked = telling.pms("Ana is an applicant again", on: "2026-03-10") {
            $0.status("r1", .applicant)
        }
        #expect(asked.plan.isEmpty)
        #expect(asked.alerts == [.backToApplicant])
        return telling
    }

    @Test("Current and then applicant: End Now")
    func applicantEnded() throws {
        var telling = Self.applicant()
        let ended = telling.decided("End Now") { $0.decide(.endNow, on: .backToApplicant) }
        #expect(ended.endings == [.decided])
        let after = telling.pms("the same", on: "2026-03-11")
        #expect(after.plan.isEmpty)
        #expect(after.alerts.isEmpty)
        telling.pms("Ana is current again", on: "2026-03-13") { $0.status("r1", .current) }
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("current-and-then-applicant-end-now")
    }

    @Test("Current and then applicant: Keep")
    func applicantKept() throws {
        var telling = Self.applicant()
        #expect(telling.decided("Keep") { $0.decide(.keep, on: .backToApplicant) }.alerts.isEmpty)
        #expect(telling.pms("the same", on: "2026-03-20").alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        telling.pms("Ana is cancelled", on: "2026-03-21") { $0.status("r1", .cancelled) }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-21"])
        try telling.check("current-and-then-applicant-keep")
    }

    @Test("A new status word, unknown and then mapped")
    func newWord() throws {
        var telling = Telling.ana()
        let unknown = telling.pms(
            "Ana and a newcomer have the status “Skipped Out”",
            on: "2026-03-10"
        ) {
            $0.resident("r2", "Bo", "Li", unit: "102", .unknown, word: "Skipped Out")
            $0.change("r1") { ($0.status, $0.statusWord) = (.unknown, "Skipped Out") }
        }
        #expect(unknown.plan.isEmpty)
        #expect(unknown.alerts == [.unknownStatus])
        let mapped = telling.decided("“Skipped Out” means past", on: "2026-03-11") {
            $0.word("Skipped Out", means: .past)
        }
        #expect(mapped.endings == [.movedOut])
        #expect(mapped.alerts.isEmpty)
        #expect(telling.story.person("r2") == nil)
        try telling.check("a-new-status-word")
    }
}
