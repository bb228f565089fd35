import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Who is who")
struct IdentityTests {
    // MARK: Linked records

    @Test("A changed phone, and a changed first or last name, are written")
    func detailsAreWritten() {
        var story = Story.ana()
        story.run()
        story.change("r1") { $0.phone = "617-555-0100" }
        story.run()
        #expect(story.person("r1")?.phone == "617-555-0100")
        story.change("r1") { $0.lastName = "Diaz-Moreno" }
        let outcome = story.run()
        #expect(story.person("r1")?.lastName == "Diaz-Moreno")
        #expect(outcome.alerts.isEmpty)
        #expect(outcome.plan.counts.updated == 1)
        story.change("r1") { $0.firstName = "Anna" }
        story.run()
        #expect(story.person("r1")?.firstName == "Anna")
        #expect(story.person("r1")?.version == 4)
    }

    @Test("A phone or an address that the PMS drops is kept, and no other when it comes back")
    func droppedDetailsAreKept() {
        var story = Story.ana { $0.change("r1") { $0.phone = "617-555-0100" } }
        story.run()
        story.change("r1") {
            $0.phone = nil
            $0.email = nil
        }
        let outcome = story.run()
        #expect(outcome.plan.isEmpty)
        #expect(outcome.alerts.isEmpty)
        #expect(story.person("r1")?.phone == "617-555-0100")
        #expect(story.person("r1")?.email == "Ana.Diaz@example.com")

        story.change("r1") { $0.email = "new@example.com" }
        #expect(story.run().alerts == [.emailMismatch])
        story.change("r1") { $0.email = "ana.diaz@example.com" }
        let restored = story.run()
        #expect(restored.alerts.isEmpty)
        #expect(restored.plan.isEmpty)
    }

    @Test("Another e-mail waits while everything else is written, until the PMS takes it back")
    func emailMismatch() {
        var story = Story.ana()
        story.run()
        story.change("r1") {
            $0.email = "new@example.com"
            $0.phone = "617-555-0100"
            $0.moveIn = CivilDate(iso: "2026-01-06")
        }
        let outcome = story.run()
        #expect(outcome.alerts == [.emailMismatch])
        #expect(story.person("r1")?.email == "Ana.Diaz@example.com")
        #expect(story.person("r1")?.phone == "617-555-0100")
        #expect(story.stays("r1") == ["101 current 2026-01-06…"])
        story.go(to: "2026-03-02")
        #expect(story.run().alerts == [.emailMismatch])
        story.change("r1") { $0.email = "ana.diaz@example.com" }
        #expect(story.run().alerts.isEmpty)
        #expect(story.directory.links.values.allSatisfy { $0.accepted == nil })
    }

    @Test("Another first and last name waits with everything but endings")
    func nameMismatch() {
        var story = Story.ana()
        story.run()
        story.change("r1") {
            $0.firstName = "Zed"
            $0.lastName = "Young"
            $0.phone = "617-555-0100"
            $0.moveIn = CivilDate(iso: "2026-02-01")
        }
        let outcome = story.run()
        #expect(outcome.plan.isEmpty)
        #expect(outcome.alerts == [.nameMismatch])
        #expect(story.person("r1")?.firstName == "Ana")
        story.go(to: "2026-03-05")
        story.status("r1", .past)
        #expect(story.run().endings == [.movedOut])
        #expect(story.person("r1")?.firstName == "Ana")
    }

    @Test("Another name and e-mail raise both alerts; leaving the old unit still ends it")
    func nameAndEmailMismatch() {
        var story = Story.ana()
        story.run()
        story.change("r1") {
            $0.lastName = "Young"
            $0.email = "young@example.com"
        }
        #expect(story.run().alerts == [.emailMismatch, .nameMismatch])
        #expect(story.person("r1")?.lastName == "Diaz")
        story.go(to: "2026-03-02")
        story.transfer("r1", to: "102")
        story.run()
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-03-02"])
        story.go(to: "2026-03-03")
        #expect(story.run().plan.isEmpty)
    }

    @Test("Alerts of a record stand while an incomplete snapshot does not get to it")
    func alertsStand() {
        var story = Story.ana()
        story.run()
        story.change("r1") { $0.email = "new@example.com" }
        story.resident("r2", "Bo", "Li", unit: "102", .current, email: nil)
        #expect(story.run().alerts == [.emailMismatch, .missingEmail])
        let cut = story.runCutShort(missing: ["r1", "r2"])
        #expect(cut.alerts == [.emailMismatch, .missingEmail])
        #expect(story.run(unreadable: ["r1", "r2"]).alerts == [.emailMismatch, .missingEmail])
    }

    @Test("Of several records of one person the leading one writes")
    func leadingRecord() {
        var story = Story.ana {
            $0.resident(
                "r2",
                "Ana",
                "Diaz",
                unit: "102",
                .past,
                moveIn: "2024-01-05",
                moveOut: "2025-01-05"
            )
        }
        story.person("Ana", "Diaz", email: "ana.diaz@example.com")
        story.status("r2", .future)
        story.run()
        #expect(story.person("r1")?.id == story.person("r2")?.id)
        story.change("r2") { $0.phone = "1" }
        story.change("r1") { $0.phone = "2" }
        story.run()
        #expect(story.person("r1")?.phone == "2")
        story.status("r1", .past)
        story.run()
        #expect(story.person("r1")?.phone == "1")
    }

    // MARK: Records nobody has linked yet

    @Test("A new PMS id of a known person is linked in silence and the stay goes on")
    func newID() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-03-10")
        story.drop("r1")
        story.resident("r9", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-01-05")
        let outcome = story.run()
        #expect(outcome.alerts.isEmpty)
        #expect(outcome.plan.counts.linked == 1)
        #expect(story.person("r9")?.id == story.person("r1")?.id)
        story.wait(minutes: 60)
        #expect(story.run().plan.isEmpty)
        #expect(story.stays("r9") == ["101 current 2026-01-05…"])
    }

    @Test("Two new residents who share an address under different names both wait, in one alert")
    func duplicateEmailsTogether() {
        var story = Story.ana {
            $0.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "ANA.diaz@example.com")
            $0.resident("r3", "Cy", "Diaz", unit: "101", .current, email: "ana.diaz@example.com")
        }
        let outcome = story.run()
        #expect(outcome.alerts == [.duplicateEmails])
        #expect(outcome.plan.alerts.first?.residents.map(\.text) == ["r1", "r2", "r3"])
        #expect(story.directory.people.isEmpty)
        story.change("r2") { $0.email = "bo@example.com" }
        story.change("r3") { $0.email = "cy@example.com" }
        #expect(story.run().alerts.isEmpty)
        #expect(story.directory.people.count == 3)
    }

    @Test("Whoever comes second with an address waits; the first stays")
    func duplicateEmailsInTurn() {
        var story = Story.ana()
        story.run()
        story.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "ana.diaz@example.com")
        #expect(story.run().alerts == [.duplicateEmails])
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(story.person("r2") == nil)
        story.drop("r2")
        #expect(story.run().alerts.isEmpty)
    }

    @Test("Two who share an address wait, too, while an incomplete snapshot shows only one of them")
    func duplicateEmailsCutShort() {
        var story = Story.ana {
            $0.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "ana.diaz@example.com")
        }
        story.run()
        let outcome = story.runCutShort(missing: ["r1"])
        #expect(outcome.alerts == [.duplicateEmails])
        #expect(story.directory.people.isEmpty)
    }

    @Test("A newcomer with the address of somebody here under another name waits")
    func holderUnderAnotherName() {
        var story = Story.ana()
        story.person("Zed", "Young", email: "ana.diaz@example.com")
        #expect(story.run().alerts == [.nameMismatch])
        #expect(story.person("r1") == nil)
    }

    @Test("The next tenant who uses the address of the one before waits")
    func reusedAddress() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-04-01")
        story.status("r1", .past)
        story.run()
        story.resident("r2", "Bo", "Li", unit: "101", .current, email: "ana.diaz@example.com")
        #expect(story.run().alerts == [.nameMismatch])
        #expect(story.person("r2") == nil)
        #expect(story.person("r1")?.email == "Ana.Diaz@example.com")
    }

    @Test("A namesake in another unit is another person, arriving together or later")
    func namesake() {
        var story = Story.ana {
            $0.resident("r2", "Ana", "Diaz", unit: "102", .current, email: "two@example.com")
        }
        #expect(story.run().alerts.isEmpty)
        #expect(story.directory.people.count == 2)
        story.emptyUnit("103")
        story.resident("r3", "Ana", "Diaz", unit: nil, .future, email: "three@example.com")
        #expect(story.run().alerts.isEmpty)
        #expect(story.directory.people.count == 3)
    }

    enum Lookalike: String, CaseIterable, Sendable {
        case byHand, past, samePhone, sameUnit
    }

    @Test("A namesake who may be the same person waits", arguments: Lookalike.allCases)
    func lookalike(_ kind: Lookalike) {
        var story = Story(day: "2026-03-01") {
            $0.unit("101")
            $0.unit("102")
        }
        if kind == .byHand {
            story.person("Ana", "Diaz", email: "old@example.com")
        } else {
            story.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "101",
                .current,
                phone: "617-555-0100"
            )
            story.run()
            if kind == .past { story.status("r1", .past) }
        }
        story.resident(
            "r2",
            "Ana",
            "Diaz",
            unit: kind == .sameUnit ? "101" : "102",
            .current,
            email: "new@example.com",
            phone: kind == .samePhone ? "617-555-0100" : nil
        )
        let outcome = story.run()
        #expect(outcome.alerts == [.duplicateAccounts])
        #expect(story.person("r2") == nil)
    }

    @Test("A past stay waits while a record of the same unit and first name waits on that person")
    func renewalUnderAnotherName() {
        var story = Story.ana()
        story.run()
        story.go(to: "2026-04-01")
        story.status("r1", .past)
        story.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        story.resident("r2", "Ana", "Moreno", unit: "101", .current, email: "ana.diaz@example.com")
        let outcome = story.run()
        #expect(outcome.alerts == [.nameMismatch])
        #expect(story.stays("r1") == ["101 current 2026-01-05…"])
        story.drop("r2")
        story.run()
        #expect(story.stays("r1") == ["101 ended 2026-01-05…2026-03-31"])
    }

    @Test("A record given to somebody else while its status is excluded is asked about afterwards")
    func givenAwayWhileExcluded() {
        var story = Story.ana()
        story.run()
        story.word("current", means: nil, excluded: true)
        story.change("r1") {
            $0.firstName = "Bob"
            $0.lastName = "Stone"
            $0.email = "bob.stone@example.com"
        }
        #expect(story.run().plan.isEmpty)
        story.go(to: "2026-03-02")
        #expect(story.run().plan.writesNothing)
        story.word("current", means: nil)
        let outcome = story.run()
        #expect(outcome.plan.isEmpty)
        #expect(Set(outcome.alerts) == [.nameMismatch, .emailMismatch])
        #expect(story.person("r1")?.firstName == "Ana")
        story.change("r1") {
            $0.firstName = "Ana"
            $0.lastName = "Diaz"
            $0.email = "ana.diaz@example.com"
        }
        #expect(story.run().alerts.isEmpty)
        #expect(story.directory.links.values.allSatisfy { $0.accepted == nil })
    }
}
