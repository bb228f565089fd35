import SQLEngine

extension SQLEngineConformance {
    static let rows: [SQLEngineConformance] = [
        SQLEngineConformance("reading a column as another type is an error that names it") {
            database in
            try await database.create(
                "create table t (a_text text, a_count bigint, a_real double precision, a_gap text)"
            )
            try await database.write { connection in
                _ = try connection.execute(
                    "insert into t (a_text, a_count, a_real) values ($1, $2, $3)",
                    [.text("secret"), .integer(5), .real(1.5)]
                )
            }
            let reads: [(column: String, read: @Sendable (any SQLRow) throws -> Void)] = [
                ("a_text", { _ = try $0.integer(0) }),
                ("a_text", { _ = try $0.optionalInteger(0) }),
                ("a_text", { _ = try $0.real(0) }),
                ("a_count", { _ = try $0.text(1) }),
                ("a_count", { _ = try $0.optionalText(1) }),
                ("a_real", { _ = try $0.integer(2) }),
                ("a_real", { _ = try $0.text(2) }),
                ("a_gap", { _ = try $0.text(3) }),
                ("a_gap", { _ = try $0.integer(3) }),
                ("a_gap", { _ = try $0.real(3) }),
                ("4", { _ = try $0.text(4) }),
                ("-1", { _ = try $0.text(-1) }),
            ]
            for (column, read) in reads {
                do {
                    try await database.read { connection in
                        try connection.query(
                            "select a_text, a_count, a_real, a_gap from t",
                            [],
                            read
                        )
                    }
                    try expect("the column \(column) is refused", false)
                } catch let error as SQLError {
                    try expect("code for \(column)", error.code, is: .unavailable)
                    try expect("the error names \(column)", error.description.contains(column))
                    try expect("no value", !error.description.contains("secret"))
                }
            }
        },
        SQLEngineConformance("a row closure may run other statements, the same one included") {
            database in
            try await database.create(
                """
                create table node (id text primary key, parent text);
                insert into node (id, parent)
                values ('the root of all nodes', null), ('b', 'the root of all nodes'), ('c', 'b');
                """
            )
            let found = try await database.read { connection in
                let children: SQLStatement = "select id from node where parent = $1 order by id"
                var path: [String] = []
                func walk(_ parent: String) throws {
                    try connection.query(children, [.text(parent)]) { row in
                        path.append(try row.text(0))
                        try walk(try row.text(0))
                        path.append(try row.text(0))
                    }
                }
                try walk("the root of all nodes")
                return path
            }
            try expect("path", found, is: ["b", "c", "c", "b"])
        },
        SQLEngineConformance("an error thrown by a row closure ends the query and the write") {
            database in
            struct Stop: Error {}
            try await database.create("create table t (v bigint)")
            do {
                try await database.write { connection in
                    try connection.execute("insert into t (v) values (1), (2)")
                    try connection.query("select v from t", []) { _ in throw Stop() }
                }
                try expect("the error is thrown on", false)
            } catch is Stop {}
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("first gives nil where no row is found") { database in
            try await database.create("create table t (v bigint)")
            try expect("value", try await database.integer("select v from t"), is: nil)
        },
    ]
}
