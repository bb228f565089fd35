import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Who is brought in")
struct CandidateTests {
    static let cases: [(LeaseStatus, ResidentRole, Bool)] = LeaseStatus.allCases.flatMap { status in
        ResidentRole.allCases.flatMap { role in [(status, role, true), (status, role, false)] }
    }

    @Test("Status, role and e-mail decide whether a resident comes in", arguments: cases)
    func candidates(status: LeaseStatus, role: ResidentRole, hasEmail: Bool) {
        var story = Story(day: "2026-03-01") {
            $0.unit("101")
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "101",
                status,
                role: role,
                email: hasEmail ? "ana@example.com" : nil
            )
        }
        let outcome = story.run()
        let livesThere = role != .guarantor
        let stands = [.future, .current, .notice].contains(status)
        #expect((story.person("r1") != nil) == (livesThere && stands && hasEmail))
        let asksForEmail = (role == .primary || role == .coResident) && stands && !hasEmail
        #expect(outcome.alerts.contains(.missingEmail) == asksForEmail)
        #expect(outcome.alerts.contains(.unknownStatus) == (status == .unknown))
    }

    @Test("A new resident becomes a person with the PMS's name, e-mail and phone, in the unit")
    func creating() throws {
        var story = Story.ana { $0.change("r1") { $0.phone = "617-555-0100" } }
        let outcome = story.run()
        let person = try #require(story.person("r1"))
        #expect(person.firstName == "Ana")
        #expect(person.lastName == "Diaz")
        #expect(person.email == "Ana.Diaz@example.com")
        #expect(person.phone == "617-555-0100")
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(outcome.plan.counts.created == 1)
        #expect(outcome.plan.counts.assigned == 1)
        #expect(outcome.plan.counts.linked == 0)
    }

    @Test("A company as leaseholder comes in with its name as last name")
    func company() {
        var story = Story(day: "2026-03-01") {
            $0.unit("101")
            $0.resident("r1", "", "Acme Housing", unit: "101", .current, email: "a@acme.example")
        }
        story.run()
        #expect(story.person("r1")?.lastName == "Acme Housing")
    }

    @Test("A person already here with the same name and e-mail is linked, and none is made")
    func linking() {
        var story = Story.ana()
        let ana = story.person("ANA", "Díaz", email: " ana.diaz@EXAMPLE.com ")
        let outcome = story.run()
        #expect(story.person("r1")?.id == ana)
        #expect(outcome.plan.counts.created == 0)
        #expect(outcome.plan.counts.linked == 1)
    }

    @Test("A resident without a unit comes in without one")
    func noUnit() {
        var story = Story(day: "2026-03-01") {
            $0.resident("r1", "Ana", "Diaz", unit: nil, .future)
        }
        let outcome = story.run()
        #expect(story.person("r1") != nil)
        #expect(story.stays("r1").isEmpty)
        #expect(outcome.alerts.isEmpty)
    }

    @Test("An unknown word changes nothing for those who have it, and is listed once")
    func unknownWord() {
        var story = Story.ana {
            $0.resident("r2", "Bo", "Li", unit: "102", .current, moveIn: "2026-01-05")
        }
        story.run()
        for id in ["r1", "r2"] {
            story.status(id, .unknown)
            story.change(id) { $0.statusWord = "Skip Trace" }
        }
        let outcome = story.run()
        #expect(outcome.plan.isEmpty)
        #expect(outcome.alerts == [.unknownStatus])
        #expect(outcome.plan.alerts.first?.residents.count == 2)
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.status("r1", .current)
        story.status("r2", .past)
        #expect(story.run().alerts.isEmpty)
        #expect(story.stays("r2") == ["102 ended 2026-01-05…2026-03-01"])
    }
}
