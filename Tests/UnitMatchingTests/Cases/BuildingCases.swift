extension GoldenCase {
    /// Where a building is written.
    static let buildings = [
        GoldenCase(
            "building-as-prefix",
            "the PMS has buildings in a column, the other side writes them in front",
            pms: """
                1 | 101
                1 | 102
                1 | 201
                2 | 101
                2 | 102
                2 | 201
                """,
            units: """
                1-101
                1-102
                Bldg 1 - 201
                2-101
                2-102
                Bldg 2 - 201
                """
        ),
        GoldenCase(
            "building-as-suffix",
            "the other side writes the building behind the unit",
            pms: """
                A | 101
                A | 102
                A | 103
                B | 101
                B | 102
                B | 103
                """,
            units: """
                101-A
                102-A
                103-A
                101-B
                102-B
                103-B
                """
        ),
        GoldenCase(
            "building-in-parentheses",
            "the building stands in parentheses behind the unit",
            pms: """
                Bldg 1 | 4A
                Bldg 1 | 4B
                Bldg 1 | 5A
                Bldg 2 | 4A
                Bldg 2 | 4B
                Bldg 2 | 5A
                """,
            units: """
                4A (Bldg 1)
                4B (Bldg 1)
                5A (Building 1)
                4A (Bldg 2)
                4B (Bldg 2)
                5A (Tower 2)
                """
        ),
        GoldenCase(
            "building-glued",
            "20104 is unit 104 of building 20",
            pms: """
                10 | 101
                10 | 102
                10 | 201
                20 | 101
                20 | 104
                20 | 201
                """,
            units: """
                10101
                10102
                10201
                20101
                20104
                20201
                """
        ),
        GoldenCase(
            "building-and-floor-columns",
            "unit 04 on floor 3 of building 2, each in a column, is 2-304",
            pms: """
                1 | 01 | 1
                1 | 02 | 1
                1 | 01 | 2
                2 | 01 | 1
                2 | 02 | 1
                2 | 04 | 3
                """,
            units: """
                1-101
                1-102
                1-201
                2-101
                2-102
                2-304
                """
        ),
        GoldenCase(
            "building-floor-unit",
            "2-3-04 and 2/3/05 are units on floor 3 of building 2",
            pms: """
                1 | 01 | 1
                1 | 02 | 1
                1 | 01 | 2
                2 | 01 | 1
                2 | 04 | 3
                2 | 05 | 3
                """,
            units: """
                1-1-01
                1-1-02
                1-2-01
                2/1/01
                2-3-04
                2/3/05
                """
        ),
        GoldenCase(
            "building-floor-unit-glued",
            "2304 is unit 304 of building 2",
            pms: """
                1 | 101
                1 | 102
                1 | 201
                2 | 101
                2 | 304
                2 | 305
                """,
            units: """
                1101
                1102
                1201
                2101
                2304
                2305
                """
        ),
        GoldenCase(
            "property-code",
            "the PMS puts the property's code in front of every unit",
            pms: """
                OAK-101
                OAK-102
                OAK-103
                OAK-201
                OAK-202
                OAK-203
                """,
            units: """
                101
                102
                103
                201
                202
                203
                """
        ),
        GoldenCase(
            "property-code-number",
            "a number in front of every unit is a code, unless it is part of the unit",
            pms: """
                412-101
                412-102
                412-103
                412-201
                412-202
                """,
            units: """
                101
                102
                103
                201
                202
                412
                """
        ),
        GoldenCase(
            "building-and-unit-run-together",
            "building 1 with unit 2A is not 12A",
            pms: """
                1 | 2A
                1 | 3A
                1 | 4A
                2 | 2A
                2 | 3A
                2 | 4A
                """,
            units: """
                12A
                13A
                14A
                22A
                23A
                24A
                """
        ),
        GoldenCase(
            "building-and-unit-exchanged",
            "1-11 is not 11-1",
            pms: """
                1-11
                1-12
                1-13
                2-11
                2-12
                2-13
                """,
            units: """
                11-1
                1-12
                1-13
                2-11
                2-12
                2-13
                """
        ),
    ]

    /// Buildings that are not called alike, or not named at all.
    static let buildingNames = [
        GoldenCase(
            "building-dropped-without-collisions",
            "one side names no building, and no two buildings have a unit of one name",
            pms: """
                A | 101
                A | 102
                A | 103
                B | 201
                B | 202
                B | 203
                """,
            units: """
                101
                102
                103
                201
                202
                203
                """
        ),
        GoldenCase(
            "building-dropped-with-collisions",
            "one side names no building, and both buildings have a 101",
            pms: """
                A | 101
                A | 102
                A | 103
                B | 101
                B | 202
                B | 203
                """,
            units: """
                101
                102
                103
                101
                202
                203
                """
        ),
        GoldenCase(
            "one-building-renamed",
            "one building on each side under two names may be two buildings",
            pms: """
                Maple House | 101
                Maple House | 102
                Maple House | 103
                Maple House | 104
                """,
            units: """
                Birch House | 101
                Birch House | 102
                Birch House | 103
                Birch House | 104
                """
        ),
        GoldenCase(
            "buildings-renumbered-proven",
            "buildings have other names there, and their units tell them apart",
            pms: """
                1 | 101
                1 | 102
                1 | 103
                1 | 104
                1 | 105
                1 | 106
                2 | A1
                2 | A2
                2 | A3
                2 | A4
                2 | A5
                2 | A6
                """,
            units: """
                North | 101
                North | 102
                North | 103
                North | 104
                North | 105
                North | 106
                South | A1
                South | A2
                South | A3
                South | A4
                South | A5
                South | A6
                """
        ),
        GoldenCase(
            "buildings-renumbered-alike",
            "buildings have other names there, and all have the same units",
            pms: """
                1 | 101
                1 | 102
                1 | 103
                2 | 101
                2 | 102
                2 | 103
                """,
            units: """
                North | 101
                North | 102
                North | 103
                South | 101
                South | 102
                South | 103
                """
        ),
        GoldenCase(
            "building-numbers-shifted",
            "one side counts buildings from 0: building 1 there is not building 1 here",
            pms: """
                1 | 101
                1 | 102
                1 | 103
                2 | 101
                2 | 102
                2 | 103
                3 | 101
                3 | 102
                3 | 103
                """,
            units: """
                0 | 101
                0 | 102
                0 | 103
                1 | 101
                1 | 102
                1 | 103
                2 | 101
                2 | 102
                2 | 103
                """
        ),
        GoldenCase(
            "building-only-there",
            "a unit of a building that the other side does not have is nobody's",
            pms: """
                A | 101
                A | 102
                A | 103
                B | 101
                B | 102
                B | 103
                C | 101
                """,
            units: """
                A | 101
                A | 102
                A | 103
                B | 101
                B | 102
                B | 103
                """
        ),
    ]
}
