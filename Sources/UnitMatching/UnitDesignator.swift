/// A unit as one side names it.
public struct UnitDesignator: Sendable, Equatable {
    /// The side's own id, returned in proposals.
    public let id: String
    /// The building's name; empty where the side names none.
    public let building: String
    /// The unit's name or number inside its building.
    public let name: String

    /// A designator of these three parts.
    public init(id: String, building: String, name: String) {
        self.id = id
        self.building = building
        self.name = name
    }

    /// Building and name as they compare.
    var key: String { Self.fold(building, words: ["building", "bldg"]) + "\u{1}" + nameKey }

    private var nameKey: String {
        Self.fold(name, words: ["apartment", "apt", "unit", "suite", "ste"])
    }

    /// Lower case, without spaces and punctuation, and without a leading word for what it is anyway.
    ///
    /// Punctuation between two digits is kept: `1-12` is not `11-2`.
    private static func fold(_ text: String, words: [String]) -> String {
        var folded = ""
        var pending = false
        for character in text.lowercased() {
            guard character.isLetter || character.isNumber else {
                pending = true
                continue
            }
            if pending, let last = folded.last, last.isNumber, character.isNumber {
                folded.append("-")
            }
            pending = false
            folded.append(character)
        }
        for word in words where folded.hasPrefix(word) && folded.count > word.count {
            let rest = folded.dropFirst(word.count)
            if rest.first?.isNumber == true { return String(rest) }
        }
        return folded
    }
}
