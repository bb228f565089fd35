import UnitMatching

extension Lists {
    /// The proposals by PMS unit.
    func byPMSUnit() -> [String: UnitProposal] {
        Dictionary(proposals().map { ($0.pmsUnit, $0) }) { first, _ in first }
    }

    /// The units that are certain, by PMS unit.
    func certain() -> [String: String] {
        byPMSUnit().filter { $0.value.verdict == .certain }
            .compactMapValues { $0.candidates.first?.unit }
    }

    /// What no proposals may be, whatever the lists are.
    func flaws(in proposals: [UnitProposal]) -> [String] {
        var flaws: [String] = []
        var owners: [String: String] = [:]
        let known = Set(units.map(\.id))
        for proposal in proposals {
            let pms = proposal.pmsUnit
            let candidates = proposal.candidates
            let confidences = candidates.map(\.confidence)
            if !confidences.allSatisfy((0...1).contains) { flaws.append("\(pms): \(confidences)") }
            if confidences != confidences.sorted(by: >) { flaws.append("\(pms): not best first") }
            if candidates.count > 5 { flaws.append("\(pms): \(candidates.count) candidates") }
            if Set(candidates.map(\.unit)).count != candidates.count {
                flaws.append("\(pms): a candidate twice")
            }
            if !known.isSuperset(of: candidates.map(\.unit)) {
                flaws.append("\(pms): a candidate that is no unit")
            }
            if candidates.contains(where: \.reason.isEmpty) {
                flaws.append("\(pms): a candidate without a reason")
            }
            if (proposal.verdict == .noCounterpart) != candidates.isEmpty {
                flaws.append("\(pms): \(proposal.verdict), \(candidates.count) candidates")
            }
            guard proposal.verdict == .certain, let unit = candidates.first?.unit else { continue }
            if candidates.count != 1 { flaws.append("\(pms): certain among others") }
            if let owner = owners.updateValue(pms, forKey: unit) {
                flaws.append("\(unit) is certain for \(owner) and \(pms)")
            }
        }
        return flaws
    }
}
