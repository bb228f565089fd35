import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: moving out")
struct MoveOutSituations {
    /// Ana Diaz gave notice for March 31, which has passed.
    private static func overdue() -> Telling {
        var telling = Telling.ana()
        telling.pms("Ana gives notice for March 31", on: "2026-03-05") {
            $0.status("r1", .notice)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        telling.pms("still on notice on the day itself", on: "2026-03-31")
        let passed = telling.pms("still on notice", on: "2026-04-01")
        #expect(passed.plan.isEmpty)
        #expect(passed.alerts == [.moveOutOverdue])
        return telling
    }

    @Test("Notice date passed and still there: Keep")
    func overdueKept() throws {
        var telling = Self.overdue()
        let kept = telling.decided("Keep") { $0.decide(.keep, on: .moveOutOverdue) }
        #expect(kept.alerts.isEmpty)
        #expect(telling.pms("still on notice", on: "2026-04-10").alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        telling.pms("the move-out is April 12 now", on: "2026-04-11") {
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-04-12") }
        }
        let again = telling.pms("still on notice", on: "2026-04-13")
        #expect(again.alerts == [.moveOutOverdue])
        telling.pms("Ana is past", on: "2026-04-14") { $0.status("r1", .past) }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-04-12"])
        try telling.check("move-out-overdue-keep")
    }

    @Test("Notice date passed and still there: End Now")
    func overdueEnded() throws {
        var telling = Self.overdue()
        let ended = telling.decided("End Now") { $0.decide(.endNow, on: .moveOutOverdue) }
        #expect(ended.endings == [.decided])
        let after = telling.pms("still on notice", on: "2026-04-03")
        #expect(after.plan.isEmpty)
        #expect(after.alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-04-01"])
        telling.pms("Ana is past", on: "2026-04-05") { $0.status("r1", .past) }
        try telling.check("move-out-overdue-end-now")
    }

    @Test("Early move-out")
    func early() throws {
        var telling = Telling.ana()
        telling.pms("Ana gives notice for June 30", on: "2026-03-05") {
            $0.status("r1", .notice)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-06-30") }
        }
        let left = telling.pms("Ana is past, the move-out still June 30", on: "2026-05-02") {
            $0.status("r1", .past)
        }
        #expect(left.endings == [.movedOut])
        telling.pms("the move-out is put right to May 1", on: "2026-05-03") {
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-05-01") }
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-05-02"])
        try telling.check("early-move-out")
    }

    @Test("Past with move-out today")
    func today() throws {
        var telling = Telling.ana()
        telling.pms("Ana is past, move-out today", on: "2026-03-31") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-31"])
        let ended = telling.story.directory.assignments.values.first {
            $0.person == telling.story.person("r1")?.id
        }
        #expect(ended?.endedAt == telling.story.now)
        try telling.check("past-with-move-out-today")
    }

    @Test("Eviction with a future date")
    func eviction() throws {
        var telling = Telling.ana()
        let evicted = telling.pms("Ana is evicted, move-out March 31", on: "2026-03-10") {
            $0.status("r1", .evicted)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        #expect(evicted.endings == [.evicted])
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-10"])
        #expect(telling.pms("the same", on: "2026-04-01").plan.isEmpty)
        try telling.check("eviction-with-a-future-date")
    }

    @Test("Backdated move-out")
    func backdated() throws {
        var telling = Telling.ana()
        telling.pms("Ana is past, move-out February 10", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-02-10") }
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-02-10"])
        try telling.check("backdated-move-out")
    }

    @Test("Move-out before the move-in")
    func beforeMoveIn() throws {
        var telling = Telling.ana()
        telling.pms("Ana is past, move-out in December, before the move-in", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2025-12-10") }
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-01-05"])
        try telling.check("move-out-before-the-move-in")
    }

    @Test("Move-out cancelled: past and then current again")
    func cancelled() throws {
        var telling = Telling.ana()
        telling.pms("Ana is past, move-out March 9", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-09"])
        let back = telling.pms("the move-out is cancelled: current", on: "2026-03-12") {
            $0.status("r1", .current)
            $0.change("r1") { $0.moveOut = nil }
        }
        #expect(back.plan.changes.map(\.reason.code) == [.reopened])
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("move-out-cancelled")
    }

    @Test("Same-day turn of a unit")
    func turn() throws {
        var telling = Telling.ana {
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
            $0.resident("r2", "Bo", "Li", unit: "101", .future, moveIn: "2026-03-31")
        }
        #expect(telling.story.stays("r2") == ["101 upcoming 2026-03-31…"])
        telling.pms("Ana is past and Bo current", on: "2026-03-31") {
            $0.status("r1", .past)
            $0.status("r2", .current)
        }
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-31"])
        #expect(telling.story.stays("r2") == ["101 current 2026-03-31…"])
        try telling.check("same-day-turn-of-a-unit")
    }

    @Test("Past is among the excluded statuses and still ends")
    func excludedPast() throws {
        var telling = Telling.ana()
        telling.decided("the words past and eviction pending are excluded") {
            $0.word("past", means: nil, excluded: true)
            $0.word("eviction pending", means: .notice, excluded: true)
        }
        let frozen = telling.pms(
            "Ana is eviction pending, with another phone number",
            on: "2026-03-05"
        ) {
            $0.change("r1") {
                $0.statusWord = "eviction pending"
                $0.phone = "617-555-0100"
            }
        }
        #expect(frozen.plan.isEmpty)
        #expect(frozen.plan.frozen == 1)
        let left = telling.pms("Ana is past, move-out March 9", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        #expect(left.endings == [.movedOut])
        try telling.check("past-among-the-excluded-statuses")
    }

    @Test("Occupant becomes guarantor")
    func guarantor() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "101", .current, role: .occupant)
        }
        let left = telling.pms("Bo Li is a guarantor", on: "2026-03-10") {
            $0.change("r2") { $0.role = .guarantor }
        }
        #expect(left.endings == [.noLongerLiving])
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("occupant-becomes-guarantor")
    }
}
