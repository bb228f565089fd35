import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: calendar, silence and another PMS")
struct CalendarSituations {
    @Test("The PMS is silent for three days")
    func silent() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-03-03")
            $0.resident("r3", "Cy", "Ma", unit: "103", .future, moveIn: "2026-03-03")
        }
        let before = telling.story.directory.assignments
        telling.story.go(to: "2026-03-04")
        // No answer, no run: nothing moves.
        #expect(telling.story.directory.assignments == before)
        telling.pms("answers again after three days, r3 is current", on: "2026-03-04") {
            $0.status("r3", .current)
        }
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.stays("r2") == ["102 current 2026-03-03…"])
        #expect(telling.story.stays("r3") == ["103 current 2026-03-03…"])
        try telling.check("the-pms-is-silent-for-three-days")
    }

    @Test("Facts older than 72 hours let nobody in")
    func oldFacts() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-03-05")
        }
        let old = telling.pms("answers with what was true on March 1", on: "2026-03-06") {
            $0.statedAt = $0.now.adding(minutes: -5 * 24 * 60)
        }
        #expect(old.plan.isEmpty)
        #expect(telling.story.stays("r2") == ["102 upcoming 2026-03-05…"])
        telling.pms("answers with what is true now", on: "2026-03-06") { $0.statedAt = nil }
        #expect(telling.story.stays("r2") == ["102 current 2026-03-05…"])
        try telling.check("facts-older-than-72-hours")
    }

    @Test("A day without midnight: Santiago's summer time begins at twelve")
    func withoutMidnight() throws {
        var telling = Telling(day: "2026-09-05", zone: "America/Santiago", neighbours: 3)
        telling.pms("Bo Li is current from September 6, Ana Diaz gave notice for the 5th") {
            $0.resident("r1", "Bo", "Li", unit: "101", .current, moveIn: "2026-09-06")
            $0.resident(
                "r2",
                "Ana",
                "Diaz",
                unit: "102",
                .notice,
                moveIn: "2026-01-05",
                moveOut: "2026-09-05"
            )
        }
        #expect(telling.story.stays("r1") == ["101 upcoming 2026-09-06…"])
        let last = telling.later(12 * 60 - 1, "the same, a minute before midnight")
        #expect(last.plan.isEmpty)
        let first = telling.later(1, "the same, a minute later, when it is one o'clock")
        #expect(first.alerts == [.moveOutOverdue])
        #expect(telling.story.stays("r1") == ["101 current 2026-09-06…"])
        try telling.check("a-day-without-midnight")
    }

    @Test("A day that never was: Samoa has no December 30, 2011")
    func skippedDay() throws {
        var telling = Telling(day: "2011-12-29", zone: "Pacific/Apia", neighbours: 3)
        telling.pms("Bo Li is current from December 30, Ana Diaz's notice is for the 30th") {
            $0.resident("r1", "Bo", "Li", unit: "101", .current, moveIn: "2011-12-30")
            $0.resident(
                "r2",
                "Ana",
                "Diaz",
                unit: "102",
                .notice,
                moveIn: "2011-01-05",
                moveOut: "2011-12-30"
            )
        }
        #expect(telling.story.stays("r1") == ["101 upcoming 2011-12-30…"])
        let next = telling.later(24 * 60, "the next noon, which is December 31") {
            $0.status("r2", .past)
        }
        #expect(next.plan.day == CivilDate(iso: "2011-12-31"))
        #expect(telling.story.stays("r1") == ["101 current 2011-12-30…"])
        #expect(telling.story.stays("r2") == ["102 ended 2011-01-05…2011-12-30"])
        try telling.check("a-day-that-never-was")
    }

    @Test("The PMS property's code is renamed")
    func recoded() throws {
        var telling = Telling.ana()
        let renamed = telling.pms("the property is called oak-01 in the PMS", on: "2026-03-02") {
            $0.recode("site", as: "oak-01")
        }
        #expect(renamed.plan.writesNothing)
        #expect(renamed.alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("the-pms-propertys-code-is-renamed")
    }

    @Test("The PMS is changed to another vendor")
    func anotherVendor() throws {
        var telling = Telling(neighbours: 0)
        telling.pms("Ana Diaz is current in 101, Bo Li in 102") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-01-05")
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-02-05")
        }
        telling.decided("the old PMS is detached, the new one attached", on: "2026-03-10") {
            $0.detach("site")
            $0.attach("new", connection: "entrata")
            $0.pmsUnit("A-101", at: "new")
            $0.pmsUnit("A-102", at: "new")
        }
        let linked = telling.pms("the new PMS lists both, its units are not mapped") {
            $0.resident(
                "77",
                "Ana",
                "Diaz",
                unit: "A-101",
                .current,
                moveIn: "2026-01-05",
                at: "new"
            )
            $0.resident(
                "78",
                "Bo",
                "Li",
                unit: "A-102",
                .current,
                moveIn: "2026-02-05",
                at: "new"
            )
        }
        #expect(linked.plan.counts.linked == 2)
        #expect(linked.plan.counts.created == 0)
        #expect(linked.endings.isEmpty)
        let mapped = telling.decided("A-101 is mapped to 101, A-102 to 102", on: "2026-03-11") {
            $0.map("A-101", to: "101", at: "new")
            $0.map("A-102", to: "102", at: "new")
        }
        #expect(mapped.plan.isEmpty)
        let left = telling.pms("Bo Li is past since yesterday", on: "2026-04-01") {
            $0.status("78", .past)
            $0.change("78") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        #expect(left.endings == [.movedOut])
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.stays("r2") == ["102 ended 2026-02-05…2026-03-31"])
        let out = telling.decided("Ana Diaz is taken out of 101 by hand", on: "2026-04-02") {
            $0.unassign("r1", from: "101")
        }
        #expect(out.plan.isEmpty)
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-04-02"])
        try telling.check("the-pms-is-changed-to-another-vendor")
    }
}
