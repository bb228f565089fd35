import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: by hand, mapping and undo")
struct DecisionSituations {
    @Test("A hand-made assignment that the PMS confirms")
    func confirmed() throws {
        var telling = Telling()
        let person = telling.story.person(
            "Ana",
            "Diaz",
            email: "ana.diaz@example.com",
            unit: "101",
            from: "2026-02-15"
        )
        telling.pms("says nothing of Ana Diaz, whom somebody put into 101 by hand")
        telling.pms("Ana Diaz is future in 101", on: "2026-03-02") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .future, moveIn: "2026-03-05")
        }
        #expect(telling.story.stays("r1") == ["101 current 2026-02-15…"])
        telling.pms("Ana Diaz is current", on: "2026-03-05") { $0.status("r1", .current) }
        #expect(telling.story.person("r1")?.id == person)
        #expect(telling.story.stays("r1") == ["101 current 2026-03-05…"])
        let left = telling.pms("Ana Diaz is past", on: "2026-06-01") { $0.status("r1", .past) }
        #expect(left.endings == [.movedOut])
        try telling.check("hand-made-and-the-pms-confirms")
    }

    /// Somebody put Ana Diaz, who lives in 101, into 102 as well until the PMS says she has left.
    private static func contradicted() -> Telling {
        var telling = Telling.ana()
        telling.decided("Ana is put into 102 by hand", on: "2026-03-05") {
            $0.assign("r1", to: "102")
        }
        let left = telling.pms("Ana is past", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        #expect(left.endings == [.movedOut])
        #expect(left.alerts == [.manualAssignment])
        return telling
    }

    @Test("A hand-made assignment that the PMS contradicts: Follow PMS")
    func followed() throws {
        var telling = Self.contradicted()
        let followed = telling.decided("Follow PMS") {
            $0.decide(.followPMS, on: .manualAssignment)
        }
        #expect(followed.endings == [.decided])
        #expect(followed.alerts.isEmpty)
        #expect(
            telling.story.stays("r1")
                == ["101 ended 2026-01-05…2026-03-09", "102 ended 2026-03-05…2026-03-10"]
        )
        try telling.check("hand-made-and-the-pms-contradicts-follow-pms")
    }

    @Test("A hand-made assignment that the PMS contradicts: Keep Until")
    func kept() throws {
        var telling = Self.contradicted()
        let kept = telling.decided("Keep until March 20") {
            $0.decide(.keepUntil, on: .manualAssignment, value: "2026-03-20")
        }
        #expect(kept.alerts.isEmpty)
        #expect(telling.pms("the same", on: "2026-03-20").alerts.isEmpty)
        let over = telling.pms("the same", on: "2026-03-21")
        #expect(over.plan.isEmpty)
        #expect(over.alerts == [.manualAssignment])
        try telling.check("hand-made-and-the-pms-contradicts-keep-until")
    }

    @Test("Mapping removed, a resident leaves, mapping made again")
    func remapped() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "101", .current, moveIn: "2026-01-05")
        }
        let removed = telling.decided("the mapping of 101 is removed", on: "2026-03-02") {
            $0.unmap("101")
        }
        #expect(removed.plan.isEmpty)
        #expect(removed.alerts == [.unmappedUnit])
        telling.pms("Bo Li is past since March 9", on: "2026-03-10") {
            $0.status("r2", .past)
            $0.change("r2") { $0.moveOut = CivilDate(iso: "2026-03-09") }
        }
        telling.decided("101 is mapped again", on: "2026-03-12") { $0.map("101", to: "101") }
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.stays("r2") == ["101 ended 2026-01-05…2026-03-09"])
        try telling.check("mapping-removed-a-resident-leaves-mapping-made-again")
    }

    @Test("Unit deleted before a move-in")
    func deleted() throws {
        var telling = Telling()
        telling.pms("Bo Li comes to 102 on March 10") {
            $0.resident("r1", "Bo", "Li", unit: "102", .future, moveIn: "2026-03-10")
        }
        telling.decided("Bo Li is taken out, 102 unmapped and deleted", on: "2026-03-02") {
            $0.unassign("r1", from: "102")
            $0.unmap("102")
            $0.deleteUnit("102")
        }
        let came = telling.pms("Bo Li is current", on: "2026-03-10") { $0.status("r1", .current) }
        #expect(came.plan.isEmpty)
        #expect(came.alerts == [.unmappedUnit])
        #expect(telling.story.person("r1") != nil)
        telling.decided("102 is made anew as 102B and mapped", on: "2026-03-11") {
            $0.emptyUnit("102B")
            $0.map("102", to: "102B")
        }
        #expect(telling.story.stays("r1").last == "102B current 2026-03-10…")
        try telling.check("unit-deleted-before-a-move-in")
    }

    @Test("Undo, and then the next sync")
    func undone() throws {
        var telling = Telling.ana()
        telling.pms("Ana is in 102", on: "2026-03-10") { $0.transfer("r1", to: "102") }
        #expect(telling.story.stays("r1").last == "102 current 2026-03-10…")
        let next = telling.undone("the run that moved Ana")
        #expect(next.plan.isEmpty)
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        #expect(
            telling.story.stays("r1")
                == ["101 current 2026-01-05…", "102 ended 2026-03-10…2026-03-10"]
        )
        telling.pms("Ana is in 103", on: "2026-03-12") { $0.transfer("r1", to: "103") }
        #expect(
            telling.story.stays("r1") == [
                "101 ended 2026-01-05…2026-03-12", "102 ended 2026-03-10…2026-03-10",
                "103 current 2026-03-12…",
            ]
        )
        try telling.check("undo-and-then-the-next-sync")
    }

    @Test("Undo after later runs")
    func undoneLater() throws {
        var telling = Telling.ana()
        let run = telling.story.runs.count
        telling.pms("Ana is in 102, Bo Li moves into 101", on: "2026-03-10") {
            $0.transfer("r1", to: "102")
            $0.resident("r2", "Bo", "Li", unit: "101", .current, moveIn: "2026-03-10")
        }
        telling.pms("Bo Li gives notice for April 30", on: "2026-03-20") {
            $0.status("r2", .notice)
            $0.change("r2") { $0.moveOut = CivilDate(iso: "2026-04-30") }
        }
        let next = telling.undone("the run of March 10", run: run)
        #expect(next.plan.isEmpty)
        #expect(telling.pms("the same", on: "2026-03-21").plan.isEmpty)
        #expect(telling.story.stays("r2") == ["101 current 2026-03-10…"])
        #expect(telling.story.stays("r1").first == "101 current 2026-01-05…")
        telling.pms("Ana is past since March 31", on: "2026-04-01") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        #expect(telling.story.stays("r1").allSatisfy { $0.contains("ended") })
        try telling.check("undo-after-later-runs")
    }

    @Test("Unassigned by hand stays out until the PMS changes")
    func unassigned() throws {
        var telling = Telling.ana()
        let out = telling.decided("Ana is taken out of 101", on: "2026-03-02") {
            $0.unassign("r1", from: "101")
        }
        #expect(out.plan.isEmpty)
        let phone = telling.pms("Ana has another phone number", on: "2026-03-03") {
            $0.change("r1") { $0.phone = "617-555-0100" }
        }
        #expect(phone.plan.counts.assigned == 0)
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-02"])
        telling.pms("Ana gives notice for April 30", on: "2026-03-05") {
            $0.status("r1", .notice)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-04-30") }
        }
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("unassigned-by-hand-stays-out")
    }

    @Test("Archived stays archived")
    func archived() throws {
        var telling = Telling.ana()
        let archived = telling.decided("Ana is archived", on: "2026-03-02") { $0.archive("r1") }
        #expect(archived.plan.isEmpty)
        telling.pms("Ana has another phone number", on: "2026-03-03") {
            $0.change("r1") { $0.phone = "617-555-0100" }
        }
        #expect(telling.story.person("r1")?.isArchived == true)
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-02"])
        telling.pms("Ana is past", on: "2026-03-10") { $0.status("r1", .past) }
        #expect(telling.story.person("r1")?.isArchived == true)
        telling.pms("Ana is future in 103", on: "2026-05-01") {
            $0.drop("r1")
            $0.resident("r1", "Ana", "Diaz", unit: "103", .future, moveIn: "2026-06-01")
        }
        #expect(telling.story.person("r1")?.isArchived == false)
        #expect(telling.story.stays("r1").last == "103 upcoming 2026-06-01…")
        try telling.check("archived-stays-archived")
    }
}
