import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Absence and incomplete snapshots")
struct AbsenceTests {
    @Test("Absent from two complete snapshots at least 45 minutes apart, a resident leaves")
    func absent() {
        var story = Story.ana()
        story.run()
        story.drop("r1")
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 44)
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 1)
        let outcome = story.run()
        #expect(outcome.endings == [.absent])
        let sentence = outcome.plan.changes.first?.reason.sentence
        #expect(sentence?.hasPrefix("no longer in the PMS") == true)
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-03-01"])
        #expect(story.person("r1") != nil)
        story.go(to: "2026-03-02")
        #expect(story.run().plan.writesNothing)
    }

    @Test("An incomplete snapshot between two complete ones neither counts nor resets")
    func incompleteBetween() {
        var story = Story.ana()
        story.run()
        story.drop("r1")
        story.runCutShort()
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 30)
        #expect(story.runCutShort().plan.isEmpty)
        story.wait(minutes: 15)
        #expect(story.run().endings == [.absent])
    }

    @Test("Whoever comes back in time has never been away")
    func comesBack() {
        var story = Story.ana()
        story.run()
        let listed = story.residencies
        story.drop("r1")
        story.run()
        story.residencies = listed
        story.wait(minutes: 60)
        story.run()
        story.drop("r1")
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 45)
        #expect(story.run().endings == [.absent])
    }

    @Test("Whoever comes back after leaving opens the same assignment again")
    func comesBackLate() {
        var story = Story.ana()
        story.run()
        let listed = story.residencies
        story.drop("r1")
        story.run()
        story.wait(minutes: 60)
        story.run()
        story.residencies = listed
        story.go(to: "2026-03-05")
        #expect(story.run().plan.changes.map(\.reason.code) == [.reopened])
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("A record that cannot be read is neither changed nor absent")
    func unreadable() {
        var story = Story.ana()
        story.run()
        for _ in 1...3 {
            story.wait(minutes: 60)
            #expect(story.run(unreadable: ["r1"]).plan.writesNothing)
        }
        story.drop("r1")
        story.run()
        story.resident("r1", "Ana", "Diaz", unit: "101", .past, moveIn: "2026-01-05")
        story.wait(minutes: 60)
        #expect(story.run(unreadable: ["r1"]).plan.isEmpty)
        #expect(story.run().endings == [.movedOut])
    }

    @Test("A move-in date reached while the record cannot be read counts once it can")
    func dateWhileUnreadable() {
        var story = Story.ana { $0.change("r1") { $0.moveIn = CivilDate(iso: "2026-03-03") } }
        story.run()
        story.go(to: "2026-03-03")
        story.run(unreadable: ["r1"])
        story.go(to: "2026-03-04")
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-03-03…"])
    }

    @Test("Past in an incomplete snapshot ends nothing, and ends at the next complete one")
    func pastInIncomplete() {
        var story = Story.ana()
        story.run()
        story.status("r1", .past)
        #expect(story.runCutShort().plan.isEmpty)
        story.wait(minutes: 5)
        #expect(story.run().endings == [.movedOut])
    }

    @Test("A transfer in an incomplete snapshot gives the new unit and takes the old one later")
    func transferInIncomplete() {
        var story = Story.ana()
        story.run()
        story.transfer("r1", to: "102")
        story.runCutShort()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-03-01…"])
        story.go(to: "2026-03-02")
        #expect(story.run().endings == [.transfer])
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-02", "102 current 2026-03-01…"]
        )
    }

    @Test("A PMS property that was not asked says nothing about its people")
    func notAsked() {
        var story = Story.ana { $0.attach("annex") }
        story.run()
        story.wait(minutes: 60)
        var input = story.snapshots()
        input.removeAll { $0.attachment == Story.site }
        let outcome = story.plan(input)
        #expect(outcome.broken == [])
        #expect(outcome.plan.writesNothing)
    }

    @Test(
        "One export read twice is one snapshot, whatever its clock: an absence counts with the next",
        arguments: [0, 5]
    )
    func sameExport(minutesAhead: Int) {
        var story = Story.ana()
        story.run()
        story.drop("r1")
        story.statedAt = story.now.adding(minutes: minutesAhead)
        story.run()
        for _ in 1...3 {
            story.wait(minutes: 60)
            #expect(story.run().plan.isEmpty)
        }
        story.statedAt = story.now
        story.wait(minutes: 5)
        #expect(story.run().endings == [.absent])
    }
}
