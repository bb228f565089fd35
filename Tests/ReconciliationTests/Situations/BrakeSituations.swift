import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: the brake")
struct BrakeSituations {
    /// Twenty residents, r1 to r20, in 201 to 220.
    private static func house() -> Telling {
        let telling = Telling(neighbours: 0) { story in
            for number in 1...20 {
                story.unit("\(200 + number)")
                story.resident(
                    "r\(number)",
                    "Resident",
                    "No\(number)",
                    unit: "\(200 + number)",
                    .current,
                    moveIn: "2026-01-05"
                )
            }
        }
        #expect(telling.story.open == 20)
        return telling
    }

    @Test("One of two PMS properties answers empty")
    func oneEmpty() throws {
        var telling = Telling(neighbours: 3)
        telling.pms("annex has two residents in 201 and 202") {
            $0.attach("annex")
            for number in 1...2 {
                $0.unit("20\(number)", at: "annex")
                $0.resident(
                    "a\(number)",
                    "Annex",
                    "No\(number)",
                    unit: "20\(number)",
                    .current,
                    moveIn: "2026-01-05",
                    at: "annex"
                )
            }
        }
        let before = telling.story.residencies
        let empty = telling.pms("annex answers without residents", on: "2026-03-02") {
            $0.drop("a1")
            $0.drop("a2")
        }
        #expect(empty.objections.count == 1)
        #expect(telling.later(60, "annex still without residents").objections.count == 1)
        #expect(telling.story.open == 5)
        let back = telling.pms("annex answers as before", on: "2026-03-03") {
            $0.residencies = before
        }
        #expect(back.objections.isEmpty && back.plan.isEmpty)
        #expect(telling.story.open == 5)
        try telling.check("one-of-two-pms-properties-answers-empty")
    }

    @Test("Half the building past without dates")
    func halfPast() throws {
        var telling = Self.house()
        let held = telling.pms("r1 to r10 are past, no move-out given", on: "2026-03-02") {
            for number in 1...10 { $0.status("r\(number)", .past) }
        }
        #expect(held.objections.count == 1)
        #expect(telling.story.open == 20)
        let mended = telling.pms("they are current again", on: "2026-03-03") {
            for number in 1...10 { $0.status("r\(number)", .current) }
        }
        #expect(mended.plan.isEmpty && mended.objections.isEmpty)
        #expect(telling.story.open == 20)
        try telling.check("half-the-building-past-without-dates")
    }

    @Test("A wrong move-out date on everybody")
    func wrongDates() throws {
        var telling = Self.house()
        let held = telling.pms("everybody moves out on March 31", on: "2026-03-02") {
            for number in 1...20 {
                $0.change("r\(number)") { $0.moveOut = CivilDate(iso: "2026-03-31") }
            }
        }
        #expect(held.objections.count == 1)
        #expect(held.endings.isEmpty)
        let still = telling.pms("r1 moves out on March 15, the others as before", on: "2026-03-03")
        {
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-15") }
        }
        #expect(still.objections.count == 1)
        let mended = telling.pms("only r1 moves out, on March 15", on: "2026-03-04") {
            for number in 2...20 { $0.change("r\(number)") { $0.moveOut = nil } }
        }
        #expect(mended.objections.isEmpty)
        #expect(mended.plan.changes.count == 1)
        try telling.check("a-wrong-move-out-date-on-everybody")
    }

    @Test("An export cut at a row boundary, twice")
    func cutTwice() throws {
        var telling = Self.house()
        let whole = telling.story.residencies
        let first = telling.pms("the file ends after r12 and says it is whole", on: "2026-03-02") {
            for number in 13...20 { $0.drop("r\(number)") }
        }
        #expect(first.plan.isEmpty)
        let second = telling.later(60, "the same file")
        #expect(second.endings.count == 8)
        #expect(second.objections.count == 1)
        #expect(telling.story.open == 20)
        let back = telling.later(60, "the whole file") { $0.residencies = whole }
        #expect(back.plan.isEmpty && back.objections.isEmpty)
        try telling.check("an-export-cut-at-a-row-boundary-twice")
    }

    @Test("Two Sync Now clicks on a bad snapshot")
    func twoClicks() throws {
        var telling = Self.house()
        let whole = telling.story.residencies
        telling.pms("r1 and r2 are missing", on: "2026-03-02") {
            $0.drop("r1")
            $0.drop("r2")
        }
        #expect(telling.later(1, "the same (Sync Now)").plan.isEmpty)
        #expect(telling.later(1, "the same (Sync Now)").plan.isEmpty)
        #expect(telling.later(1, "r1 and r2 are back") { $0.residencies = whole }.plan.isEmpty)
        #expect(telling.later(60, "the same").plan.isEmpty)
        #expect(telling.story.open == 20)
        try telling.check("two-sync-now-clicks-on-a-bad-snapshot")
    }

    @Test("Held on Friday, approved on Monday")
    func weekend() throws {
        var telling = Self.house()
        telling.pms("Friday: r1 to r5 are evicted", on: "2026-03-06") {
            for number in 1...5 { $0.status("r\(number)", .evicted) }
        }
        telling.pms("Saturday: r21 moves into 106, r2 is current after all", on: "2026-03-07") {
            $0.resident("r21", "Late", "Comer", unit: "106", .current, moveIn: "2026-03-07")
            $0.status("r2", .current)
        }
        #expect(telling.story.person("r21") == nil)
        let approved = telling.decided("Approve, on Monday", on: "2026-03-09") {
            $0.decide(.approve, on: .heldPlan)
        }
        #expect(approved.objections.isEmpty)
        #expect(approved.endings.count == 4)
        #expect(telling.story.stays("r21") == ["106 current 2026-03-07…"])
        #expect(telling.story.stays("r2") == ["202 current 2026-01-05…"])
        #expect(telling.pms("the same", on: "2026-03-10").plan.isEmpty)
        try telling.check("held-on-friday-approved-on-monday")
    }

    @Test("Held, and applied without removals")
    func withoutRemovals() throws {
        var telling = Self.house()
        telling.pms("r1 to r5 are evicted, r21 moves into 106", on: "2026-03-06") {
            for number in 1...5 { $0.status("r\(number)", .evicted) }
            $0.resident("r21", "Late", "Comer", unit: "106", .current, moveIn: "2026-03-06")
        }
        let applied = telling.decided("Apply Without Removals") {
            $0.decide(.applyWithoutRemovals, on: .heldPlan)
        }
        #expect(applied.endings.isEmpty && applied.objections.isEmpty)
        #expect(telling.story.open == 21)
        #expect(telling.pms("the same", on: "2026-03-09").plan.isEmpty)
        let stated = telling.pms("r1 has a move-out date, March 9", on: "2026-03-10") {
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        #expect(stated.endings == [.evicted])
        #expect(telling.story.stays("r1") == ["201 ended 2026-01-05…2026-03-10"])
        #expect(telling.story.open == 20)
        try telling.check("held-and-applied-without-removals")
    }

    @Test("Discarded stays held, without a new alert")
    func discarded() throws {
        var telling = Self.house()
        telling.pms("r1 to r5 are evicted", on: "2026-03-06") {
            for number in 1...5 { $0.status("r\(number)", .evicted) }
        }
        let fact = telling.story.directory.alerts.first { $0.kind == .heldPlan }?.fact
        #expect(fact != nil)
        telling.decided("Discard") { $0.decide(.discard, on: .heldPlan) }
        let still = telling.pms("the same", on: "2026-03-09")
        #expect(still.objections.count == 1)
        let pins = telling.story.directory.pins.values.filter { $0.action == .discard }
        #expect(pins.map(\.fact) == [fact])
        #expect(telling.story.directory.alerts.first { $0.kind == .heldPlan }?.fact == fact)
        telling.pms("r6 is evicted, too", on: "2026-03-10") { $0.status("r6", .evicted) }
        #expect(telling.story.directory.alerts.first { $0.kind == .heldPlan }?.fact != fact)
        #expect(telling.story.open == 20)
        try telling.check("discarded-stays-held")
    }

    @Test("Approve lets through what was shown and no more")
    func noMore() throws {
        var telling = Self.house()
        telling.pms("r1 to r5 are evicted", on: "2026-03-06") {
            for number in 1...5 { $0.status("r\(number)", .evicted) }
        }
        let more = telling.decided("Approve, while r6 to r10 are being evicted, too") {
            $0.decide(.approve, on: .heldPlan)
            for number in 6...10 { $0.status("r\(number)", .evicted) }
        }
        #expect(more.objections.first?.stays.count == 5)
        #expect(telling.story.open == 20)
        let shown = telling.pms("r6 to r10 are current again", on: "2026-03-07") {
            for number in 6...10 { $0.status("r\(number)", .current) }
        }
        #expect(shown.objections.isEmpty)
        #expect(shown.endings.count == 5)
        #expect(telling.story.open == 15)
        try telling.check("approve-lets-through-what-was-shown-and-no-more")
    }
}

extension Story {
    /// How many assignments are current or upcoming.
    fileprivate var open: Int { directory.assignments.values.count(where: \.isOpen) }
}
