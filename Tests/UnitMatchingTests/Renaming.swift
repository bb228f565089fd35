import UnitMatching

/// A change of all names on both sides that leaves alone which is which.
enum Renaming: CaseIterable {
    case upperCase
    /// `101` is `Apt 101`.
    case unitWord
    /// `1` is `Bldg 1`.
    case buildingWord
    /// `101` is `QX-101`.
    case code
    /// `A` is `W`, `1` is `501`, `North` is `Qnorth`.
    case otherBuildings

    /// Whether the names of a portfolio mean the same after it.
    func suits(_ portfolio: RandomPortfolio) -> Bool {
        switch self {
        case .upperCase: true
        case .unitWord, .buildingWord: portfolio.hasBuildingsInColumnsAlone
        // Elsewhere floors may happen to be called like buildings.
        case .otherBuildings: portfolio.namesAllBuildingsInColumns
        case .code: portfolio.hasBuildingsInColumnsAlone && !portfolio.hasCodesOrFloors
        }
    }

    func rename(_ unit: UnitDesignator) -> UnitDesignator {
        var (building, name) = (unit.building, unit.name)
        switch self {
        case .upperCase: (building, name) = (building.uppercased(), name.uppercased())
        case .unitWord: name = "Apt \(name)"
        case .buildingWord: building = building.isEmpty ? "" : "Bldg \(building)"
        case .code: name = "QX-\(name)"
        case .otherBuildings: building = Self.other(building)
        }
        return UnitDesignator(id: unit.id, building: building, name: name, floor: unit.floor)
    }

    private static func other(_ building: String) -> String {
        if building.isEmpty { return "" }
        if let number = Int(building) { return String(number + 500) }
        guard building.count == 1 else { return "Q" + building.lowercased() }
        return ["A": "W", "B": "X", "C": "Y", "D": "Z"][building.uppercased()] ?? building
    }
}
