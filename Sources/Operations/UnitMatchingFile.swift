package import DelimitedText
import UnitMatching

package import struct Foundation.Data

/// Files of unit lists, matched case by case: what `lintel match` reads and writes.
///
/// Each case holds the units of one property, those of the PMS and those of the access platform; a unit of
/// one case is never proposed for another.
package enum UnitMatchingFile {
    /// The columns read; `side` is `pms` or `access`, `external_id` the side's own id.
    package static let input = [
        DelimitedColumn("case_id", isRequired: true),
        DelimitedColumn("side", isRequired: true),
        DelimitedColumn("property"),
        DelimitedColumn("building"),
        DelimitedColumn("unit", isRequired: true),
        DelimitedColumn("floor"),
        DelimitedColumn("external_id", isRequired: true),
    ]

    /// The columns written, one row a candidate, the best first; `auto` is 1 for what a rule proves.
    package static let output = [
        "case_id", "pms_external_id", "unit_external_id", "confidence", "auto", "reason",
    ]

    /// How many PMS units were read, and what was made of them.
    package struct Outcome: Sendable, Equatable {
        package var cases = 0
        package var pmsUnits = 0
        package var units = 0
        package var certain = 0
        package var likely = 0
        package var unclear = 0
        package var noCounterpart = 0
    }

    /// Matches every case of a file.
    ///
    /// - Returns: the proposals as delimited text, and their numbers.
    /// - Throws: ``DelimitedError`` where a row cannot be read, ``OperationError`` where it names no side or
    ///   repeats an id of its side; nothing is matched then.
    package static func match(
        _ data: Data
    ) throws -> (text: [UInt8], outcome: Outcome) {
        let cases = try read(data)
        var outcome = Outcome()
        var writer = DelimitedWriter()
        writer.append(output)
        for one in cases {
            outcome.cases += 1
            outcome.pmsUnits += one.pms.count
            outcome.units += one.access.count
            for proposal in UnitMatcher.proposals(for: one.pms, among: one.access) {
                switch proposal.verdict {
                case .certain: outcome.certain += 1
                case .likely: outcome.likely += 1
                case .unclear: outcome.unclear += 1
                case .noCounterpart: outcome.noCounterpart += 1
                }
                if proposal.candidates.isEmpty {
                    writer.append([one.id, proposal.pmsUnit, "", "", "0", "nothing resembles it"])
                }
                for candidate in proposal.candidates {
                    writer.append([
                        one.id, proposal.pmsUnit, candidate.unit,
                        decimal(candidate.confidence),
                        proposal.verdict == .certain ? "1" : "0", candidate.reason,
                    ])
                }
            }
        }
        return (writer.bytes, outcome)
    }

    private struct Case {
        let id: String
        var pms: [UnitDesignator] = []
        var access: [UnitDesignator] = []
        var pmsIDs: Set<String> = []
        var accessIDs: Set<String> = []

        mutating func reserve(_ count: Int) {
            pms.reserveCapacity(count)
            access.reserveCapacity(count)
            pmsIDs.reserveCapacity(count)
            accessIDs.reserveCapacity(count)
        }
    }

    private static func read(_ data: Data) throws -> [Case] {
        var reader = try DelimitedReader(data, columns: input)
        let positions = input.map { reader.header.position(of: $0.name) ?? -1 }
        var cases: [Case] = []
        var places: [String: Int] = [:]
        var place = -1
        while let row = try reader.next() {
            if row.isBlank { continue }
            if let defect = row.defect { throw defect }
            let id = row[positions[0]] ?? ""
            if place < 0 || cases[place].id != id {
                place = places[id] ?? cases.count
                if place == cases.count {
                    places[id] = place
                    cases.append(Case(id: id))
                    // Most files have one property; what is reserved for others grows.
                    if place == 0 { cases[0].reserve(data.count / 100) }
                }
            }
            let unit = UnitDesignator(
                id: row[positions[6]] ?? "",
                building: row[positions[3]] ?? "",
                name: row[positions[4]] ?? "",
                floor: row[positions[5]] ?? ""
            )
            guard !unit.id.isEmpty else {
                throw wrong(row, 6, "", "an id that is unique on its side of its case")
            }
            let isNew: Bool
            switch row[positions[1]] ?? "" {
            case "pms":
                isNew = cases[place].pmsIDs.insert(unit.id).inserted
                cases[place].pms.append(unit)
            case "access":
                isNew = cases[place].accessIDs.insert(unit.id).inserted
                cases[place].access.append(unit)
            case let other: throw wrong(row, 1, other, "pms or access")
            }
            guard isNew else {
                throw wrong(row, 6, unit.id, "an id that its side of the case does not have yet")
            }
        }
        return cases
    }

    private static func wrong(
        _ row: DelimitedRow,
        _ column: Int,
        _ found: String,
        _ expected: String
    ) -> OperationError {
        let what = found.isEmpty ? "nothing" : "\"\(found.prefix(40))\""
        return OperationError(
            "line \(row.line), column \(input[column].name): found \(what); expected \(expected)"
        )
    }

    /// A confidence as text: 0.999.
    private static func decimal(_ value: Double) -> String {
        if value == 0.999 { return "0.999" }
        let thousandths = Int((value * 1000).rounded())
        let text = String(1000 + thousandths)
        var decimals = String(text.suffix(3))
        while decimals.count > 1, decimals.last == "0" { decimals.removeLast() }
        return thousandths >= 1000 ? "1.0" : "0." + decimals
    }
}
