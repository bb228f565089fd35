import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Units and mapping")
struct MappingTests {
    @Test("Two PMS units mapped to one unit put both households there")
    func manyToOne() {
        var story = Story.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-02-01")
            $0.map("102", to: "101")
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.stays("r2") == ["101 current 2026-02-01…"])
    }

    @Test("Moving between PMS units of one joined unit ends nothing")
    func insideJoinedUnit() {
        var story = Story.ana { $0.map("102", to: "101") }
        story.run()
        story.go(to: "2026-03-10")
        story.transfer("r1", to: "102")
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
    }

    @Test("People of an unmapped unit come in without a unit, and stand in it once it is mapped")
    func unmapped() throws {
        var story = Story.ana { $0.unmap("101") }
        story.resident("r2", "Bo", "Li", unit: "101", .future, moveIn: "2026-04-01")
        let outcome = story.run()
        #expect(story.person("r1") != nil)
        #expect(story.stays("r1").isEmpty)
        #expect(outcome.alerts == [.unmappedUnit])
        #expect(outcome.plan.alerts.first?.detail.contains("2 residents wait") == true)
        #expect(story.runCutShort(missing: ["r1"]).plan.alerts == outcome.plan.alerts)
        story.map("101", to: "101")
        #expect(story.run().alerts.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.stays("r2") == ["101 upcoming 2026-04-01…"])
    }

    @Test("An ignored unit assigns nobody and raises nothing")
    func ignored() {
        var story = Story.ana { $0.ignore("101") }
        #expect(story.run().alerts.isEmpty)
        #expect(story.person("r1") != nil)
        #expect(story.stays("r1").isEmpty)
    }

    @Test("A mapping changed to another unit moves its residents")
    func changed() {
        var story = Story.ana { $0.emptyUnit("111") }
        story.run()
        story.map("101", to: "111")
        let outcome = story.run()
        #expect(outcome.endings == [.mappingChanged])
        #expect(outcome.plan.changes.first?.isGrant == true)
        #expect(
            story.stays("r1") == ["101 ended 2026-01-05…2026-03-01", "111 current 2026-01-05…"]
        )
    }

    @Test("A mapping changed to a unit where the resident already stands leaves one assignment")
    func changedToJoin() {
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
        story.map("101", to: "102")
        story.run()
        #expect(story.stays("r1").filter { $0.contains("current") } == ["102 current 2026-01-05…"])
    }

    @Test("A mapping changed before an incomplete snapshot moves at the next complete one")
    func changedThenIncomplete() {
        var story = Story.ana { $0.emptyUnit("111") }
        story.run()
        story.map("101", to: "111")
        story.runCutShort()
        #expect(story.stays("r1").count { $0.contains("current") } == 2)
        #expect(story.run().endings == [.mappingChanged])
    }

    @Test("Nobody moves out for being unmapped, but whoever leaves then does")
    func removed() {
        var story = Story.ana()
        story.run()
        story.unmap("101")
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.status("r1", .past)
        #expect(story.run().endings == [.movedOut])
    }

    @Test("A space maps through its unit unless it is mapped itself")
    func spaces() {
        var story = Story.ana {
            $0.drop("r1")
            $0.pmsUnit("101/A", partOf: "101")
            $0.pmsUnit("101/B", partOf: "101")
            $0.map("101/B", to: "102")
            $0.resident("r1", "Ana", "Diaz", unit: "101/A", .current, moveIn: "2026-01-05")
            $0.resident("r2", "Bo", "Li", unit: "101/B", .current, moveIn: "2026-01-05")
        }
        story.run()
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.stays("r2") == ["102 current 2026-01-05…"])
    }

    @Test("A mapped PMS unit that leaves the list keeps its mapping and is listed until it is back")
    func vanished() {
        var story = Story.ana()
        story.run()
        story.vanish("102")
        #expect(story.run().alerts == [.pmsUnitVanished])
        #expect(story.run().alerts == [.pmsUnitVanished])
        story.pmsUnit("102")
        #expect(story.run().alerts.isEmpty)
    }

    @Test("An incomplete list of units makes none vanish")
    func incompleteUnits() {
        var story = Story.ana()
        story.run()
        story.vanish("102")
        #expect(story.runCutShort().alerts.isEmpty)
    }
}
