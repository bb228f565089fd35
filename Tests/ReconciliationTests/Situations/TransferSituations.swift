import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: moving between units and properties")
struct TransferSituations {
    @Test("Roommate moves within the building on the same customer id")
    func roommate() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "101", .current, moveIn: "2026-01-05")
        }
        let moved = telling.pms("Bo Li, still r2, is in 102", on: "2026-03-10") {
            $0.transfer("r2", to: "102")
        }
        #expect(moved.endings == [.transfer])
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(
            telling.story.stays("r2")
                == ["101 ended 2026-01-05…2026-03-10", "102 current 2026-03-10…"]
        )
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        try telling.check("roommate-moves-within-the-building")
    }

    @Test("Two leases, two units")
    func twoUnits() throws {
        var telling = Telling.ana()
        telling.pms("Ana has a second lease, on 102", on: "2026-03-10") {
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "102",
                .current,
                lease: "L2",
                moveIn: "2026-03-10"
            )
        }
        #expect(
            telling.story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-03-10…"]
        )
        telling.pms("the lease on 101 is past", on: "2026-05-02") {
            $0.status("r1", lease: "L1", .past)
            $0.change("r1", lease: "L1") { $0.moveOut = CivilDate(iso: "2026-05-01") }
        }
        #expect(
            telling.story.stays("r1")
                == ["101 ended 2026-01-05…2026-05-01", "102 current 2026-03-10…"]
        )
        try telling.check("two-leases-two-units")
    }

    @Test("Corporate lease over twelve units")
    func corporate() throws {
        var telling = Telling(neighbours: 12)
        telling.pms("Acme Homes LLC leases twelve units") { story in
            for number in 201...212 {
                story.unit("\(number)")
                story.resident(
                    "c1",
                    "",
                    "Acme Homes LLC",
                    unit: "\(number)",
                    .current,
                    email: "stays@acme.example.com",
                    moveIn: "2026-01-05"
                )
            }
        }
        #expect(telling.story.stays("c1").count == 12)
        let less = telling.pms("two of them are given back on March 31", on: "2026-04-01") {
            for number in ["203", "209"] {
                $0.end("c1", in: number, moveOut: "2026-03-31")
            }
        }
        #expect(less.endings == [.movedOut, .movedOut])
        #expect(telling.story.stays("c1").count { $0.contains("current") } == 10)
        try telling.check("corporate-lease-over-twelve-units")
    }

    @Test("Unit renumbered")
    func renumbered() throws {
        var telling = Telling.ana()
        let renamed = telling.pms("101 is called 1-101 and is another PMS unit", on: "2026-03-10") {
            $0.vanish("101")
            $0.pmsUnit("1-101")
            $0.transfer("r1", to: "1-101")
        }
        #expect(renamed.plan.isEmpty)
        #expect(renamed.alerts == [.pmsUnitVanished, .unmappedUnit])
        telling.pms("the same", on: "2026-03-11")
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        let mapped = telling.decided("1-101 is mapped to unit 101, the mapping of 101 removed") {
            $0.map("1-101", to: "101")
            $0.unmap("101")
        }
        #expect(mapped.alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("unit-renumbered")
    }

    @Test("Two units joined")
    func joined() throws {
        var telling = Telling.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-02-05")
        }
        let joined = telling.pms("101 and 102 are one PMS unit 101-102 now", on: "2026-03-10") {
            $0.vanish("101")
            $0.vanish("102")
            $0.pmsUnit("101-102")
            $0.transfer("r1", to: "101-102")
            $0.transfer("r2", to: "101-102")
        }
        #expect(joined.plan.isEmpty)
        telling.decided("101-102 is mapped to unit 101", on: "2026-03-11") {
            $0.map("101-102", to: "101")
        }
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(
            telling.story.stays("r2") == ["102 current 2026-02-05…", "101 current 2026-03-10…"]
        )
        telling.decided("PMS unit 102 is mapped to unit 101, too", on: "2026-03-12") {
            $0.map("102", to: "101")
        }
        try telling.check("two-units-joined")
    }

    @Test("Move to another property of the portfolio with a new id")
    func betweenProperties() throws {
        var telling = Telling {
            $0.attach("elm")
            $0.resident("e1", "Ana", "Diaz", unit: "E5", .current, at: "elm")
        }
        telling.story.detach("elm")
        let ana = try #require(telling.story.person("e1"))
        telling.story.directory.openElsewhere = [ana.id]
        telling.pms("says nothing here of Ana Diaz, e1, who lives in the other property")
        let came = telling.pms("Ana Diaz, r1, is current in 101 here", on: "2026-03-10") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-03-10")
        }
        #expect(came.alerts.isEmpty)
        #expect(telling.story.person("r1")?.id == telling.story.person("e1")?.id)
        #expect(telling.story.stays("r1") == ["101 current 2026-03-10…"])
        let left = telling.pms("Ana Diaz is past here since yesterday", on: "2026-06-01") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-05-31") }
        }
        #expect(left.endings == [.movedOut])
        #expect(telling.story.person("r1")?.isArchived == false)
        try telling.check("move-to-another-property-with-a-new-id")
    }

    @Test("One customer id past in one PMS property and current in another")
    func pastAndCurrent() throws {
        var telling = Telling()
        telling.pms("r1 is past in 101 of site, and current in 201 of annex") {
            $0.attach("annex")
            $0.unit("201", at: "annex")
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "101",
                .past,
                moveIn: "2024-01-05",
                moveOut: "2026-01-31"
            )
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "201",
                .current,
                moveIn: "2026-02-01",
                at: "annex"
            )
        }
        #expect(telling.story.stays("r1") == ["201 current 2026-02-01…"])
        telling.pms("site no longer lists r1", on: "2026-03-10") { $0.drop("r1", from: "101") }
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        #expect(telling.story.stays("r1") == ["201 current 2026-02-01…"])
        try telling.check("one-customer-id-past-here-and-current-there")
    }

    @Test("E-mail changed and transferred at once")
    func emailAndTransfer() throws {
        var telling = Telling.ana()
        let moved = telling.pms("r1 is in 102, with another e-mail address", on: "2026-03-10") {
            $0.transfer("r1", to: "102") { $0.email = "ana@new.example.com" }
        }
        #expect(moved.alerts == [.emailMismatch])
        #expect(
            telling.story.stays("r1")
                == ["101 ended 2026-01-05…2026-03-10", "102 current 2026-03-10…"]
        )
        telling.decided("Use PMS Email", on: "2026-03-11") {
            $0.decide(.usePMSEmail, on: .emailMismatch)
        }
        #expect(telling.story.person("r1")?.email == "ana@new.example.com")
        try telling.check("e-mail-changed-and-transferred-at-once")
    }
}
