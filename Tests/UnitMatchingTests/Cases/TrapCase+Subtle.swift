extension TrapCase {
    /// Traps in which nearly everything speaks for the pair.
    static let subtle: [TrapCase] = [
        TrapCase(
            "a unit of another building is not the unit of this name in a list mostly without buildings",
            pms: ["101", "102", "103", "104", "105", "Annex | 107"],
            units: ["101", "102", "103", "104", "105", "Main | 107"]
        ),
        TrapCase(
            "units of buildings are not exchanged in lists mostly without buildings",
            pms: ["101", "102", "103", "104", "105", "B | 202", "A | 201"],
            units: ["101", "102", "103", "104", "105", "A | 202", "B | 201"]
        ),
        TrapCase(
            "a date may be read from both ends",
            pms: ["13-14", "13-15", "14-16", "15-16", "12-May"],
            units: ["13-14", "13-15", "14-16", "15-16", "12-5", "5-12"]
        ),
        TrapCase(
            "a date of which only one reading is there may be of a unit that is missing",
            pms: ["13-14", "13-15", "14-16", "15-16", "12-May"],
            units: ["13-14", "13-15", "14-16", "15-16", "12-5"]
        ),
        TrapCase(
            "a suite is not the apartment of its number where the PMS has both kinds",
            pms: ["Apt 1", "Apt 2", "Apt 3", "Ste 5", "Ste 4"],
            units: ["Apt 1", "Apt 2", "Apt 3", "Ste 5", "Apt 4"]
        ),
        TrapCase(
            "a floor is not the apartment of its number",
            pms: ["Apt 1", "Apt 2", "Apt 4", "Floor 3"],
            units: ["Apt 1", "Apt 2", "Apt 4", "Apt 3"]
        ),
        TrapCase(
            "Tower 1 is not Building 1 where both exist",
            pms: [
                "Tower 1 | 101", "Tower 1 | 102", "Tower 1 | 103", "Building 1 | 202",
                "Building 1 | 203", "Building 1 | 201",
            ],
            units: [
                "Tower 1 | 101", "Tower 1 | 102", "Tower 1 | 103", "Building 1 | 202",
                "Building 1 | 203", "Tower 1 | 201",
            ]
        ),
        TrapCase(
            "a unit whose text names another building than its column is in doubt",
            pms: ["1 | 101", "1 | 102", "2 | 101", "2 | 102", "2 | Bldg 1 - 103"],
            units: ["1 | 101", "1 | 102", "2 | 101", "2 | 102", "2 | 103"]
        ),
        TrapCase(
            "very long building numbers that differ are two buildings",
            pms: ["12345678901-12345678901 | 101", "12345678901-12345678901 | 102"],
            units: ["99999999999-99999999999 | 101", "99999999999-99999999999 | 102"]
        ),
        TrapCase(
            "building 1-11 is not building 11-1",
            pms: ["1-11 | 101", "1-11 | 102", "1-11 | 103"],
            units: ["11-1 | 101", "11-1 | 102", "11-1 | 103"]
        ),
        TrapCase(
            "a code cut off makes no apartment of a penthouse",
            pms: ["PH-1", "PH-2", "PH-3", "PH-4"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "parking spaces are not the apartments of their numbers",
            pms: ["Parking 1", "Parking 2", "Parking 3", "Parking 4"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "storage rooms are not the apartments of their numbers, beside some parking",
            pms: ["1", "2", "Storage 3", "Storage 4", "Storage 5", "Storage 6", "Storage 7"],
            units: ["1", "2", "3", "4", "5", "6", "7"]
        ),
        TrapCase(
            "beds of one apartment are not the apartments of a house",
            pms: ["101-1", "101-2", "101-3", "101-4"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "a floor in front of every unit is not a code",
            pms: ["2-1", "2-2", "2-3", "2-4"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "an invisible mark in the floor is doubt",
            pms: ["| 101 | 1", "| 102 | 1\u{200B}"],
            units: ["| 101 | 1", "| 102 | 1"]
        ),
        TrapCase(
            "a dotless i is no i",
            pms: ["101", "102", "103\u{131}"],
            units: ["101", "102", "103\u{131}"]
        ),
        TrapCase(
            "a click letter that looks like l is doubt",
            pms: ["101", "102", "103\u{1C0}"],
            units: ["101", "102", "103\u{1C0}"]
        ),
        TrapCase(
            "a grapheme joiner is invisible",
            pms: ["101", "102", "103A\u{34F}"],
            units: ["101", "102", "103A\u{34F}"]
        ),
        TrapCase(
            "a delete character is invisible",
            pms: ["101", "102", "103\u{7F}"],
            units: ["101", "102", "103"]
        ),
        TrapCase(
            "townhouse 4 glued is not the fourth",
            pms: ["1TH", "2TH", "3TH", "4TH"],
            units: ["1", "2", "3", "4"]
        ),
        TrapCase(
            "a slash between numbers is no half where it parts floor and unit",
            pms: ["2/1/1", "2/1/3", "2/1/4", "2/1/2"],
            units: ["2-1-1", "2-1-3", "2-1-4", "2 1/2"]
        ),
        TrapCase(
            "nothing is not the name of a unit",
            pms: ["101", "102", "103", "--"],
            units: ["101", "102", "103", "##"]
        ),
        TrapCase(
            "nothing is not the name of a unit, in a building of its own",
            pms: ["A | 101", "A | 102", "B | 101", "B | 102", "B | "],
            units: ["A | 101", "A | 102", "B | 101", "B | 102", "B | "]
        ),
        TrapCase(
            "building A in the names of one side is not building B in those of the other",
            pms: ["A-101", "A-102", "A-103", "A-104"],
            units: ["B-101", "B-102", "B-103", "B-104"]
        ),
        TrapCase(
            "building 1 in the names of one side is not building 2 in those of the other",
            pms: ["1-101", "1-102", "1-103", "1-104"],
            units: ["2-101", "2-102", "2-103", "2-104"]
        ),
        TrapCase(
            "two codes of properties may be two properties",
            pms: ["OAK-101", "OAK-102", "OAK-103", "OAK-104"],
            units: ["ELM-101", "ELM-102", "ELM-103", "ELM-104"]
        ),
        TrapCase(
            "a code in front makes no home of a pseudo-unit",
            pms: ["OAK-101", "OAK-102", "OAK-103", "OAK-MODEL"],
            units: ["OAK-101", "OAK-102", "OAK-103", "OAK-MODEL"]
        ),
        TrapCase(
            "one building here may be a third beside the two there",
            pms: ["Oak | 101", "Oak | 102", "Oak | 201", "Oak | 202"],
            units: ["A | 101", "A | 102", "B | 201", "B | 202"]
        ),
        TrapCase(
            "11101 may be 101 of building 11 and 1101 of building 1",
            pms: ["1 | 101", "1 | 102", "1 | 1102", "11 | 101"],
            units: ["1101", "1102", "11102", "11101"]
        ),
        TrapCase(
            "a small third building with another name is not proven by three units",
            pms: ["A | 101", "A | 102", "B | 101", "B | 102", "C | 1", "C | 2", "C | 3"],
            units: ["A | 101", "A | 102", "B | 101", "B | 102", "D | 1", "D | 2", "D | 3"]
        ),
        TrapCase(
            "12\u{BD} is not 12-1-2",
            pms: ["101", "102", "103", "12\u{BD}"],
            units: ["101", "102", "103", "12-1-2"]
        ),
        TrapCase(
            "towers are not the apartments of their numbers",
            pms: ["Tower 1", "Tower 2", "Tower 3", "Tower 4"],
            units: ["Apt 1", "Apt 2", "Apt 3", "Apt 4"]
        ),
        TrapCase(
            "where buildings share a floor's numbers, one without a building may be of either",
            pms: ["102", "103", "201", "202", "203", "101"],
            units: ["A | 102", "A | 103", "B | 201", "B | 202", "B | 203", "B | 101"]
        ),
    ]
}
