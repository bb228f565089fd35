/// Proposes for each PMS unit the unit it is.
///
/// Only what a rule proves is certain: a wrong certain mapping gives a stranger the keys to a home. See
/// <doc:UnitMatching> for the grammar of designators and the rules.
public enum UnitMatcher {
    /// A proposal for every PMS unit.
    ///
    /// Pure: the same lists in any order give the same proposals. The time is that of sorting the lists,
    /// and whatever the texts are, none takes part with more than its first 120 characters.
    ///
    /// - Parameters:
    ///   - pmsUnits: the units of one property as the PMS names them; their ids are unique.
    ///   - units: the units they may be, with unique ids of their own.
    /// - Returns: one proposal a PMS unit, in the order of `pmsUnits`.
    public static func proposals(
        for pmsUnits: [UnitDesignator],
        among units: [UnitDesignator]
    ) -> [UnitProposal] {
        guard !units.isEmpty else {
            return pmsUnits.map {
                UnitProposal(pmsUnit: $0.id, verdict: .noCounterpart, candidates: [])
            }
        }
        var parser = UnitParser()
        parser.note(pmsUnits)
        parser.note(units)
        let left = parser.parse(pmsUnits)
        let right = parser.parse(units)
        let learned = SchemeLearner(
            pms: left,
            units: right,
            buildings: parser.buildings,
            words: parser.words
        ).learn()
        let comparison = Comparison(
            pms: left,
            units: right,
            learned: learned,
            words: parser.lexer.words
        )
        let certain = comparison.certain()
        var reasons = Reasons(comparison)
        var finder = CandidateFinder(comparison, certain: certain)
        return pmsUnits.indices.map { place in
            let unit = Int(certain[place])
            guard unit < 0 else {
                return UnitProposal(
                    pmsUnit: pmsUnits[place].id,
                    verdict: .certain,
                    candidates: [
                        UnitCandidate(
                            unit: units[unit].id,
                            confidence: 0.999,
                            reason: reasons.reason(place, unit, pmsUnits[place], units[unit])
                        )
                    ]
                )
            }
            let found = finder.candidates(for: place, ids: units)
            return UnitProposal(
                pmsUnit: pmsUnits[place].id,
                verdict: found.verdict,
                candidates: found.candidates.map {
                    UnitCandidate(
                        unit: units[$0.place].id,
                        confidence: $0.confidence,
                        isShared: $0.isShared,
                        reason: $0.reason
                    )
                }
            )
        }
    }
}
