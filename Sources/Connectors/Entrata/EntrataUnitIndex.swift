import LintelModel

/// The units and spaces of one property, by which leases are joined to them.
struct EntrataUnitIndex: Sendable {
    /// The spaces of each unit by the unit's id.
    private var spaces: [String: [String]] = [:]
    /// The unit of each space by the space's id.
    private var units: [String: String] = [:]

    /// Adds a unit; false, and nothing added, where it is listed already.
    mutating func add(_ unit: EntrataWire.Unit) -> Bool {
        guard spaces[unit.id] == nil else { return false }
        let ids = unit.spaces.map(\.id).filter { !$0.isEmpty }
        spaces[unit.id] = ids
        for id in ids { units[id] = unit.id }
        return true
    }

    /// The ids under which a lease stands in its unit or units, each once.
    ///
    /// A space counts as such only where its unit is listed with several: then the id is `UNIT/SPACE`. A
    /// space nobody listed stands for its unit. A lease without unit and spaces stands in none: nil.
    func places(unit: String, spaces leased: [String]) -> [PMSUnitID?] {
        let stated = Self.isNone(unit) ? nil : unit
        var places: [PMSUnitID] = []
        for space in leased where !Self.isNone(space) {
            let place: PMSUnitID
            if let owner = units[space] {
                let isOneOfSeveral = (spaces[owner]?.count ?? 0) > 1
                place = PMSUnitID(isOneOfSeveral ? "\(owner)/\(space)" : owner)
            } else if let stated {
                place = PMSUnitID(stated)
            } else {
                continue
            }
            if !places.contains(place) { places.append(place) }
        }
        guard places.isEmpty else { return places }
        return [stated.map { PMSUnitID($0) }]
    }

    private static func isNone(_ id: String) -> Bool { id.isEmpty || id == "0" }
}
