import ConnectorKit
import LintelModel

/// What unit each code of one list stands for: Voyager's residents name a unit by its code alone.
struct YardiUnitCodes {
    private struct Known {
        /// The first unit of the code, be it one that Voyager excludes.
        let unit: PMSUnit
        /// Whether a unit of the code is let.
        var isListed = false
        /// Whether units of the code differ in number or building.
        var isAmbiguous = false
    }

    private var known: [String: Known] = [:]
    /// Whether Voyager gives units numbers, so that a code need not be an id.
    private var hasNumbers = false

    /// Adds a unit as it is written and as it is mapped.
    mutating func add(_ unit: YardiWire.Unit, as mapped: PMSUnit) {
        if !unit.uniqueID.isEmpty { hasNumbers = true }
        guard !unit.code.isEmpty else { return }
        var known = known[unit.code] ?? Known(unit: mapped)
        if known.unit != mapped { known.isAmbiguous = true }
        if !unit.isExcluded { known.isListed = true }
        self.known[unit.code] = known
    }

    /// The unit that a resident's code names; nil where the resident names none.
    ///
    /// A code that is not listed is an id of its own. Where units have numbers, it is made one that no
    /// unit has: the code of one may be the number of another.
    ///
    /// - Throws: ``UnreadableMember`` where units that differ have that code.
    func unit(of code: String) throws(UnreadableMember) -> PMSUnitID? {
        if code.isEmpty { return nil }
        let found = known[code]
        guard found?.isAmbiguous != true else {
            throw UnreadableMember(
                "unit code \(VendorWords.clean(code)) is listed with more than one number or "
                    + "building; expected one unit of that code"
            )
        }
        if let found, found.isListed { return found.unit.id }
        return PMSUnitID(hasNumbers ? "code \(code)" : code)
    }
}
