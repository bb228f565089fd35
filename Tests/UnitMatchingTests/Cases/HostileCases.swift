extension GoldenCase {
    /// Texts that are not what they look like.
    static let hostile = [
        GoldenCase(
            "lookalike-letters",
            "a Cyrillic А is not an A, on one side or on both",
            pms: """
                101
                102
                103
                104\u{410}
                105\u{412}
                106
                """,
            units: """
                101
                102
                103
                104A
                105\u{412}
                106
                """
        ),
        GoldenCase(
            "invisible-marks",
            "what cannot be seen makes a text suspect",
            pms: """
                101
                102
                103
                10\u{200B}4
                \u{FEFF}105
                10\u{AD}6
                """,
            units: """
                101
                102
                103
                104
                105
                106
                """
        ),
        GoldenCase(
            "right-to-left-marks",
            "marks of direction make 401 of 104 for the eye",
            pms: """
                101
                102
                103
                \u{202E}104
                \u{200F}105
                """,
            units: """
                101
                102
                103
                104
                105
                401
                """
        ),
        GoldenCase(
            "full-width-digits",
            "full-width digits are digits",
            pms: """
                \u{FF11}\u{FF10}\u{FF11}
                \u{FF11}\u{FF10}\u{FF12}
                \u{FF13}\u{FF22}
                104
                """,
            units: """
                101
                102
                3B
                104
                """
        ),
        GoldenCase(
            "very-long-texts",
            "a text that is no designator any more is never certain, however equal",
            pms: "101\n102\n103\n" + String(repeating: "4", count: 100_000) + "\n105",
            units: "101\n102\n103\n" + String(repeating: "4", count: 100_000) + "\n105"
        ),
        GoldenCase(
            "empty-names",
            "a unit without a name is nobody's",
            pms: """
                101
                102
                103
                |  |
                A | |
                --
                """,
            units: """
                101
                102
                103
                |  |
                A | |
                ##
                """
        ),
        GoldenCase(
            "no-units",
            "without units nothing has a counterpart",
            pms: """
                101
                102
                """,
            units: ""
        ),
    ]
}
