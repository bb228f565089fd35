/// Proposes for each PMS unit the unit it is.
///
/// Only what a rule proves is certain: a wrong certain mapping gives a stranger the keys to a home.
public enum UnitMatcher {
    /// Proposals for every PMS unit that has a counterpart.
    ///
    /// A proposal is certain where building and name are equal but for case, spaces, punctuation and a
    /// leading `Apt`, `Unit` or `#`, and no other unit on either side is equal in the same way. The order
    /// of either list changes nothing.
    ///
    /// - Parameters:
    ///   - pmsUnits: the units as the PMS names them.
    ///   - units: the units they may be.
    /// - Returns: at most one proposal a PMS unit, in the order of `pmsUnits`.
    public static func proposals(
        for pmsUnits: [UnitDesignator],
        among units: [UnitDesignator]
    ) -> [UnitProposal] {
        let byKey = Dictionary(grouping: units, by: \.key)
        let claims = Dictionary(grouping: pmsUnits, by: \.key)
        return pmsUnits.compactMap { pmsUnit in
            guard let found = byKey[pmsUnit.key], found.count == 1, let unit = found.first,
                claims[pmsUnit.key]?.count == 1
            else { return nil }
            return UnitProposal(
                pmsUnit: pmsUnit.id,
                unit: unit.id,
                isCertain: true,
                reason: "building and unit are the same; no other unit fits"
            )
        }
    }
}
