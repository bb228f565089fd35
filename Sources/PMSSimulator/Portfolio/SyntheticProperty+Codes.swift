extension SyntheticProperty {
    /// The one code of a unit, for vendors that know no buildings: `A-101`.
    func code(of unit: SyntheticUnit) -> String {
        "\(buildings[unit.building].name)-\(unit.number)"
    }
}

extension SyntheticLease {
    /// The id of one of its people, for vendors that number residents anew on a lease in another unit.
    func ownID(of person: SyntheticPerson) -> Int {
        person.id + (isSuccessor ? PropertyBuilder.FirstID.successor : 0)
    }
}

/// Ids of vendors that write GUIDs, from the portfolio's numbers and back.
enum SimulatedGUID {
    /// What the id is of, so that two kinds of things never share one.
    enum Kind: Int {
        case property = 1
        case unit = 2
        case lease = 3
        case person = 4
    }

    static func text(_ kind: Kind, _ number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return "5ca1ab1e-000\(kind.rawValue)-4000-8000-\(padded)"
    }

    /// The portfolio's number; nil where the text is no id of that kind.
    static func number(_ kind: Kind, _ text: some StringProtocol) -> Int? {
        guard let number = Int(text.suffix(12)), Self.text(kind, number) == text.lowercased() else {
            return nil
        }
        return number
    }
}
