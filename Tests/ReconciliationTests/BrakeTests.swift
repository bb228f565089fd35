import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("The brake")
struct BrakeTests {
    /// That many residents, each current in a unit of their own.
    static func house(of count: Int) -> Story {
        Story(day: "2026-03-01") { story in
            for number in 1...count {
                let unit = "\(100 + number)"
                story.unit(unit)
                story.resident(
                    "r\(number)",
                    "Resident",
                    "No\(number)",
                    unit: unit,
                    .current,
                    moveIn: "2026-01-05"
                )
            }
        }
    }

    static let boundaries: [(open: Int, removed: Int, isHeld: Bool)] = [
        (1, 1, false), (2, 1, false), (2, 2, true), (3, 1, false), (3, 2, true), (5, 2, false),
        (5, 3, true), (6, 3, false), (8, 3, false), (8, 4, true), (30, 3, false), (30, 4, true),
        (40, 4, false), (40, 5, true),
    ]

    @Test("More than max(3, 10 %), or more than half of two or more, holds", arguments: boundaries)
    func removals(open: Int, removed: Int, isHeld: Bool) {
        var story = Self.house(of: open)
        #expect(story.run().objections.isEmpty)
        for number in 1...removed { story.status("r\(number)", .past) }
        let outcome = story.run()
        #expect(outcome.plan.counts.ended == removed)
        #expect(outcome.objections.isEmpty != isHeld)
    }

    @Test("A stated move-out that is today or earlier does not count; a later one does")
    func stated() {
        for (day, isHeld) in [("2026-03-01", false), ("2026-02-01", false), ("2026-03-02", true)] {
            var story = Self.house(of: 8)
            story.run()
            for number in 1...8 {
                story.change("r\(number)") { $0.moveOut = CivilDate(iso: day) }
            }
            story.run()
            for number in 1...8 { story.status("r\(number)", .past) }
            #expect(story.run().objections.isEmpty != isHeld)
        }
    }

    @Test("A move-out that nobody knew of until it ended a stay counts as a first date")
    func sudden() {
        for (count, isHeld) in [(5, false), (6, true)] {
            var story = Self.house(of: 8)
            story.run()
            for number in 1...count {
                story.status("r\(number)", .past)
                story.change("r\(number)") { $0.moveOut = CivilDate(iso: "2026-02-01") }
            }
            let objections = story.run().objections
            #expect(objections.isEmpty != isHeld)
            if isHeld { #expect(objections.first?.sentence.contains("earlier move-out") == true) }
        }
    }

    @Test("Removals of the last 24 hours count with those of the plan, older ones do not")
    func lastDay() {
        var story = Self.house(of: 20)
        story.run()
        for number in 1...2 { story.status("r\(number)", .evicted) }
        #expect(story.run().objections.isEmpty)
        for number in 3...4 { story.status("r\(number)", .evicted) }
        let input = story.snapshots()
        story.wait(minutes: 24 * 60 - 1)
        let held = story.plan(input)
        #expect(held.objections.count == 1)
        #expect(held.objections.first?.sentence.hasPrefix("4 of 20 assignments") == true)
        story.wait(minutes: 1)
        #expect(story.plan(input).objections.isEmpty)
    }

    @Test("Units that change count like endings")
    func transfers() {
        var story = Self.house(of: 8)
        for unit in 201...204 { story.unit("\(unit)") }
        story.run()
        for number in 1...4 { story.transfer("r\(number)", to: "\(200 + number)") }
        #expect(story.run().objections.count == 1)
    }

    @Test("A list without residents, or without units, holds where there were some before")
    func emptyLists() {
        var story = Self.house(of: 3)
        story.run()
        let residents = story.residencies
        story.residencies = [:]
        #expect(story.plan(story.snapshots()).objections.count == 1)
        story.residencies = residents
        story.pmsUnits[Story.site] = [:]
        #expect(story.plan(story.snapshots()).objections.count == 1)
    }

    @Test("An empty first list holds nothing")
    func firstList() {
        var story = Story(day: "2026-03-01")
        #expect(story.run().objections.isEmpty)
        #expect(story.run().objections.isEmpty)
    }

    static let vanishing: [(units: Int, gone: Int, isHeld: Bool)] = [
        (5, 2, false), (5, 3, true), (20, 4, false), (20, 5, true),
    ]

    @Test("More than max(2, 20 %) of the PMS units vanished holds", arguments: vanishing)
    func vanished(units: Int, gone: Int, isHeld: Bool) {
        var story = Self.house(of: 1)
        for number in 2...units { story.unit("\(100 + number)") }
        story.run()
        for number in 0..<gone { story.vanish("\(100 + units - number)") }
        #expect(story.plan(story.snapshots()).objections.isEmpty != isHeld)
        #expect(story.plan(story.snapshots(["site"])).objections.isEmpty)
    }

    @Test("The numbers are the property's own")
    func settings() {
        var story = Self.house(of: 20)
        story.set {
            $0.brakeRemovals = 0
            $0.brakeRemovalsPercent = 0
        }
        story.run()
        story.status("r1", .past)
        #expect(story.run().objections.count == 1)
    }

    @Test("Old move-outs on everybody hold, where the property ends what is long overdue")
    func overdue() {
        for (count, isHeld) in [(5, false), (6, true)] {
            var story = Self.house(of: 8)
            story.set { $0.overdueDays = 3 }
            story.run()
            for number in 1...count {
                story.change("r\(number)") { $0.moveOut = CivilDate(iso: "2026-02-01") }
            }
            let outcome = story.run()
            #expect(outcome.plan.counts.ended == count)
            #expect(outcome.objections.isEmpty != isHeld)
        }
    }
}
