extension GoldenCase {
    /// One unit written in two ways.
    static let spelling = [
        GoldenCase(
            "leading-zeros",
            "012B is 12B, and 0101 is 101",
            pms: """
                0101
                0102
                012B
                012C
                007
                """,
            units: """
                101
                102
                12B
                12C
                7
                """
        ),
        GoldenCase(
            "designator-words",
            "words of USPS Publication 28 and their abbreviations",
            pms: """
                Apartment 1
                Suite 2
                Unit 3
                Room 4
                Space 5
                Trailer 6
                Lot 7
                Basement
                Front
                Rear
                Upper
                Lower
                Department 8
                Hangar 9
                Slip 10
                Pier 11
                """,
            units: """
                APT 1
                STE 2
                UNIT 3
                RM 4
                SPC 5
                TRLR 6
                LOT 7
                BSMT
                FRNT
                REAR
                UPPR
                LOWR
                DEPT 8
                HNGR 9
                SLIP 10
                PIER 11
                """
        ),
        GoldenCase(
            "penthouse",
            "a penthouse is a penthouse however it is shortened, and not the unit of that number",
            pms: """
                PH1
                PH-2
                Penthouse 3
                PHA
                1
                2
                3
                4
                """,
            units: """
                Penthouse 1
                PH 2
                PH3
                Penthouse A
                Apt 1
                Apt 2
                Apt 3
                Apt 4
                """
        ),
        GoldenCase(
            "parking-storage-commercial",
            "what is no home keeps its word and its number",
            pms: """
                101
                102
                103
                Parking 1
                Parking Space 2
                Storage 1
                Storage Locker 2
                Commercial 1
                Retail 2
                """,
            units: """
                101
                102
                103
                PKG-1
                PKG 2
                STRG 1
                STG 2
                COM-1
                RTL 2
                """
        ),
        GoldenCase(
            "half-units",
            "8 1/2 is 8½ and neither 8 nor 81/2",
            pms: """
                8
                8 1/2
                9
                9½
                10
                10 1/2
                11
                """,
            units: """
                8
                8½
                9
                9 1/2
                10
                10-1/2
                11
                """
        ),
        GoldenCase(
            "ordinals-and-number-words",
            "First is 1 and 2nd is 2",
            pms: """
                First
                2nd
                Unit Three
                4th
                Five
                6
                """,
            units: """
                1
                2
                3
                Four
                5th
                6
                """
        ),
        GoldenCase(
            "number-signs",
            "#101, No. 102 and № 103 are numbers",
            pms: """
                #101
                No. 102
                № 103
                Apt #104
                Unit no 105
                Nr. 106
                """,
            units: """
                101
                # 102
                103
                104
                105
                106
                """
        ),
        GoldenCase(
            "two-clerks",
            "two habits in one list",
            pms: """
                Bldg 1 | Apt 101
                Bldg 1 | Apt 102
                1 | 0103
                1 | #104
                building 2 | apt. 101
                BLDG 2 | 102
                2 | UNIT 0103
                02 | 104
                """,
            units: """
                1 | 101
                1 | 102
                1 | 103
                1 | 104
                2 | 101
                2 | 102
                2 | 103
                2 | 104
                """
        ),
        GoldenCase(
            "ranges",
            "101-103 is one unit made of several, and not 101",
            pms: """
                101-103
                104
                105
                106
                201
                202-204
                """,
            units: """
                101-103
                104
                105
                106
                201
                202
                203
                204
                """
        ),
        GoldenCase(
            "spreadsheet-dates",
            "a spreadsheet made 19-May of 5-19, as it did May-32 of 5-32",
            pms: """
                1-11
                19-May
                May-32
                13-14
                13-15
                14-16
                """,
            units: """
                1-11
                5-19
                5-32
                13-14
                13-15
                14-16
                """
        ),
    ]

    /// Floors in a column, and floors in words.
    static let floors = [
        GoldenCase(
            "floor-column-letters",
            "line B on floor 3 is 3B",
            pms: """
                | A | 1
                | B | 1
                | A | 2
                | B | 2
                | A | 3
                | B | 3
                """,
            units: """
                1A
                1B
                2A
                2B
                3A
                3B
                """
        ),
        GoldenCase(
            "floor-column-two-digits",
            "04 on floor 3 is 304",
            pms: """
                | 01 | 1
                | 02 | 1
                | 01 | 2
                | 02 | 2
                | 04 | 3
                | 05 | 3
                """,
            units: """
                101
                102
                201
                202
                304
                305
                """
        ),
        GoldenCase(
            "floor-column-ambiguous",
            "12 on floor 1 may be 12 or 112",
            pms: """
                | 11 | 1
                | 12 | 1
                | 13 | 1
                | 01 | 2
                | 02 | 2
                | 03 | 2
                """,
            units: """
                12
                111
                112
                113
                201
                202
                203
                """
        ),
        GoldenCase(
            "floors-disagree",
            "105 on floor 1 is not 105 on floor 2",
            pms: """
                | 101 | 1
                | 102 | 1
                | 103 | 1
                | 104 | 1
                | 105 | 1
                """,
            units: """
                | 101 | 1st
                | 102 | 1
                | 103 | FL 1
                | 104 | Floor 1
                | 105 | 2
                """
        ),
    ]
}
