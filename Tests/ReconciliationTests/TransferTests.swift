import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Transfers")
struct TransferTests {
    @Test("A transfer gives the new unit first, from the day it is seen, and takes the old one")
    func transfer() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-10")
        story.transfer("r1", to: "102")
        let outcome = story.run()
        #expect(outcome.plan.changes.map(\.isGrant) == [true, false])
        #expect(outcome.endings == [.transfer])
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-10", "102 current 2026-03-10…"]
        )
        story.go(to: "2026-03-11")
        #expect(story.run().plan.isEmpty)
    }

    @Test("A transfer begins on the later day that the PMS states, and both units stand until then")
    func futureDated() {
        var story = Story.ana()
        story.run()
        story.transfer("r1", to: "102") { $0.moveIn = CivilDate(iso: "2026-03-15") }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 upcoming 2026-03-15…"])
        story.go(to: "2026-03-14")
        #expect(story.run().plan.isEmpty)
        story.go(to: "2026-03-15")
        story.run()
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-15", "102 current 2026-03-15…"]
        )
    }

    @Test("Where the old PMS unit has left the list the old assignment stays beside the new")
    func renumbered() throws {
        var story = Story.ana()
        story.run()
        story.vanish("101")
        story.transfer("r1", to: "102")
        let outcome = story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-03-01…"])
        #expect(outcome.alerts == [.pmsUnitVanished])
        let detail = try #require(outcome.plan.alerts.first?.detail)
        #expect(detail.contains("101") && detail.contains("now stand in 102"))
        story.go(to: "2026-03-05")
        #expect(story.run().plan.isEmpty)
    }

    @Test("Into an unmapped unit the old one stays alone, and the move follows once it is mapped")
    func intoUnmapped() throws {
        var story = Story.ana { $0.pmsUnit("103") }
        story.run()
        story.go(to: "2026-03-02")
        story.transfer("r1", to: "103")
        let outcome = story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(outcome.alerts == [.unmappedUnit])
        let detail = try #require(outcome.plan.alerts.first?.detail)
        #expect(detail.contains("PMS unit 103") && detail.contains("so far in 101"))
        story.go(to: "2026-03-20")
        #expect(story.run().plan.isEmpty)
        story.emptyUnit("103")
        story.map("103", to: "103")
        story.run()
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-20", "103 current 2026-03-02…"]
        )
    }

    @Test("Moving there and back again opens the first assignment again")
    func thereAndBack() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-10")
        story.transfer("r1", to: "102")
        story.run()
        story.go(to: "2026-03-12")
        story.transfer("r1", to: "101")
        story.run()
        #expect(
            story.stays("r1") == ["101 current 2026-01-05…", "102 ended 2026-03-10…2026-03-12"]
        )
    }

    @Test("A second lease beside the first moves nobody")
    func secondLease() {
        var story = Story.ana()
        story.run()
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "102",
            .current,
            lease: "L2",
            moveIn: "2026-02-01"
        )
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-02-01…"])
    }

    @Test("A resident moves between two PMS properties of one property")
    func betweenPMSProperties() {
        var story = Story.ana {
            $0.attach("annex")
            $0.unit("201", at: "annex")
        }
        story.run()
        story.go(to: "2026-03-10")
        story.transfer("r1", to: "201", at: "annex")
        #expect(story.run().endings == [.transfer])
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-10", "201 current 2026-03-10…"]
        )
    }

    @Test("Moving to a PMS property that numbers its residents anew keeps the person")
    func anotherConnection() {
        var story = Story.ana {
            $0.attach("annex", connection: "csv")
            $0.unit("201", at: "annex")
        }
        story.run()
        story.go(to: "2026-03-10")
        story.status("r1", .past)
        story.resident(
            "77",
            "Ana",
            "Diaz",
            unit: "201",
            .current,
            moveIn: "2026-03-10",
            at: "annex"
        )
        story.run()
        #expect(story.person("77", connection: "csv")?.id == story.person("r1")?.id)
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-10", "201 current 2026-03-10…"]
        )
    }

    @Test("Whoever is missing once while their move waits keeps the home they have")
    func missingOnTheWay() {
        var story = Story.ana { $0.pmsUnit("103") }
        story.run()
        story.transfer("r1", to: "103")
        story.run()
        let listed = story.residencies
        for _ in 1...2 {
            story.wait(minutes: 60)
            story.drop("r1")
            #expect(story.run().plan.isEmpty)
            story.wait(minutes: 60)
            story.residencies = listed
            #expect(story.run().plan.isEmpty)
        }
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.drop("r1")
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 60)
        #expect(story.run().endings == [.absent])
    }

    @Test("A residency that one snapshot lacked is no new one, to which its resident moves")
    func backAfterAGap() {
        var story = Story.ana()
        story.resident("r1", "Ana", "Diaz", unit: "102", .current, moveIn: "2026-01-05")
        story.run()
        let both = story.residencies
        for missing in ["102", "101", "102", "101"] {
            story.residencies = both
            story.drop("r1", from: missing)
            story.wait(minutes: 60)
            #expect(story.run().plan.isEmpty)
        }
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-01-05…"])
    }

    @Test("A stay called past keeps its home until the move-out stated, where the next is to come")
    func pastBeforeTheNext() {
        var story = Story.ana()
        story.run()
        story.end("r1", in: "101", moveOut: "2026-03-30")
        story.resident("r1", "Ana", "Diaz", unit: "102", .future, lease: "L2", moveIn: "2026-04-01")
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 upcoming 2026-04-01…"])
        story.go(to: "2026-03-30")
        #expect(story.run().plan.isEmpty)
        story.go(to: "2026-03-31")
        #expect(story.run().endings == [.movedOut])
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-30", "102 upcoming 2026-04-01…"]
        )
    }

    @Test("A stay called past keeps its home while the PMS does not say that the next has begun")
    func pastWhileTheNextIsToCome() {
        var story = Story.ana()
        story.run()
        story.end("r1", in: "101", moveOut: "2026-03-30")
        story.resident("r1", "Ana", "Diaz", unit: "102", .future, lease: "L2", moveIn: "2026-03-10")
        story.run()
        story.go(to: "2026-03-11")
        #expect(story.run().plan.isEmpty)
        story.status("r1", lease: "L2", .current)
        story.run()
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-11", "102 current 2026-03-10…"]
        )
    }

    @Test("Paying for somebody else's unit is no next home")
    func pastAndGuarantor() {
        var story = Story.ana()
        story.run()
        story.end("r1", in: "101", moveOut: "2026-03-30")
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "102",
            .future,
            role: .guarantor,
            lease: "L2",
            moveIn: "2026-04-01"
        )
        #expect(story.run().endings == [.movedOut])
    }

    @Test("A stay called past ends once the next has begun, before its stated move-out too")
    func pastAfterTheNext() {
        var story = Story.ana()
        story.run()
        story.end("r1", in: "101", moveOut: "2026-03-30")
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "102",
            .current,
            lease: "L2",
            moveIn: "2026-03-10"
        )
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 upcoming 2026-03-10…"])
        story.go(to: "2026-03-10")
        story.run()
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-10", "102 current 2026-03-10…"]
        )
    }
}
