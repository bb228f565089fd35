import Foundation
import UnitMatching

/// The units of one property as the PMS has them, and the units they may be.
struct Lists {
    var pms: [UnitDesignator] = []
    var units: [UnitDesignator] = []

    init(pms: [UnitDesignator] = [], units: [UnitDesignator] = []) {
        self.pms = pms
        self.units = units
    }

    /// Lists of lines `name`, `building | name` or `building | name | floor`; ids are `p1`, `p2`, … and
    /// `u1`, `u2`, … in the order of the lines.
    init(pms: String, units: String) {
        self.pms = Self.designators(pms, "p")
        self.units = Self.designators(units, "u")
    }

    func proposals() -> [UnitProposal] { UnitMatcher.proposals(for: pms, among: units) }

    private static func designators(_ lines: String, _ letter: String) -> [UnitDesignator] {
        lines.split(separator: "\n").enumerated().map { number, line in
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: [" "]) }
            return UnitDesignator(
                id: "\(letter)\(number + 1)",
                building: fields.count > 1 ? fields[0] : "",
                name: fields.count > 1 ? fields[1] : fields[0],
                floor: fields.count > 2 ? fields[2] : ""
            )
        }
    }
}
