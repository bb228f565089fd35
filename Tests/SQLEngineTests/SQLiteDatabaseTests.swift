import Foundation
import SQLEngine
import SQLEngineTesting
import SQLiteEngine
import Testing

@Suite struct SQLiteDatabaseTests {
    @Test func theDatabaseFileIsItsOwnersAlone() async throws {
        try await TestEngine.withSQLiteFile { path in
            let database = try await SQLiteDatabase(path: path)
            try await database.write { try $0.executeScript("create table t (v bigint)") }
            for file in [path, path + "-wal", path + "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            try await database.close()
        }
    }

    @Test func whatWasWrittenIsThereWhenTheFileIsOpenedAgain() async throws {
        try await TestEngine.withSQLiteFile { path in
            let first = try await SQLiteDatabase(path: path)
            try await first.write {
                try $0.executeScript("create table t (v bigint); insert into t (v) values (7)")
            }
            try await first.close()
            let second = try await SQLiteDatabase(path: path)
            let found = try await second.read {
                try $0.all("select v from t") { try $0.integer(0) }
            }
            #expect(found == [7])
            #expect(second.summary == "sqlite:\(path)")
            try await second.close()
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func whatWasWrittenReachesTheFileWhileTheDatabaseIsOpen() async throws {
        try await TestEngine.withSQLiteFile { path in
            let database = try await SQLiteDatabase(path: path)
            try await database.write { try $0.executeScript("create table t (v text)") }
            func size() throws -> Int {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return attributes[.size] as? Int ?? 0
            }
            for _ in 0..<9 {
                try await database.write { connection in
                    for _ in 0..<1_000 {
                        try connection.execute(
                            "insert into t (v) values ($1)",
                            [.text(String(repeating: "x", count: 4_000))]
                        )
                    }
                }
            }
            // With the writer waiting nothing would be in the file yet: it waits when the log has 125 MiB.
            while try size() < 8_000 * 4_000 { try await Task.sleep(for: .milliseconds(5)) }
            try await database.write { _ = try $0.execute("insert into t (v) values ('z')") }
            try await database.close()
            let again = try await SQLiteDatabase(path: path)
            let count = try await again.read {
                try $0.first("select count(*) from t") { try $0.integer(0) }
            }
            #expect(count == 9_001)
            try await again.close()
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func howeverMuchIsWrittenTheLogKeepsToItsLimit() async throws {
        try await TestEngine.withSQLiteFile { path in
            let database = try await SQLiteDatabase(path: path)
            try await Self.fill(database, as: 1, transactions: 70)
            let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")
            let size = try #require(log[.size] as? Int)
            #expect(size < 34_000 * 4_120, "125 MiB and a transaction of the 70,000 pages written")
            try await Self.expectSound(database, rows: [7_000])
            try await database.close()
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func whatTwoWriteIntoOneFileAtOnceIsAllThere() async throws {
        try await TestEngine.withSQLiteFile { path in
            let databases = [
                try await SQLiteDatabase(path: path), try await SQLiteDatabase(path: path),
            ]
            try await withThrowingTaskGroup { group in
                for (number, database) in databases.enumerated() {
                    group.addTask { try await Self.fill(database, as: number, transactions: 30) }
                }
                try await group.waitForAll()
            }
            for database in databases { try await database.close() }
            let again = try await SQLiteDatabase(path: path)
            try await Self.expectSound(again, rows: [3_000, 3_000])
            try await again.close()
        }
    }

    /// Writes 1,000 pages a transaction.
    private static func fill(
        _ database: SQLiteDatabase,
        as number: Int,
        transactions: Int
    ) async throws {
        let text = String(repeating: "x", count: 40_000)
        for _ in 0..<transactions {
            try await database.write { connection in
                try connection.executeScript("create table if not exists t (k bigint, v text)")
                for _ in 0..<100 {
                    try connection.execute(
                        "insert into t (k, v) values ($1, $2)",
                        [.integer(Int64(number)), .text(text)]
                    )
                }
            }
        }
    }

    private static func expectSound(_ database: SQLiteDatabase, rows: [Int64]) async throws {
        let (integrity, counts) = try await database.read { connection in
            (
                try connection.all("pragma integrity_check") { try $0.text(0) },
                try connection.all("select count(*) from t group by k order by k") {
                    try $0.integer(0)
                }
            )
        }
        #expect(integrity == ["ok"])
        #expect(counts == rows)
    }

    @Test func aFullDiskIsUnavailableAndTheWriteLeavesNothing() async throws {
        try await withDatabase(maximumPages: 64) { database in
            try await database.write { try $0.executeScript("create table t (v text)") }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { connection in
                    for _ in 0..<1_000 {
                        try connection.execute(
                            "insert into t (v) values ($1)",
                            [.text(String(repeating: "x", count: 4_000))]
                        )
                    }
                }
            }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("the disk is full") == true)
            let count = try await database.read {
                try $0.first("select count(*) from t") { try $0.integer(0) }
            }
            #expect(count == 0)
            try await database.write { _ = try $0.execute("insert into t (v) values ('fits')") }
        }
    }

    /// SQLite holds a file for read-only whose header asks for a writer of a later format; unlike
    /// the mode of the file, that binds root too.
    @Test func aReadOnlyFileIsUnavailable() async throws {
        try await TestEngine.withSQLiteFile { path in
            let file = URL(filePath: path)
            let database = try await SQLiteDatabase(path: path)
            try await database.write { try $0.executeScript("create table t (v bigint)") }
            try await database.close()
            var content = try Data(contentsOf: file)
            content[18] = 3
            try content.write(to: file)
            let error = await #expect(throws: SQLError.self) {
                let reopened = try await SQLiteDatabase(path: path)
                try await reopened.write { _ = try $0.execute("insert into t (v) values (1)") }
            }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("read-only") == true)
        }
    }

    @Test func aFileOfAnotherKindIsUnavailable() async throws {
        try await TestEngine.withSQLiteFile { path in
            let file = URL(filePath: path)
            try Data(repeating: 0x61, count: 8_192).write(to: file)
            let error = await #expect(throws: SQLError.self) {
                _ = try await SQLiteDatabase(path: path)
            }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("not an SQLite database") == true)
            #expect(try Data(contentsOf: file) == Data(repeating: 0x61, count: 8_192))
        }
    }

    @Test func aMissingFolderIsUnavailableAndNamed() async throws {
        let path = "/tmp/\(UUID().uuidString)/lintel.db"
        let error = await #expect(throws: SQLError.self) {
            _ = try await SQLiteDatabase(path: path)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.description == "create sqlite:\(path): No such file or directory")
    }

    @Test func anotherProcessThatHoldsTheFileIsAConflict() async throws {
        try await TestEngine.withSQLiteFile { path in
            let database = try await SQLiteDatabase(path: path)
            try await database.write { try $0.executeScript("create table t (v bigint)") }
            let other = try await SQLiteDatabase(path: path, busyTimeout: .milliseconds(20))
            let error = try await database.write { connection in
                try connection.execute("insert into t (v) values (1)")
                return blockingError {
                    try await other.write { _ = try $0.execute("insert into t (v) values (2)") }
                }
            }
            #expect(error?.code == .conflict)
            try await other.close()
            try await database.close()
        }
    }

    @Test func thePlanTellsAScanFromASearch() async throws {
        try await withDatabase { database in
            try await database.write {
                try $0.executeScript("create table t (id text primary key, v text)")
            }
            let plans = try await database.read { connection in
                [
                    try connection.queryPlan("select v from t where id = $1"),
                    try connection.queryPlan("select id from t where v = $1"),
                ]
            }
            #expect(plans[0]?.first?.hasPrefix("SEARCH t USING INDEX") == true)
            #expect(plans[1] == ["SCAN t"])
        }
    }

    private func withDatabase(
        maximumPages: Int? = nil,
        _ use: (SQLiteDatabase) async throws -> Void
    ) async throws {
        try await TestEngine.withSQLiteFile { path in
            let database = try await SQLiteDatabase(path: path, maximumPages: maximumPages)
            try await use(database)
            try await database.close()
        }
    }
}
