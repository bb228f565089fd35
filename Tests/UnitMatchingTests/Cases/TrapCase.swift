import Testing

/// Two lists in which a PMS unit must not be certain, because what they say does not identify its unit.
struct TrapCase: Sendable, CustomTestStringConvertible {
    let why: String
    /// The trapped PMS unit stands last.
    let pms: String
    let units: String

    init(_ why: String, pms: [String], units: [String]) {
        self.why = why
        self.pms = pms.joined(separator: "\n")
        self.units = units.joined(separator: "\n")
    }

    var testDescription: String { why }

    static let all: [TrapCase] = [
        TrapCase(
            "a building's 107 is not the 107 without a building where others name one",
            pms: ["A | 101", "A | 102", "A | 103", "B | 101", "B | 102", "B | 103", "107"],
            units: ["A | 101", "A | 102", "A | 103", "B | 101", "B | 102", "B | 103", "B | 107"]
        ),
        TrapCase(
            "a letter that is part of some names is not a code to be cut from others",
            pms: ["A101", "A102", "A103", "A104", "105"],
            units: ["101", "102", "103", "B104", "A105"]
        ),
        TrapCase(
            "a house lettered by building is not one lettered by line",
            pms: ["A1", "A2", "A3", "B1", "B2", "B3"],
            units: ["1A", "2A", "3A", "1B", "2B", "3B"]
        ),
        TrapCase(
            "one equal name among many others that differ may be chance",
            pms: ["201", "202", "203", "204", "205", "101"],
            units: ["301", "302", "303", "304", "305", "101"]
        ),
        TrapCase(
            "a look-alike letter in the building is doubt",
            pms: ["\u{410} | 101", "\u{410} | 102"],
            units: ["\u{410} | 101", "\u{410} | 102"]
        ),
        TrapCase(
            "a control character is invisible",
            pms: ["101", "102", "10\u{8}3"],
            units: ["101", "102", "10\u{8}3"]
        ),
        TrapCase(
            "lower-case L is no 1 where both exist",
            pms: ["11", "12", "13", "1l"],
            units: ["11", "12", "13", "1I"]
        ),
        TrapCase(
            "an apartment with one bed left is not the apartment",
            pms: ["102", "103", "104", "101-A"],
            units: ["102", "103", "104", "101"]
        ),
        TrapCase(
            "room 1 of 101 is not 101-1 where 101 is a unit of the other side",
            pms: ["102", "103", "104", "101-1"],
            units: ["102", "103", "104", "101", "101-1"]
        ),
        TrapCase(
            "a building counted from one is not the one counted from zero",
            pms: ["2 | 101", "2 | 102", "2 | 103", "1 | 101", "1 | 102", "1 | 103"],
            units: ["0 | 101", "0 | 102", "0 | 103", "1 | 101", "1 | 102", "1 | 103"]
        ),
        TrapCase(
            "4 on floor 2 is not 2-4 of another building",
            pms: ["1 | 1", "1 | 2", "1 | 3", "2 | 1", "2 | 2", "| 4 | 2"],
            units: ["1 | 1", "1 | 2", "1 | 3", "2 | 1", "2 | 2", "2 | 4"]
        ),
        TrapCase(
            "floors that disagree in words are doubt",
            pms: ["| 101 | 1", "| 102 | 1", "| 103 | Ground"],
            units: ["| 101 | 1", "| 102 | 1", "| 103 | 2"]
        ),
        TrapCase(
            "the PMS's 4 townhouse is not its 4",
            pms: ["1", "2", "3", "TH 4"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "a building's apartments are not another's with a code of the first cut off",
            pms: ["A-101", "A-102", "A-103", "B-104"],
            units: ["101", "102", "103", "A-104", "104"]
        ),
        TrapCase(
            "upper and lower flats are not dropped words",
            pms: ["1 Upper", "2 Upper", "3 Upper", "4 Upper"],
            units: ["1 Lower", "2 Lower", "3 Lower", "4 Lower"]
        ),
        TrapCase(
            "flats of one floor are not those of another",
            pms: ["| 1 | 2", "| 2 | 2", "| 3 | 2", "| 4 | 2"],
            units: ["| 1 | 3", "| 2 | 3", "| 3 | 3", "| 4 | 3"]
        ),
        TrapCase(
            "penthouses of A are not those of B",
            pms: ["A | PH1", "A | PH2", "B | 1", "B | 2"],
            units: ["B | PH1", "B | PH2", "A | 1", "A | 2"]
        ),
        TrapCase(
            "two one-unit buildings with each other's names",
            pms: ["A | 1", "B | 2", "C | 3"],
            units: ["B | 1", "A | 2", "C | 3"]
        ),
    ]
}
