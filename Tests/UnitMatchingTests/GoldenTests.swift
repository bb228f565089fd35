import Foundation
import Testing
import UnitMatching

/// What is proposed for telling lists, as a property manager reads it.
///
/// `Goldens` holds a file a case; `LINTEL_REWRITE_GOLDENS=1` writes them anew.
@Suite("Telling cases")
struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Goldens")

    @Test("each telling case is proposed as its file tells", arguments: GoldenCase.all)
    func telling(_ golden: GoldenCase) throws {
        let lists = Lists(pms: golden.pms, units: golden.units)
        let text = golden.about + "\n\n" + Self.text(lists)
        let file = Self.folder.appending(path: "\(golden.name).txt")
        if ProcessInfo.processInfo.environment["LINTEL_REWRITE_GOLDENS"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    @Test("every golden file has its case")
    func files() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.sorted() == GoldenCase.all.map { "\($0.name).txt" }.sorted())
    }

    /// A paragraph per PMS unit, and at the end the units that are nobody's candidate.
    private static func text(_ lists: Lists) -> String {
        let units = Dictionary(uniqueKeysWithValues: lists.units.map { ($0.id, $0) })
        var text = ""
        var proposed: Set<String> = []
        for (unit, proposal) in zip(lists.pms, lists.proposals()) {
            text += "\(name(unit)): \(verdict(proposal.verdict))\n"
            for candidate in proposal.candidates {
                proposed.insert(candidate.unit)
                let other = units[candidate.unit].map(name) ?? "NO SUCH UNIT"
                let share = String(format: "%.3f", candidate.confidence)
                let shared = candidate.isShared ? " shared" : ""
                text += "    \(other) (\(candidate.unit)) \(share)\(shared)\n"
                text += "        \(shown(candidate.reason))\n"
            }
        }
        let rest = lists.units.filter { !proposed.contains($0.id) }
        if !rest.isEmpty { text += "\nnobody's: \(rest.map(name).joined(separator: ", "))\n" }
        return text
    }

    private static func verdict(_ verdict: UnitProposal.Verdict) -> String {
        switch verdict {
        case .certain: "certain"
        case .likely: "likely"
        case .unclear: "unclear"
        case .noCounterpart: "no counterpart"
        }
    }

    private static func name(_ unit: UnitDesignator) -> String {
        var parts: [String] = []
        if !unit.building.isEmpty { parts.append("[\(shown(unit.building))]") }
        parts.append(unit.name.isEmpty ? "without a name" : shown(unit.name))
        if !unit.floor.isEmpty { parts.append("on floor \(shown(unit.floor))") }
        return parts.joined(separator: " ")
    }

    /// A text in which nothing is invisible or looks like what it is not, and nothing goes on for ever.
    private static func shown(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(400) {
            switch scalar.value {
            case 0x20..<0x7F, 0xBD, 0x2013, 0x2014, 0x2116: shown.unicodeScalars.append(scalar)
            default: shown += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
            }
        }
        guard text.unicodeScalars.count > 400 else { return shown }
        return shown.prefix(12) + "… (\(text.unicodeScalars.count) characters)"
    }
}
