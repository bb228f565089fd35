package import LintelModel
import Reconciliation
package import UnitMatching

extension Operations {
    /// What an unmapped PMS unit may be.
    package struct MappingSuggestion: Sendable {
        /// A unit it may be.
        package struct Candidate: Sendable {
            package let unit: Unit
            /// The share of proposals of this kind that were right, from 0 to 1.
            package let confidence: Double
            /// Whether several PMS units would share the unit, as beds do.
            package let isShared: Bool
            package let reason: String
            /// The PMS units mapped to it already.
            package let takenBy: [PMSUnit]
        }

        package let row: MappedUnit
        package let verdict: UnitProposal.Verdict
        /// The best first.
        package let candidates: [Candidate]
    }

    /// What every unmapped PMS unit of a property may be, in the order of building and name.
    ///
    /// Made anew from what the PMS listed last and the units as they are now. Spaces map through their unit
    /// and have no suggestion of their own.
    package func suggestions(of property: Property) async throws -> [MappingSuggestion] {
        let rows = try await mapping(of: property)
        let units = try await units(of: property)
        return Self.suggestions(rows, units)
    }

    static func suggestions(_ rows: [MappedUnit], _ units: [Unit]) -> [MappingSuggestion] {
        let byID = Dictionary(uniqueKeysWithValues: units.map { ($0.id.text, $0) })
        var mapped: [UnitID: [PMSUnit]] = [:]
        for row in rows {
            if let unit = row.unit { mapped[unit.id, default: []].append(row.known.unit) }
        }
        // Every PMS unit takes part, mapped or not: a second claim on a unit makes it uncertain.
        let proposals = UnitMatcher.proposals(
            for: rows.indices.compactMap { index in
                let unit = rows[index].known.unit
                guard unit.parent == nil, rows[index].known.isListed else { return nil }
                return UnitDesignator(
                    id: String(index),
                    building: unit.building,
                    name: unit.name,
                    floor: unit.floor
                )
            },
            among: units.map {
                UnitDesignator(
                    id: $0.id.text,
                    building: $0.building,
                    name: $0.name,
                    floor: $0.floor
                )
            }
        )
        return proposals.compactMap { proposal in
            guard let index = Int(proposal.pmsUnit), rows[index].known.mapping == nil else {
                return nil
            }
            let candidates = proposal.candidates.compactMap { candidate in
                byID[candidate.unit].map {
                    MappingSuggestion.Candidate(
                        unit: $0,
                        confidence: candidate.confidence,
                        isShared: candidate.isShared,
                        reason: candidate.reason,
                        takenBy: mapped[$0.id] ?? []
                    )
                }
            }
            // What somebody mapped to another PMS unit is for a person to judge.
            let isTaken = candidates.first.map { !$0.takenBy.isEmpty } ?? false
            return MappingSuggestion(
                row: rows[index],
                verdict: proposal.verdict == .certain && isTaken ? .unclear : proposal.verdict,
                candidates: candidates
            )
        }
    }
}
