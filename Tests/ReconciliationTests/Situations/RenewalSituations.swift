import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: renewals")
struct RenewalSituations {
    @Test("Renewal with a new id")
    func newID() throws {
        var telling = Telling.ana()
        let renewed = telling.pms("Ana renews and is r2 from now on; r1 is past", on: "2026-04-01")
        {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
            $0.resident("r2", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-04-01")
        }
        #expect(renewed.alerts.isEmpty)
        #expect(renewed.endings.isEmpty)
        telling.pms("r1 has left the list", on: "2026-04-02") { $0.drop("r1") }
        telling.pms("the same", on: "2026-04-03")
        #expect(telling.story.stays("r2") == ["101 current 2026-01-05…"])
        try telling.check("renewal-with-a-new-id")
    }

    @Test("Renewal processed early, the old lease past three days before the new")
    func early() throws {
        var telling = Telling.ana()
        let early = telling.pms(
            "r1 is past since today, the new lease of r2 begins on April 1",
            on: "2026-03-29"
        ) {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-29") }
            $0.resident("r2", "Ana", "Diaz", unit: "101", .future, moveIn: "2026-04-01")
        }
        #expect(early.endings.isEmpty)
        telling.pms("the same", on: "2026-03-31")
        #expect(telling.story.stays("r2") == ["101 current 2026-01-05…"])
        telling.pms("r2 is current", on: "2026-04-01") { $0.status("r2", .current) }
        #expect(telling.story.stays("r2") == ["101 current 2026-01-05…"])
        try telling.check("renewal-processed-early")
    }

    @Test("Month to month: the lease ends and nobody leaves")
    func monthToMonth() throws {
        var telling = Telling()
        telling.pms("Ana Diaz's lease runs to the end of March") {
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "101",
                .current,
                moveIn: "2025-04-01",
                leaseStart: "2025-04-01",
                leaseEnd: "2026-03-31"
            )
        }
        #expect(telling.pms("the lease has ended", on: "2026-04-01").plan.isEmpty)
        telling.pms("the lease now runs from month to month", on: "2026-04-02") {
            $0.change("r1") {
                $0.leaseStart = CivilDate(iso: "2026-04-01")
                $0.leaseEnd = nil
            }
        }
        #expect(telling.story.stays("r1") == ["101 current 2025-04-01…"])
        try telling.check("month-to-month")
    }

    @Test("One leaves, the lease stays")
    func oneLeaves() throws {
        var telling = Telling.ana {
            $0.resident(
                "r2",
                "Bo",
                "Li",
                unit: "101",
                .current,
                role: .coResident,
                moveIn: "2026-01-05"
            )
        }
        let left = telling.pms("Bo Li is past since yesterday", on: "2026-03-10") {
            $0.status("r2", .past)
            $0.change("r2") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        #expect(left.endings == [.movedOut])
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.stays("r2") == ["101 ended 2026-01-05…2026-03-09"])
        try telling.check("one-leaves-the-lease-stays")
    }

    @Test("Bed swap inside a unit")
    func bedSwap() throws {
        var telling = Telling()
        telling.pms("Ana Diaz has bed A and Bo Li bed B of 101") {
            $0.pmsUnit("101-A", partOf: "101")
            $0.pmsUnit("101-B", partOf: "101")
            $0.resident("r1", "Ana", "Diaz", unit: "101-A", .current, moveIn: "2026-01-05")
            $0.resident("r2", "Bo", "Li", unit: "101-B", .current, moveIn: "2026-02-05")
        }
        let swapped = telling.pms("they have swapped their beds", on: "2026-03-10") {
            $0.transfer("r1", to: "101-B")
            $0.transfer("r2", to: "101-A")
        }
        #expect(swapped.plan.isEmpty)
        telling.pms("the same", on: "2026-03-12")
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.stays("r2") == ["101 current 2026-02-05…"])
        try telling.check("bed-swap-inside-a-unit")
    }
}
