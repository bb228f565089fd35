import DelimitedText
import Foundation
import Testing
import UnitMatching

/// Unit lists of real buildings, each in two renderings, with the truth about which unit is which.
enum DevelopedCases {
    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["LINTEL_REFERENCE"] ?? "../shared"
    ).appending(path: "matching/dev")

    static var isHere: Bool {
        let isHere = ["units.csv", "truth.csv"].allSatisfy {
            FileManager.default.isReadableFile(atPath: folder.appending(path: $0).path)
        }
        if !isHere { print("skipped: no developed cases in \(folder.path); set LINTEL_REFERENCE") }
        return isHere
    }

    /// The two lists of every case, and for each PMS unit its unit; empty where the right answer is none.
    static func all() throws -> [(name: String, lists: Lists, truth: [String: String])] {
        var cases: [String: (lists: Lists, truth: [String: String])] = [:]
        try read("units.csv") { row in
            let unit = UnitDesignator(
                id: row["external_id"] ?? "",
                building: row["building"] ?? "",
                name: row["unit"] ?? "",
                floor: row["floor"] ?? ""
            )
            let name = row["case_id"] ?? ""
            if row["side"] == "pms" {
                cases[name, default: (Lists(), [:])].lists.pms.append(unit)
            } else {
                cases[name, default: (Lists(), [:])].lists.units.append(unit)
            }
        }
        try read("truth.csv") { row in
            let pms = row["pms_external_id"] ?? ""
            cases[row["case_id"] ?? ""]?.truth[pms] = row["unit_external_id"] ?? ""
        }
        return cases.sorted { $0.key < $1.key }.map { ($0.key, $0.value.lists, $0.value.truth) }
    }

    private static func read(_ name: String, _ body: (DelimitedRow) -> Void) throws {
        var reader = try DelimitedReader(Data(contentsOf: folder.appending(path: name)))
        while let row = try reader.next() { body(row) }
    }
}

/// What the developed cases demand of the matcher, counted as strictly as keys are handed out.
@Suite("Developed cases")
struct DevelopedCasesTests {
    /// How often something was proposed, and how often rightly.
    private struct Count {
        var right = 0
        var all = 0
        var share: Double { all == 0 ? 0 : Double(right) / Double(all) }

        mutating func add(_ isRight: Bool) {
            all += 1
            if isRight { right += 1 }
        }
    }

    @Test(
        "on real buildings nothing certain is wrong, and little that is right is not certain",
        .enabled(
            if: DevelopedCases.isHere,
            "needs the developed cases of LINTEL_REFERENCE, default ../shared"
        )
    )
    func measures() throws {
        let cases = try DevelopedCases.all()
        try #require(cases.count == 200)
        var wrong: [String] = []
        var (certain, first, nineInTen) = (Count(), Count(), Count())
        for (name, lists, truth) in cases {
            try #require(truth.count == lists.pms.count)
            var owners: [String: String] = [:]
            for proposal in lists.proposals() {
                let right = try #require(truth[proposal.pmsUnit])
                let best = proposal.candidates.first?.unit ?? ""
                if proposal.verdict == .certain {
                    if best != right { wrong.append("\(name): \(proposal.pmsUnit) as \(best)") }
                    if let owner = owners.updateValue(proposal.pmsUnit, forKey: best) {
                        wrong.append("\(name): \(best) for \(owner) and \(proposal.pmsUnit)")
                    }
                }
                if !right.isEmpty {
                    certain.add(proposal.verdict == .certain && best == right)
                    first.add(best == right)
                }
                for candidate in proposal.candidates
                where (0.85..<0.95).contains(candidate.confidence) {
                    nineInTen.add(candidate.unit == right)
                }
            }
        }
        #expect(wrong == [])
        #expect(certain.share >= 0.9, "\(certain)")
        #expect(first.share >= 0.97, "\(first)")
        #expect(nineInTen.all == 0 || nineInTen.share >= 0.9, "\(nineInTen)")
    }
}
