import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Status decides, dates inform")
struct AssignmentTests {
    @Test("A resident who is current stands in the unit from the move-in date")
    func current() {
        var story = Story.ana()
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("Without a move-in date the lease's start counts, without either the day seen")
    func leaseStart() {
        var story = Story.ana {
            $0.change("r1") {
                $0.moveIn = nil
                $0.leaseStart = CivilDate(iso: "2025-12-01")
            }
            $0.resident("r2", "Bo", "Li", unit: "102", .notice)
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2025-12-01…"])
        #expect(story.stays("r2") == ["102 current 2026-03-01…"])
    }

    @Test("Future is upcoming, also past its move-in date, until the PMS says current")
    func future() {
        var story = Story.ana { $0.status("r1", .future) }
        story.change("r1") { $0.moveIn = CivilDate(iso: "2026-03-05") }
        story.run()
        #expect(story.stays("r1") == ["101 upcoming 2026-03-05…"])
        story.go(to: "2026-03-20")
        #expect(story.run().plan.isEmpty)
        story.status("r1", .current)
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-03-05…"])
    }

    @Test("Current with a move-in still to come becomes current on that day")
    func futureMoveIn() {
        var story = Story.ana { $0.change("r1") { $0.moveIn = CivilDate(iso: "2026-03-05") } }
        story.run()
        #expect(story.stays("r1") == ["101 upcoming 2026-03-05…"])
        story.go(to: "2026-03-04")
        #expect(story.run().plan.isEmpty)
        story.go(to: "2026-03-05")
        let outcome = story.run()
        #expect(story.stays("r1") == ["101 current 2026-03-05…"])
        #expect(outcome.plan.changes.map(\.reason.code) == [.dateReached])
    }

    @Test(
        "A day begins at midnight of the property's zone",
        arguments: [("Pacific/Honolulu", -11), ("America/New_York", -5), ("Asia/Tokyo", 9)]
    )
    func zones(zone: String, hours: Int) {
        var story = Story(day: "2026-03-04", zone: zone) {
            $0.unit("101")
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-03-05")
        }
        story.wait(minutes: 12 * 60 - 1)
        story.run()
        #expect(story.stays("r1") == ["101 upcoming 2026-03-05…"])
        story.wait(minutes: 1)
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-03-05…"])
    }

    static let ends: [(moveOut: String?, until: String)] = [
        ("2026-02-20", "2026-02-20"), ("2026-03-01", "2026-03-01"), ("2026-03-09", "2026-03-01"),
        (nil, "2026-03-01"), ("2025-12-24", "2026-01-05"),
    ]

    @Test("Past ends at a past move-out, not before its beginning, else now", arguments: ends)
    func past(moveOut: String?, until: String) throws {
        var story = Story.ana()
        story.run()
        story.status("r1", .past)
        let out = story.date(moveOut)
        story.change("r1") { $0.moveOut = out }
        let outcome = story.run()
        #expect(outcome.endings == [.movedOut])
        #expect(story.stays("r1") == ["101 ended 2026-01-05…\(until)"])
        let clock = try #require(CivilClock(name: "America/New_York"))
        let last = try #require(CivilDate(iso: until))
        let endedAt = story.directory.assignments.values.first?.endedAt
        #expect(endedAt == (until == "2026-03-01" ? story.now : clock.start(of: last)))
        story.go(to: "2026-03-15")
        #expect(story.run().plan.isEmpty)
    }

    @Test("A move-out date reached ends nothing while the PMS says current or notice")
    func moveOutDate() {
        var story = Story.ana {
            $0.status("r1", .notice)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-10") }
        }
        story.run()
        let expected = story.directory.assignments.values.first?.expectedUntil
        #expect(expected == CivilDate(iso: "2026-03-10"))
        story.go(to: "2026-03-20")
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test(
        "Cancelled and evicted end now",
        arguments: [(LeaseStatus.cancelled, Reason.Code.cancelled), (.evicted, .evicted)]
    )
    func endingNow(status: LeaseStatus, code: Reason.Code) {
        var story = Story.ana()
        story.run()
        story.status("r1", status)
        story.change("r1") { $0.moveOut = CivilDate(iso: "2026-02-01") }
        #expect(story.run().endings == [code])
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-03-01"])
    }

    @Test("A cancelled future tenancy ends on the day it is cancelled")
    func cancelledFuture() {
        var story = Story.ana { $0.status("r1", .future) }
        story.change("r1") { $0.moveIn = CivilDate(iso: "2026-04-01") }
        story.run()
        story.status("r1", .cancelled)
        #expect(story.run().endings == [.cancelled])
        #expect(story.stays("r1") == ["101 ended 2026-04-01…2026-03-01"])
    }

    @Test("An applicant again loses what was to come, and keeps what is, with an alert")
    func applicant() {
        var story = Story.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .future, moveIn: "2026-04-01")
        }
        story.run()
        story.status("r1", .applicant)
        story.status("r2", .applicant)
        let outcome = story.run()
        #expect(outcome.alerts == [.backToApplicant])
        #expect(outcome.endings == [.backToApplicant])
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.stays("r2") == ["102 ended 2026-04-01…2026-03-01"])
        #expect(story.runCutShort(missing: ["r1"]).alerts == [.backToApplicant])
        story.status("r1", .current)
        story.status("r2", .future)
        #expect(story.run().alerts.isEmpty)
        #expect(story.stays("r2") == ["102 upcoming 2026-04-01…"])
    }

    @Test("An occupant who becomes guarantor leaves")
    func guarantor() {
        var story = Story.ana { $0.change("r1") { $0.role = .occupant } }
        story.run()
        story.change("r1") { $0.role = .guarantor }
        #expect(story.run().endings == [.noLongerLiving])
    }

    @Test("A move-out that is cancelled opens the same assignment again")
    func reopened() {
        var story = Story.ana()
        story.run()
        let before = story.directory.assignments.keys.first
        story.status("r1", .past)
        story.run()
        story.go(to: "2026-03-03")
        story.status("r1", .current)
        let outcome = story.run()
        #expect(outcome.plan.changes.map(\.reason.code) == [.reopened])
        #expect(Array(story.directory.assignments.keys) == [before])
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("One leaves and the next moves in on the same day")
    func turn() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-04-01")
        story.status("r1", .past)
        story.change("r1") { $0.moveOut = CivilDate(iso: "2026-04-01") }
        story.resident("r2", "Bo", "Li", unit: "101", .current, moveIn: "2026-04-01")
        story.run()
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-04-01"])
        #expect(story.stays("r2") == ["101 current 2026-04-01…"])
    }

    // MARK: Stays that join

    @Test("A renewal under a new lease id ends nothing and begins nothing")
    func renewal() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-04-01")
        story.drop("r1")
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "101",
            .current,
            lease: "L2",
            moveIn: "2026-01-05",
            leaseStart: "2026-04-01"
        )
        #expect(story.run().plan.isEmpty)
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("A renewal beside the old lease in past status ends nothing and begins nothing")
    func renewalBesidePast() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-04-01")
        story.status("r1", .past)
        story.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "101",
            .current,
            lease: "L2",
            moveIn: "2026-04-01"
        )
        #expect(story.run().plan.isEmpty)
    }

    @Test("A renewal processed early leaves the resident current in the days between")
    func earlyRenewal() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-28")
        story.status("r1", .past)
        story.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-28") }
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "101",
            .future,
            lease: "L2",
            moveIn: "2026-03-31"
        )
        #expect(story.run().plan.isEmpty)
        for day in ["2026-03-29", "2026-03-30", "2026-03-31"] {
            story.go(to: day)
            if day == "2026-03-31" { story.status("r1", lease: "L2", .current) }
            #expect(story.run().plan.isEmpty)
        }
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("A later stay in the same unit is another assignment where more than a week lies between")
    func laterStay() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-28")
        story.status("r1", .past)
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "101",
            .future,
            lease: "L2",
            moveIn: "2026-04-15"
        )
        story.run()
        #expect(
            story.stays("r1") == [
                "101 ended 2026-01-05…2026-03-28", "101 upcoming 2026-04-15…",
            ]
        )
    }

    @Test("A lapse of a week or less is one assignment, of eight days two", arguments: [7, 8])
    func lapse(days: Int) throws {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-10")
        story.status("r1", .past)
        story.run()
        let start = try #require(CivilDate(iso: "2026-03-10")).adding(days: days)
        story.go(to: start.description)
        story.resident(
            "r1",
            "Ana",
            "Diaz",
            unit: "101",
            .current,
            lease: "L2",
            moveIn: start.description
        )
        story.run()
        let stays = story.stays("r1")
        #expect(
            stays
                == (days == 7
                    ? ["101 current 2026-01-05…"]
                    : ["101 ended 2026-01-05…2026-03-10", "101 current \(start)…"])
        )
    }

    @Test("A bed swap inside a unit ends nothing and begins nothing")
    func bedSwap() {
        var story = Story.ana {
            for bed in ["101/A", "101/B"] { $0.pmsUnit(bed, partOf: "101") }
            $0.drop("r1")
            $0.resident("r1", "Ana", "Diaz", unit: "101/A", .current, moveIn: "2026-01-05")
            $0.resident("r2", "Bo", "Li", unit: "101/B", .current, moveIn: "2026-01-05")
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.go(to: "2026-03-05")
        story.drop("r1")
        story.drop("r2")
        story.resident("r1", "Ana", "Diaz", unit: "101/B", .current, moveIn: "2026-01-05")
        story.resident("r2", "Bo", "Li", unit: "101/A", .current, moveIn: "2026-01-05")
        #expect(story.run().plan.isEmpty)
    }

    @Test("A lease with two spaces in one unit is one assignment, and one gone ends nothing")
    func twoSpaces() {
        var story = Story.ana {
            for bed in ["101/A", "101/B"] { $0.pmsUnit(bed, partOf: "101") }
            $0.drop("r1")
            for bed in ["101/A", "101/B"] {
                $0.resident("r1", "Ana", "Diaz", unit: bed, .current, moveIn: "2026-01-05")
            }
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.residencies = story.residencies.filter { $0.key.residency.unit?.text == "101/A" }
        story.run()
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("Two leases in two units are two assignments, and one ends alone")
    func twoUnits() {
        var story = Story.ana {
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "102",
                .current,
                lease: "L2",
                moveIn: "2026-02-01"
            )
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…", "102 current 2026-02-01…"])
        story.status("r1", lease: "L1", .past)
        story.run()
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-01", "102 current 2026-02-01…"]
        )
    }

    // MARK: By hand

    @Test("An assignment by hand that the PMS agrees with is adopted")
    func adopted() {
        var story = Story.ana()
        let ana = story.person(
            "Ana",
            "Diaz",
            email: "ana.diaz@example.com",
            unit: "101",
            from: "2026-01-01"
        )
        let outcome = story.run()
        #expect(outcome.plan.changes.map(\.reason.code) == [.samePerson, .adopted])
        #expect(story.stays(of: ana) == ["101 current 2026-01-05…"])
        #expect(story.directory.assignments.values.first?.source == .sync)
    }

    @Test("An assignment by hand is never ended, whatever the PMS says")
    func neverEnded() {
        var story = Story.ana()
        let ana = story.person(
            "Ana",
            "Diaz",
            email: "ana.diaz@example.com",
            unit: "102",
            from: "2026-01-01"
        )
        story.run()
        story.status("r1", .past)
        story.run()
        #expect(
            story.stays(of: ana) == [
                "102 current 2026-01-01…", "101 ended 2026-01-05…2026-03-01",
            ]
        )
    }

    @Test("Somebody let in early by hand keeps the unit while the PMS says future")
    func letInEarly() {
        var story = Story.ana { $0.status("r1", .future) }
        story.change("r1") { $0.moveIn = CivilDate(iso: "2026-04-01") }
        let ana = story.person(
            "Ana",
            "Diaz",
            email: "ana.diaz@example.com",
            unit: "101",
            from: "2026-02-01"
        )
        story.run()
        #expect(story.stays(of: ana) == ["101 current 2026-02-01…"])
        story.go(to: "2026-04-01")
        story.status("r1", .current)
        story.run()
        #expect(story.stays(of: ana) == ["101 current 2026-04-01…"])
    }

    @Test("With Unit Sync off people are updated and no assignment changes, until it is on again")
    func unitSyncOff() {
        var story = Story.ana()
        story.run()
        story.set { $0.unitSync = false }
        story.status("r1", .past)
        story.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-02-01")
        let outcome = story.run()
        #expect(outcome.plan.counts.created == 1)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.stays("r2").isEmpty)
        story.go(to: "2026-03-05")
        story.set { $0.unitSync = true }
        story.run()
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-03-01"])
        #expect(story.stays("r2") == ["102 current 2026-02-01…"])
    }
}
