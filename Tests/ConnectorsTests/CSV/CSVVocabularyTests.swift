import ConnectorKit
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVVocabularyTests {
    @Test(
        "A status word means the same however it is spelled",
        arguments: [
            (.applicant, ["Applicant", "application", "PENDING", "Lead"]),
            (.future, ["Future", "Pre-Lease", "prelease", "Future Resident", "future_lease"]),
            (
                .current,
                [
                    "Current", "current resident", "ACTIVE", "Occupied", "Month to Month", "MTM",
                    "Holdover",
                ]
            ),
            (
                .notice,
                [
                    "Notice", "On Notice", "NTV", "Notice to Vacate", "notice-to-vacate",
                    "Eviction Pending",
                ]
            ),
            (
                .past,
                ["Past", "Former", "Former Resident", "Moved Out", "moved-out", "Old", "Inactive"]
            ),
            (.cancelled, ["Cancelled", "canceled", "Denied", "Declined"]),
            (.evicted, ["Evicted"]),
        ] as [(LeaseStatus, [String])]
    )
    func status(meaning: LeaseStatus, words: [String]) {
        for word in words { #expect(CSVVocabulary.status(word) == meaning, "\(word)") }
    }

    @Test(
        "A word whose meaning is in doubt is unknown",
        arguments: [
            "Approved", "Eviction", "Evict", "Waitlist", "Skip", "Current1", "not current", "?",
        ]
    )
    func unknownStatus(word: String) {
        #expect(CSVVocabulary.status(word) == .unknown)
    }

    @Test("An unknown status keeps the PMS's own word")
    func keepsWord() async throws {
        let folder = try ExportFolder(residents: ["P1,R1,,,Ann,Oak,,, On  Hold ,,,,,"])
        let residency = try #require(try await folder.snapshot().residencies.first)
        #expect(residency.status == .unknown)
        #expect(residency.statusWord == "On  Hold")
    }

    @Test(
        "A role is found under the words real exports use",
        arguments: [
            (.primary, ["", "  ", "primary", "Primary", "Head of Household"]),
            (.coResident, ["co-resident", "Co Resident", "Roommate", "co-tenant", "Spouse"]),
            (.occupant, ["occupant", "OCCUPANT"]),
            (.minor, ["minor", "Child", "Dependent"]),
            (.guarantor, ["guarantor", "cosigner", "Co-Signer"]),
        ] as [(ResidentRole, [String])]
    )
    func role(meaning: ResidentRole, words: [String]) {
        for word in words { #expect(CSVVocabulary.role(word) == meaning, "\(word)") }
    }

    @Test("Another word is no role", arguments: ["Owner", "x", "-", "1"])
    func noRole(word: String) {
        #expect(CSVVocabulary.role(word) == nil)
    }
}
