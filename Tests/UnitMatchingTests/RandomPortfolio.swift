import UnitMatching

/// One property's units as two systems have them: each side in a style of its own, with what goes wrong in
/// the field; the same for the same seed.
struct RandomPortfolio {
    /// A unit as it is in the world.
    private struct Door: Hashable {
        var building: Int
        var floor: Int
        var line: Int
    }

    /// How one side writes.
    private struct Style {
        var buildings: [String]
        var buildingAt: Int
        var lettered: Bool
        var padded: Bool
        var word: String
        var code: String
        var splitsFloor: Bool
        var isUpper: Bool
    }

    private(set) var lists = Lists()
    private let styles: [Style]

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let count = random.pick([1, 1, 2, 2, 3, 4])
        let schemes = [
            (1...count).map(String.init), (1...count).map { "\($0 * 10)" },
            Array(["A", "B", "C", "D"].prefix(count)),
            Array(["North", "South", "East", "West"].prefix(count)),
            Array(["Evergreen Hall", "Sycamore Court", "Buttonwood", "Cottonwood"].prefix(count)),
        ]
        let shared = random.pick(schemes)
        let lettered = random.one(in: 2)
        func style(_ random: inout SeededRandom) -> Style {
            Style(
                buildings: random.one(in: 4) ? random.pick(schemes) : shared,
                buildingAt: random.pick([0, 0, 0, 1, 2, 3, 4]),
                lettered: lettered,
                padded: random.one(in: 3),
                word: random.pick(["", "", "", "Apt ", "Unit ", "#", "No. "]),
                code: random.one(in: 6) ? random.pick(["OAK-", "412-", "ELM "]) : "",
                splitsFloor: random.one(in: 5),
                isUpper: random.one(in: 3)
            )
        }
        styles = [style(&random), style(&random)]
        var doors: Set<Door> = []
        let floors = Int.random(in: 1...6, using: &random)
        let lines = Int.random(in: 2...6, using: &random)
        for building in 0..<count {
            for floor in 1...floors {
                for line in 1...lines where !random.one(in: 8) {
                    doors.insert(Door(building: building, floor: floor, line: line))
                }
            }
        }
        let sorted = doors.sorted {
            ($0.building, $0.floor, $0.line) < ($1.building, $1.floor, $1.line)
        }
        let missing = random.pick([8, 20, 1000])
        for (number, door) in sorted.enumerated() {
            if !random.one(in: missing) { lists.pms.append(write(door, "p\(number)", 0, &random)) }
            if !random.one(in: missing) {
                lists.units.append(write(door, "u\(number)", 1, &random))
            }
        }
        for name in ["ADMIN", "MODEL", "WAIT01"] where random.one(in: 4) {
            lists.pms.append(UnitDesignator(id: "p-\(name)", name: name))
        }
        for name in ["Gym", "Pool Gate", "PH1", "Model"] where random.one(in: 4) {
            lists.units.append(UnitDesignator(id: "u-\(name)", name: name))
        }
    }

    /// Whether no side writes buildings into the names of units.
    var hasBuildingsInColumnsAlone: Bool { styles.allSatisfy { [0, 4].contains($0.buildingAt) } }

    /// Whether both sides name buildings, in columns.
    var namesAllBuildingsInColumns: Bool { styles.allSatisfy { $0.buildingAt == 0 } }

    /// Whether a side splits the floor off or puts a code in front of its units.
    var hasCodesOrFloors: Bool { styles.contains { $0.splitsFloor || !$0.code.isEmpty } }

    /// A unit that is none of the property's, in the style of a side or in none.
    func stranger(_ random: inout SeededRandom) -> UnitDesignator {
        if random.one(in: 3) {
            return UnitDesignator(
                id: "x",
                name: random.pick(["Kiosk", "Cell tower", "ZZ-9", "9001"])
            )
        }
        let building = Int.random(in: 0..<styles[0].buildings.count, using: &random)
        let door = Door(building: building, floor: 9, line: Int.random(in: 1...9, using: &random))
        return write(door, "x", Int.random(in: 0...1, using: &random), &random)
    }

    private func write(
        _ door: Door,
        _ id: String,
        _ side: Int,
        _ random: inout SeededRandom
    ) -> UnitDesignator {
        let style = styles[side]
        let line =
            style.lettered
            ? ["A", "B", "C", "D", "E", "F", "G", "H", "I"][door.line - 1]
            : "0\(door.line)"
        var floor = ""
        var name = "\(door.floor)\(line)"
        if style.splitsFloor { (floor, name) = ("\(door.floor)", line) }
        if style.padded, !style.splitsFloor { name = "0" + name }
        if random.one(in: 40) {
            // A slip, or a bed.
            name = random.pick([
                name.replacing("0", with: "O"), name.replacing("1", with: "I"), name + "-A",
                String(name.dropLast()),
            ])
        }
        name = style.word + style.code + name
        let building = style.buildings[door.building]
        var column = ""
        switch style.buildingAt {
        case 0: column = building
        case 1: name = "\(building)-\(name)"
        case 2: name = "\(name) (Bldg \(building))"
        case 3: name = "Bldg \(building) \(name)"
        default: break
        }
        if style.isUpper { (column, name) = (column.uppercased(), name.uppercased()) }
        return UnitDesignator(id: id, building: column, name: name, floor: floor)
    }
}
