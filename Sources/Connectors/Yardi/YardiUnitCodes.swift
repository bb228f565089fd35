import ConnectorKit
import LintelModel

/// What unit each code of one list stands for: Voyager's residents name a unit by its code alone.
struct YardiUnitCodes {
    /// The first unit of each code, those that Voyager excludes among them.
    private var units: [String: PMSUnit] = [:]
    /// Codes of units that are let.
    private var listed: Set<String> = []
    /// Codes of units that differ in number or building.
    private var ambiguous: Set<String> = []
    /// Whether Voyager gives units numbers, so that a code need not be an id.
    private var hasNumbers = false

    /// Adds a unit as it is written and as it is mapped.
    mutating func add(_ unit: YardiWire.Unit, as mapped: PMSUnit) {
        if !unit.uniqueID.isEmpty { hasNumbers = true }
        guard !unit.code.isEmpty else { return }
        if let first = units[unit.code] {
            if first != mapped { ambiguous.insert(unit.code) }
        } else {
            units[unit.code] = mapped
        }
        if !unit.isExcluded { listed.insert(unit.code) }
    }

    /// The unit that a resident's code names; nil where the resident names none.
    ///
    /// A code that is not listed is an id of its own. Where units have numbers, it is made one that no
    /// unit has: the code of one may be the number of another.
    ///
    /// - Throws: ``UnreadableMember`` where units that differ have that code.
    func unit(of code: String) throws(UnreadableMember) -> PMSUnitID? {
        if code.isEmpty { return nil }
        guard !ambiguous.contains(code) else {
            throw UnreadableMember(
                "unit code \(VendorWords.clean(code)) is listed with more than one number or "
                    + "building; expected one unit of that code"
            )
        }
        if listed.contains(code), let unit = units[code] { return unit.id }
        return PMSUnitID(hasNumbers ? "code \(code)" : code)
    }
}
