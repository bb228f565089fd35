extension GoldenCase {
    /// What a clerk's hand or eye got wrong.
    static let slips = [
        GoldenCase(
            "letter-o-for-zero",
            "1O4 is most probably 104",
            pms: """
                101
                102
                103
                1O4
                201
                202
                """,
            units: """
                101
                102
                103
                104
                201
                202
                """
        ),
        GoldenCase(
            "letter-i-for-one",
            "I01 and l02 are most probably 101 and 102",
            pms: """
                I01
                l02
                103
                104
                201
                202
                """,
            units: """
                101
                102
                103
                104
                201
                202
                """
        ),
        GoldenCase(
            "letter-o-twin",
            "where 10O and 100 both exist, a lone 100 may be either",
            pms: """
                100
                102
                103
                104
                """,
            units: """
                100
                10O
                102
                103
                104
                """
        ),
        GoldenCase(
            "typing-slip",
            "a name one letter away is a weak hint",
            pms: """
                101
                102
                103
                104
                20B
                """,
            units: """
                101
                102
                103
                104
                205B
                """
        ),
    ]

    /// One name twice.
    static let duplicates = [
        GoldenCase(
            "duplicate-in-pms",
            "two PMS units have an equal claim on 103",
            pms: """
                101
                102
                103
                0103
                104
                """,
            units: """
                101
                102
                103
                104
                """
        ),
        GoldenCase(
            "duplicate-unit",
            "103 exists twice on the other side",
            pms: """
                101
                102
                103
                104
                """,
            units: """
                101
                102
                Apt 103
                #103
                104
                """
        ),
    ]

    /// Housing let by the bed.
    static let beds = [
        GoldenCase(
            "beds-on-both-sides",
            "both sides know the beds",
            pms: """
                101-A
                101-B
                102-A
                102-B
                103-A
                103-B
                """,
            units: """
                101A
                101B
                102A
                102B
                103A
                103B
                """
        ),
        GoldenCase(
            "beds-in-pms-only",
            "the doors are the apartments': several beds share one",
            pms: """
                101-A
                101-B
                102-A
                102-B
                103-A
                103-B
                """,
            units: """
                101
                102
                103
                """
        ),
        GoldenCase(
            "bed-words",
            "beds and rooms in words share the apartment as letters do",
            pms: """
                101 Bed A
                101 Bed B
                102 Rm 1
                102 Rm 2
                103-3
                104
                105
                106
                107
                108
                """,
            units: """
                101
                102
                103
                104
                105
                106
                107
                108
                """
        ),
        GoldenCase(
            "beds-beside-real-units",
            "101-A is a bed in the PMS and may be an apartment of its own there",
            pms: """
                101-A
                101-B
                102
                103
                104
                105
                """,
            units: """
                101
                101-A
                102
                103
                104
                105
                """
        ),
    ]

    /// What nobody lives in.
    static let amenities = [
        GoldenCase(
            "amenities-and-pseudo-units",
            "doors of amenities and units of bookkeeping are nobody's home",
            pms: """
                101
                102
                103
                104
                ADMIN
                MODEL
                OFFICE
                WAIT01
                VACANT
                """,
            units: """
                101
                102
                103
                104
                Gym
                Pool Gate
                Office
                Mail Room
                Leasing Office
                """
        )
    ]
}
