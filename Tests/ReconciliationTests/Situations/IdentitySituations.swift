import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

@Suite("Situations: who is who")
struct IdentitySituations {
    @Test("Guarantor with the student's e-mail")
    func guarantor() throws {
        var telling = Telling()
        let came = telling.pms("Ana Diaz, and her father as guarantor with her address") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-01-05")
            $0.resident(
                "r2",
                "Hector",
                "Diaz",
                unit: "101",
                .current,
                role: .guarantor,
                email: "ana.diaz@example.com"
            )
        }
        #expect(came.alerts.isEmpty)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        #expect(telling.story.person("r2") == nil)
        try telling.check("guarantor-with-the-students-e-mail")
    }

    @Test("Couple on one e-mail, together")
    func coupleTogether() throws {
        var telling = Telling()
        let came = telling.pms("Ana Diaz and Bo Diaz come with one address") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, email: "diaz@example.com")
            $0.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "diaz@example.com")
        }
        #expect(came.alerts == [.duplicateEmails])
        #expect(telling.story.person("r1") == nil && telling.story.person("r2") == nil)
        let chosen = telling.decided("Bo Diaz holds it (Choose Holder)") {
            $0.decide(.chooseHolder, on: .duplicateEmails, value: "r2")
        }
        #expect(chosen.alerts == [.duplicateEmails])
        #expect(telling.story.person("r1") == nil)
        #expect(telling.story.stays("r2").count == 1)
        telling.pms("Ana Diaz has an address of her own", on: "2026-03-02") {
            $0.change("r1") { $0.email = "ana.diaz@example.com" }
        }
        #expect(telling.story.stays("r1").count == 1)
        try telling.check("couple-on-one-e-mail-together")
    }

    @Test("Couple on one e-mail, one after the other")
    func coupleInTurn() throws {
        var telling = Telling.ana()
        let came = telling.pms("Bo Diaz moves in with Ana and her address", on: "2026-03-10") {
            $0.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "ana.diaz@example.com")
        }
        #expect(came.alerts == [.duplicateEmails])
        #expect(telling.story.person("r2") == nil)
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        let mended = telling.pms("Bo Diaz has an address of his own", on: "2026-03-11") {
            $0.change("r2") { $0.email = "bo.diaz@example.com" }
        }
        #expect(mended.alerts.isEmpty)
        #expect(telling.story.stays("r2").count == 1)
        try telling.check("couple-on-one-e-mail-one-after-the-other")
    }

    @Test("An incomplete snapshot that shows only one of a couple on one e-mail")
    func onlyOne() throws {
        var telling = Telling()
        telling.pms("Ana Diaz and Bo Diaz come with one address") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, email: "diaz@example.com")
            $0.resident("r2", "Bo", "Diaz", unit: "101", .current, email: "diaz@example.com")
        }
        let cut = telling.pms(
            "the export breaks off before Bo Diaz",
            on: "2026-03-02",
            incomplete: ["site"],
            missing: ["r2"]
        )
        #expect(cut.alerts == [.duplicateEmails])
        #expect(telling.story.person("r1") == nil)
        try telling.check("an-incomplete-snapshot-that-shows-only-one-of-a-couple")
    }

    /// Maria Garcia left 101 in February; another record of that name comes in March.
    private static func secondMaria() -> Telling {
        var telling = Telling()
        telling.pms("Maria Garcia is current in 101", on: "2026-02-01") {
            $0.resident("r1", "Maria", "Garcia", unit: "101", .current, moveIn: "2025-02-01")
        }
        telling.pms("Maria Garcia is past", on: "2026-02-28") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-02-27") }
        }
        let came = telling.pms("a Maria Garcia, r2, is current in 104", on: "2026-03-10") {
            $0.resident(
                "r2",
                "Maria",
                "Garcia",
                unit: "104",
                .current,
                email: "mg@new.example.com",
                moveIn: "2026-03-10"
            )
        }
        #expect(came.alerts == [.duplicateAccounts])
        #expect(telling.story.person("r2") == nil)
        return telling
    }

    @Test("Second Maria Garcia: Create Separate")
    func mariaSeparate() throws {
        var telling = Self.secondMaria()
        telling.decided("Create Separate") { $0.decide(.createSeparate, on: .duplicateAccounts) }
        #expect(telling.story.person("r2")?.id != telling.story.person("r1")?.id)
        #expect(telling.story.stays("r2") == ["104 current 2026-03-10…"])
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        try telling.check("second-maria-garcia-create-separate")
    }

    @Test("Second Maria Garcia: Merge")
    func mariaMerged() throws {
        var telling = Self.secondMaria()
        telling.decided("Merge") { $0.decide(.merge, on: .duplicateAccounts) }
        #expect(telling.story.person("r2")?.id == telling.story.person("r1")?.id)
        #expect(telling.story.person("r1")?.email == "mg@new.example.com")
        #expect(
            telling.story.stays("r1")
                == ["101 ended 2025-02-01…2026-02-27", "104 current 2026-03-10…"]
        )
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        try telling.check("second-maria-garcia-merge")
    }

    @Test("Marriage on the same id")
    func marriage() throws {
        var telling = Telling.ana()
        let married = telling.pms("r1 is Ana Moreno, at a new address", on: "2026-03-10") {
            $0.change("r1") {
                $0.lastName = "Moreno"
                $0.email = "ana.moreno@example.com"
            }
        }
        #expect(married.plan.isEmpty)
        #expect(married.alerts == [.emailMismatch, .nameMismatch])
        telling.decided("Use PMS Email") { $0.decide(.usePMSEmail, on: .emailMismatch) }
        #expect(telling.story.person("r1")?.lastName == "Moreno")
        #expect(telling.story.stays("r1") == ["101 current 2026-01-05…"])
        try telling.check("marriage-on-the-same-id")
    }

    @Test("Marriage with a new id")
    func marriageNewID() throws {
        var telling = Telling.ana()
        let married = telling.pms("r1 is past; Ana Moreno, r2, has her address", on: "2026-03-10") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-09") }
            $0.resident(
                "r2",
                "Ana",
                "Moreno",
                unit: "101",
                .current,
                email: "ana.diaz@example.com",
                moveIn: "2026-03-10"
            )
        }
        #expect(married.alerts == [.nameMismatch])
        #expect(married.endings.isEmpty)
        telling.decided("Merge", on: "2026-03-12") { $0.decide(.merge, on: .nameMismatch) }
        #expect(telling.story.person("r1")?.lastName == "Moreno")
        #expect(telling.story.stays("r2") == ["101 current 2026-01-05…"])
        try telling.check("marriage-with-a-new-id")
    }

    @Test("Record recycled for somebody else, with the old placeholder e-mail: Hand Over E-mail")
    func recycledPlaceholder() throws {
        var telling = Telling()
        telling.pms("Ana Diaz is r1, with the office's placeholder address") {
            $0.resident(
                "r1",
                "Ana",
                "Diaz",
                unit: "101",
                .current,
                email: "none@oak.example.com",
                moveIn: "2025-01-05"
            )
        }
        let recycled = telling.pms("r1 is Bo Li, in 101 since today", on: "2026-03-10") {
            $0.change("r1") {
                $0.firstName = "Bo"
                $0.lastName = "Li"
                $0.moveIn = CivilDate(iso: "2026-03-10")
            }
        }
        #expect(recycled.plan.isEmpty)
        #expect(recycled.alerts == [.nameMismatch])
        let ana = telling.story.person("r1")?.id
        let decided = telling.decided("Hand Over E-mail") {
            $0.decide(.handOverEmail, on: .nameMismatch)
        }
        #expect(decided.endings == [.decided])
        #expect(telling.story.person("r1")?.firstName == "Bo")
        #expect(telling.story.person("r1")?.id != ana)
        #expect(telling.story.stays("r1") == ["101 current 2026-03-10…"])
        #expect(telling.pms("the same", on: "2026-03-11").plan.isEmpty)
        try telling.check("record-recycled-with-the-old-placeholder-e-mail")
    }

    @Test("Record recycled for somebody else, with a new e-mail: Create Separate")
    func recycledNew() throws {
        var telling = Telling.ana()
        let recycled = telling.pms("r1 is Bo Li, with his address, since today", on: "2026-03-10") {
            $0.change("r1") {
                $0.firstName = "Bo"
                $0.lastName = "Li"
                $0.email = "bo.li@example.com"
                $0.moveIn = CivilDate(iso: "2026-03-10")
            }
        }
        #expect(recycled.plan.isEmpty)
        #expect(recycled.alerts == [.emailMismatch, .nameMismatch])
        let ana = telling.story.person("r1")?.id
        telling.decided("Create Separate") { $0.decide(.createSeparate, on: .emailMismatch) }
        #expect(telling.story.person("r1")?.id != ana)
        #expect(telling.story.stays("r1") == ["101 current 2026-03-10…"])
        #expect(
            ana.map { telling.story.stays(of: $0) } == ["101 ended 2026-01-05…2026-03-10"]
        )
        try telling.check("record-recycled-with-a-new-e-mail")
    }

    @Test("E-mail re-used by the next tenant")
    func reused() throws {
        var telling = Telling.ana()
        telling.pms("Ana is past", on: "2026-04-01") {
            $0.status("r1", .past)
            $0.change("r1") { $0.moveOut = CivilDate(iso: "2026-03-31") }
        }
        let came = telling.pms("Bo Li is current in 101, with Ana's address", on: "2026-04-02") {
            $0.resident(
                "r2",
                "Bo",
                "Li",
                unit: "101",
                .current,
                email: "ana.diaz@example.com",
                moveIn: "2026-04-02"
            )
        }
        #expect(came.alerts == [.nameMismatch])
        #expect(telling.story.person("r2") == nil)
        telling.decided("Hand Over E-mail") { $0.decide(.handOverEmail, on: .nameMismatch) }
        #expect(telling.story.stays("r2") == ["101 current 2026-04-02…"])
        #expect(telling.story.stays("r1") == ["101 ended 2026-01-05…2026-03-31"])
        #expect(telling.story.person("r1")?.email == nil)
        #expect(telling.pms("the same", on: "2026-04-03").plan.isEmpty)
        try telling.check("e-mail-re-used-by-the-next-tenant")
    }

    @Test("Minor gets an e-mail")
    func minor() throws {
        var telling = Telling.ana {
            $0.resident(
                "r2",
                "Cy",
                "Diaz",
                unit: "101",
                .current,
                role: .minor,
                email: nil,
                moveIn: "2026-01-05"
            )
        }
        #expect(telling.story.person("r2") == nil)
        #expect(telling.story.directory.alerts.isEmpty)
        let grown = telling.pms("Cy Diaz has an address", on: "2026-03-10") {
            $0.change("r2") { $0.email = "cy.diaz@example.com" }
        }
        #expect(grown.alerts.isEmpty)
        #expect(telling.story.stays("r2") == ["101 current 2026-01-05…"])
        try telling.check("minor-gets-an-e-mail")
    }
}
