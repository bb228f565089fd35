import SQLEngine

extension SQLEngineConformance {
    static let statements: [SQLEngineConformance] = [
        SQLEngineConformance("placeholders go by their number, in any order and again") {
            database in
            try await database.create("create table t (a text, b text)")
            let cases: [(statement: SQLStatement, values: [SQLValue], a: String, b: String)] = [
                ("insert into t (a, b) values ($2, $1)", [.text("1"), .text("2")], "2", "1"),
                ("insert into t (a, b) values ($1, $1)", [.text("1")], "1", "1"),
                (
                    "insert into t (b, a) values ($1||$2||$3||$4||$5||$6||$7||$8||$9||$10, $11)",
                    (1...11).map { .text("\($0),") }, "11,", "1,2,3,4,5,6,7,8,9,10,"
                ),
                ("insert into t (a, b) values ('$1', $1) -- $2", [.text("x")], "$1", "x"),
                (
                    "insert into t (a, b) values ('it''s $9', $1) /* $2 */", [.text("x")],
                    "it's $9", "x"
                ),
            ]
            for (statement, values, a, b) in cases {
                let found = try await database.write { connection in
                    try connection.execute("delete from t")
                    try connection.execute(statement, values)
                    return try connection.all("select a, b from t") {
                        [try $0.text(0), try $0.text(1)]
                    }
                }
                try expect(statement.text, found, is: [[a, b]])
            }
        },
        SQLEngineConformance("execute counts the rows it changed, and none for a query") {
            database in
            try await database.create(
                "create table p (id bigint unique); create table t (v bigint unique, w bigint)"
            )
            let counts = try await database.write { connection in
                [
                    try connection.execute("insert into t (v, w) values (1, 1), (2, 2), (3, 3)"),
                    try connection.execute("select v from t"),
                    try connection.execute("update t set w = 9 where v > $1", [.integer(1)]),
                    try connection.execute("update t set w = 9 where v > $1", [.integer(7)]),
                    try connection.execute("create table other (v bigint)"),
                    try connection.execute("insert into t (v) values (1) on conflict do nothing"),
                    try connection.execute(
                        "insert into t (v) values (1), (4) on conflict (v) do update set w = 5"
                    ),
                    try connection.execute("insert into p (id) values (1) returning id"),
                    try connection.execute(
                        "with x as (select 1 as v) delete from t where v in (select v from x)"
                    ),
                    try connection.execute("delete from t"),
                    try connection.execute("delete from t"),
                ]
            }
            try expect("counts", counts, is: [3, 0, 2, 0, 0, 0, 2, 1, 1, 3, 0])
        },
        SQLEngineConformance("an upsert returns the rows as they are afterwards") { database in
            try await database.create("create table t (id text primary key, n bigint not null)")
            let upsert = SQLStatement.rows(
                """
                insert into t (id, n) values {rows} on conflict (id) do update set n = excluded.n
                where t.n is distinct from excluded.n returning id, n
                """,
                columns: 2,
                rows: 2
            )
            let found = try await database.write { connection in
                try connection.execute("insert into t (id, n) values ('a', 1), ('b', 2)")
                return try connection.all(
                    upsert,
                    [.text("a"), .integer(1), .text("b"), .integer(7)]
                ) { "\(try $0.text(0)) \(try $0.integer(1))" }
            }
            try expect("changed rows", found, is: ["b 7"])
        },
        SQLEngineConformance("rows in a CTE join a table by typed values") { database in
            try await database.create("create table t (id text primary key, n bigint)")
            let update = SQLBulkStatement(
                """
                with v (id, n) as (values {rows})
                update t set n = v.n from v where t.id = v.id and t.n is distinct from v.n
                """,
                columns: [.text, .integer]
            )
            let count = try await database.write { connection in
                try connection.execute("insert into t (id, n) values ('a', 1), ('b', 2), ('c', 3)")
                return try update.write([("a", 1), ("b", 20), ("c", 30)]) { row, values in
                    values.append(row.0)
                    values.append(row.1)
                }.run(on: connection)
            }
            try expect("changed rows", count, is: 2)
            try expect(
                "sum",
                try await database.integer("select cast(sum(n) as bigint) from t"),
                is: 51
            )
        },
        SQLEngineConformance("a statement without all its values is an error") { database in
            try await database.create("create table t (a bigint, b bigint)")
            for values: [SQLValue] in [[], [.integer(1)], [.integer(1), .integer(2), .integer(3)]] {
                let error = try await database.writeError {
                    try $0.execute("insert into t (a, b) values ($1, $2)", values)
                }
                try expect("code", error?.code, is: .unavailable)
            }
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("a statement of another language is an error, in the plan too") {
            database in
            for statement: SQLStatement in ["selekt 1", "select v from missing"] {
                let plan = try await database.writeError { _ = try $0.queryPlan(statement) }
                try expect("code of the plan", plan?.code, is: .unavailable)
                let error = try await database.writeError { try $0.execute(statement) }
                try expect("code", error?.code, is: .unavailable)
            }
        },
        SQLEngineConformance("a script runs all its statements, or none") { database in
            try await database.create(
                "create table t (v text);\ninsert into t (v) values ('a;b');\n-- the end;\n"
            )
            try expect("rows", try await database.integer("select count(*) from t"), is: 1)
            let error = try await database.writeError {
                try $0.executeScript(
                    "insert into t (v) values ('c'); insert into missing values (1);"
                )
            }
            try expect("code", error?.code, is: .unavailable)
            try expect("rows", try await database.integer("select count(*) from t"), is: 1)
        },
    ]
}
