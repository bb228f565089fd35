import SQLEngine

extension SQLEngineConformance {
    static let refusals: [SQLEngineConformance] = [
        SQLEngineConformance("each constraint has its code, and no error tells a value") {
            database in
            try await database.create(
                """
                create table p (id text primary key);
                create table t (
                    id text primary key, k text not null unique, p text references p (id),
                    n bigint check (n > 0));
                create table u (p text references p (id) on delete restrict);
                insert into p (id) values ('p1'), ('p2');
                insert into u (p) values ('p2');
                insert into t (id, k, p, n) values ('1', 'k', 'p1', 1);
                """
            )
            let insert: SQLStatement = "insert into t (id, k, p, n) values ($1, $2, $3, $4)"
            let cases: [(what: String, SQLStatement, [SQLValue], code: SQLError.Code)] = [
                (
                    "primary key", insert, ["1", "x"].map { .text($0) } + [.null, .null],
                    .alreadyExists
                ),
                ("unique", insert, ["2", "k"].map { .text($0) } + [.null, .null], .alreadyExists),
                ("foreign key", insert, [.text("2"), .text("x"), .text("Jane"), .null], .notFound),
                ("not null", insert, [.text("Jane"), .null, .null, .null], .refused),
                ("check", insert, [.text("2"), .text("Jane"), .null, .integer(-77_777)], .refused),
                ("a row in use", "delete from p where id = $1", [.text("p1")], .notFound),
                ("a restricted row", "delete from p where id = $1", [.text("p2")], .notFound),
            ]
            for (what, statement, values, code) in cases {
                let error = try await database.writeError { try $0.execute(statement, values) }
                try expect(what, error?.code, is: code)
                let description = error?.description ?? ""
                try expect(
                    "no value in: \(description)",
                    !["Jane", "77777", "'k'", "(k)=", "p1"].contains { description.contains($0) }
                )
            }
        },
        SQLEngineConformance("U+0000 in a text is refused, not cut") { database in
            try await database.create("create table t (v text)")
            for text in ["\0", "a\0b", "a\0", String(repeating: "x", count: 5_000) + "\0"] {
                let error = try await database.writeError {
                    try $0.execute("insert into t (v) values ($1)", [.text(text)])
                }
                try expect("code", error?.code, is: .refused)
                let query = try await database.writeError {
                    try $0.query("select v from t where v = $1", [.text(text)]) { _ in }
                }
                try expect("code in a query", query?.code, is: .refused)
            }
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("a number that is none is refused, not stored as NULL") { database in
            try await database.create("create table t (v double precision)")
            for number in [Double.nan, .infinity, -.infinity] {
                let error = try await database.writeError {
                    try $0.execute("insert into t (v) values ($1)", [.real(number)])
                }
                try expect("code", error?.code, is: .refused)
            }
        },
        SQLEngineConformance("a read cannot write") { database in
            try await database.create("create table t (v bigint)")
            do {
                try await database.read { _ = try $0.execute("insert into t (v) values (1)") }
                try expect("the write is refused", false)
            } catch let error as SQLError {
                try expect("code", error.code, is: .unavailable)
            }
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("a closed database is unavailable, and may be closed again") {
            database in
            try await database.close()
            try await database.close()
            let write = try await database.writeError { try $0.execute("select 1") }
            try expect("code of a write", write?.code, is: .unavailable)
            do {
                try await database.read { _ = try $0.execute("select 1") }
                try expect("a read is refused", false)
            } catch let error as SQLError {
                try expect("code of a read", error.code, is: .unavailable)
            }
        },
    ]
}
