import SQLEngine

extension SQLEngineConformance {
    static let values: [SQLEngineConformance] = [
        SQLEngineConformance("a text of any script and length comes back as it was") { database in
            try await database.create("create table t (n bigint primary key, v text)")
            let texts = [
                "", " ", "a", "exactly15bytes!", "sixteen bytes ok", "O'Brien \"x\" $1 ?1 \\ % _",
                "Zoë Ångström", "e\u{301} is not \u{e9}", "日本語", "👩‍👩‍👧", "\u{feff}\u{200d}",
                "\n\t\r\u{1}",
                String(repeating: "é", count: 100_000),
            ]
            for (number, text) in texts.enumerated() {
                let found = try await database.write { connection in
                    try connection.execute(
                        "insert into t (n, v) values ($1, $2)",
                        [.integer(number), .text(text)]
                    )
                    return try connection.first("select v from t where n = $1", [.integer(number)])
                    {
                        try $0.text(0)
                    }
                }
                // Swift's equality takes two spellings of a letter for one; the bytes must be the
                // same.
                try expect("text \(number)", found.map { Array($0.utf8) }, is: Array(text.utf8))
            }
        },
        SQLEngineConformance("an integer of 64 bits comes back as it was") { database in
            try await database.create("create table t (v bigint)")
            let integers: [Int64] = [
                0, 1, -1, 9, 10, 99, 100, 2_147_483_648, -2_147_483_649, 999_999_999_999_999_999,
                1_000_000_000_000_000_000, .max, .min,
            ]
            for integer in integers {
                let found = try await database.write { connection in
                    try connection.execute("delete from t")
                    try connection.execute("insert into t (v) values ($1)", [.integer(integer)])
                    return try connection.first("select v from t") { try $0.integer(0) }
                }
                try expect("integer", found, is: integer)
            }
        },
        SQLEngineConformance("a number comes back bit by bit") { database in
            try await database.create("create table t (v double precision)")
            let numbers = [
                0, 1, -1.5, 0.1, 1e300, -1e-300, .pi, .leastNonzeroMagnitude,
                .greatestFiniteMagnitude,
            ]
            for number in numbers {
                let found = try await database.write { connection in
                    try connection.execute("delete from t")
                    try connection.execute("insert into t (v) values ($1)", [.real(number)])
                    return try connection.first("select v from t") { try $0.real(0) }
                }
                try expect("number", found?.bitPattern, is: number.bitPattern)
            }
        },
        SQLEngineConformance("truth is 1 and 0") { database in
            try await database.create("create table t (v bigint check (v in (0, 1)))")
            let found = try await database.write { connection in
                try connection.execute(
                    "insert into t (v) values ($1), ($2)",
                    [.flag(true), .flag(false)]
                )
                return try connection.all("select v from t order by v") { try $0.flag(0) }
            }
            try expect("flags", found, is: [false, true])
        },
        SQLEngineConformance("NULL is neither an empty text nor 0") { database in
            try await database.create(
                "create table t (n bigint, a text, b bigint, c double precision)"
            )
            try await database.write { connection in
                _ = try connection.execute(
                    "insert into t (n, a, b, c) values ($1, $2, $3, $4), ($5, $6, $7, $8)",
                    [
                        .integer(1), .null, .null, .null,
                        .integer(2), .text(""), .integer(0), .real(0),
                    ]
                )
            }
            let rows = try await database.read { connection in
                try connection.all("select a, b from t order by n") { row in
                    [try row.optionalText(0), try row.optionalInteger(1).map(String.init)]
                }
            }
            try expect("rows", rows, is: [[nil, nil], ["", "0"]])
            let nulls = try await database.integer("select count(*) from t where c is null")
            try expect("rows with NULL", nulls, is: 1)
        },
        SQLEngineConformance("two NULLs are not distinct from one another") { database in
            try await database.create("create table t (v text)")
            try await database.write { connection in
                _ = try connection.execute(
                    "insert into t (v) values ($1), ($2)",
                    [.null, .text("x")]
                )
            }
            let cases: [(value: SQLValue, same: Int64, different: Int64)] = [
                (.null, 1, 1), (.text("x"), 1, 1), (.text("y"), 0, 2),
            ]
            for (value, same, different) in cases {
                try expect(
                    "not distinct",
                    try await database.integer(
                        "select count(*) from t where v is not distinct from $1",
                        [value]
                    ),
                    is: same
                )
                try expect(
                    "distinct",
                    try await database.integer(
                        "select count(*) from t where v is distinct from $1",
                        [value]
                    ),
                    is: different
                )
            }
        },
    ]
}
