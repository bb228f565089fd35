import Foundation
import LintelModel
import Testing

@Suite("Content hashes")
struct ContentHashTests {
    @Test("Lists of fields that differ have different hashes")
    func separation() {
        let lists: [[String?]] = [
            [], [nil], [""], [nil, nil], ["", ""], [nil, ""], ["", nil], ["ab"], ["a", "b"],
            ["ab", ""], ["", "ab"], ["ab", nil], ["a", nil, "b"], ["\u{FE}"], ["\u{FF}"],
            ["a\u{0}b"], ["a", "\u{0}b"],
        ]
        #expect(Set(lists.map { ContentHash(of: $0) }).count == lists.count)
    }

    @Test("A hash is the first half of SHA-256, the same in every process")
    func known() {
        let hash = ContentHash(of: Data("abc".utf8))
        #expect(hash.text == "ba7816bf8f01cfea414140de5dae2223")
        #expect(ContentHash(stored: hash.text) == hash)
    }

    @Test("Each stated fact of a residency counts")
    func residency() {
        let key = ResidencyKey(resident: PMSResidentID("r1"), lease: "1", unit: PMSUnitID("101"))
        let plain = PMSResidency(
            key: key,
            firstName: "Ana",
            lastName: "Diaz",
            statusWord: "Current",
            status: .current
        )
        let day = CivilDate(daysSince1970: 20_000)
        let edits: [(inout PMSResidency) -> Void] = [
            { _ in }, { $0.key.lease = "2" }, { $0.key.unit = nil }, { $0.firstName = "Anna" },
            { $0.lastName = "Dias" }, { $0.email = "a@example.com" }, { $0.phone = "1" },
            { $0.role = .occupant }, { $0.statusWord = "current" }, { $0.status = .notice },
            { $0.leaseStart = day }, { $0.leaseEnd = day }, { $0.moveIn = day },
            { $0.moveOut = day },
        ]
        let hashes = edits.map { edit in
            var edited = plain
            edit(&edited)
            return edited.hash
        }
        #expect(Set(hashes).count == edits.count)
    }
}
