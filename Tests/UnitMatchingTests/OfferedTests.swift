import Testing
import UnitMatching

/// Pairs that a person sees at once.
@Suite("Offered first")
struct OfferedTests {
    private func first(_ pms: [String], _ units: [String]) -> UnitCandidate? {
        Lists(pms: pms.joined(separator: "\n"), units: units.joined(separator: "\n"))
            .proposals().last?.candidates.first
    }

    @Test(
        "the last of both lists are one unit",
        arguments: [
            (["8", "9", "10", "11 1/2"], ["8", "9", "10", "11½"]),
            (["13-14", "14-15", "15-16", "19-May"], ["13-14", "14-15", "15-16", "5-19"]),
            (["PH1", "PH2", "101", "PHA"], ["PH1", "PH2", "101", "Penthouse A"]),
            (["101", "102", "103", "2nd Floor"], ["101", "102", "103", "2nd FL"]),
            (["102", "103", "104", "1O1"], ["102", "103", "104", "101"]),
            (["QX-1A", "QX-1B", "QX-2A"], ["| QX-A | 1", "| QX-B | 1", "| QX-A | 2"]),
            (["QX-OAK-1", "QX-OAK-2", "QX-OAK-3"], ["QX-1", "QX-2", "QX-3"]),
        ] as [([String], [String])]
    )
    func seen(_ pms: [String], _ units: [String]) {
        let found = first(pms, units)
        #expect(found?.unit == "u\(units.count)")
        #expect(found?.confidence ?? 0 > 0.5)
    }

    @Test(
        "a bed shares its apartment",
        arguments: ["101-A", "101 Bed A", "101 Rm 2", "101 Room B"]
    )
    func beds(_ bed: String) {
        let found = first(["102", "103", "104", bed], ["102", "103", "104", "101"])
        #expect(found?.unit == "u4")
        #expect(found?.isShared == true)
    }

    @Test("which of two long building names comes first changes nothing")
    func order() {
        let pms = (1...3).flatMap { ["A | \($0)", "Evergreen | \($0)"] }.joined(separator: "\n")
        let units = (1...3).flatMap { ["A | \($0)", "Buttonwood | \($0)", "Cottonwood | \($0)"] }
        let lists = Lists(pms: pms, units: units.joined(separator: "\n"))
        let reversed = Lists(pms: lists.pms, units: lists.units.reversed())
        #expect(lists.byPMSUnit() == reversed.byPMSUnit())
    }
}
