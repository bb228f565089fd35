import SQLEngine

extension SQLEngineConformance {
    static let bulk: [SQLEngineConformance] = [
        SQLEngineConformance("10,000 rows in one write are all there") { database in
            try await database.create(
                "create table t (id text primary key, name text, n bigint not null, note text)"
            )
            let insert = SQLBulkStatement(
                "insert into t (id, name, n, note) values {rows}",
                columns: [.text, .text, .integer, .text]
            )
            let changed = try await database.write { connection in
                try insert.write(0..<10_000) { number, values in
                    values.append("resident-\(100_000 + number)-of-the-directory")
                    values.append("n\(number)")
                    values.append(number)
                    values.appendNull()
                }.run(on: connection)
            }
            try expect("changed rows", changed, is: 10_000)
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
        },
        SQLEngineConformance("rows of a bulk statement keep every character and every number") {
            database in
            try await database.create("create table t (position bigint, word text, n bigint)")
            let insert = SQLBulkStatement(
                "insert into t (position, word, n) values {rows}",
                columns: [.integer, .text, .integer]
            )
            let words = [
                String(repeating: "long ", count: 20_000), "{", "}", ",", "\"", "\\", "NULL",
                "null", " a ", "ü🏠\n", "$1", "?1",
            ]
            let numbers: [Int64] = [0, -1, 1, .min, .max, 1 << 32, -(1 << 32), 255, 256]
            let read = try await database.write { connection in
                try insert.write(0..<108) { position, values in
                    values.append(position)
                    values.append(words[position % 12])
                    values.append(numbers[position / 12])
                }.run(on: connection)
                return try connection.all("select word, n from t order by position") {
                    "\(try $0.text(0)) \(try $0.integer(1))"
                }
            }
            let written = (0..<108).map { "\(words[$0 % 12]) \(numbers[$0 / 12])" }
            try expect("rows", read, is: written)
        },
        SQLEngineConformance("a bulk upsert counts the rows that it inserts and updates") {
            database in
            try await database.create("create table t (id text primary key, n bigint)")
            let upsert = SQLBulkStatement(
                "insert into t (id, n) values {rows} on conflict (id) do update set n = excluded.n",
                columns: [.text, .integer]
            )
            let counts = try await database.write { connection in
                try [0..<60, 30..<90, 0..<0].map { numbers in
                    try upsert.write(numbers) { number, values in
                        values.append("r\(number)")
                        values.append(number.isMultiple(of: 7) ? nil : Int64(number))
                    }.run(on: connection)
                }
            }
            try expect("counts", counts, is: [60, 60, 0])
            try expect("rows", try await database.integer("select count(*) from t"), is: 90)
            try expect(
                "nulls",
                try await database.integer("select count(*) from t where n is null"),
                is: 13
            )
        },
        SQLEngineConformance("a row of a bulk statement that is not whole is an error") {
            database in
            try await database.create("create table t (a bigint, b bigint)")
            let insert = SQLBulkStatement(
                "insert into t (a, b) values {rows}",
                columns: [.integer, .integer]
            )
            let error = try await database.writeError {
                connection in try insert.write(1...3) { $1.append($0) }.run(on: connection)
            }
            try expect("code", error?.code, is: .unavailable)
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("a text with U+0000 among many rows is refused by its place") {
            database in
            try await database.create("create table t (a text, b text)")
            let insert = SQLBulkStatement(
                "insert into t (a, b) values {rows}",
                columns: [.text, .text]
            )
            let error = try await database.writeError {
                connection in
                try insert.write(["a", "b", "c", "d\u{0}"]) { $1.append($0) }.run(on: connection)
            }
            try expect("code", error?.code, is: .refused)
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
    ]
}
