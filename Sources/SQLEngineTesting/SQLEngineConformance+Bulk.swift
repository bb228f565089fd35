import SQLEngine

extension SQLEngineConformance {
    static let bulk: [SQLEngineConformance] = [
        SQLEngineConformance("10,000 rows in one write are all there") { database in
            try await database.create(
                "create table t (id text primary key, name text, n bigint not null, note text)"
            )
            let insert = SQLStatement.rows(
                "insert into t (id, name, n, note) values {rows}",
                columns: 4,
                rows: 50
            )
            try await database.write { connection in
                for chunk in 0..<200 {
                    let values = (0..<50).flatMap { index -> [SQLValue] in
                        let number = chunk * 50 + index
                        return [
                            .text("resident-\(100_000 + number)-of-the-directory"),
                            .text("n\(number)"), .integer(number), .null,
                        ]
                    }
                    try expect("rows of a chunk", try connection.execute(insert, values), is: 50)
                }
            }
            try expect("rows", try await database.integer("select count(*) from t"), is: 10_000)
            try expect(
                "sum",
                try await database.integer("select cast(sum(n) as bigint) from t"),
                is: 49_995_000
            )
            try expect(
                "names that fit their numbers",
                try await database.integer(
                    """
                    select count(*) from t where name = 'n' || n and note is null
                    and id = 'resident-' || (100000 + n) || '-of-the-directory'
                    """
                ),
                is: 10_000
            )
        }
    ]
}
