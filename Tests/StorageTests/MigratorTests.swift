import LintelModel
import SQLEngine
import SQLEngineTesting
import Storage
import Testing

@Suite("Schema steps")
struct MigratorTests {
    private let now = Timestamp(milliseconds: 1_781_524_800_000)

    @Test("are applied once and noted", arguments: TestEngine.allCases)
    func once(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let first = try await Migrator.migrate(database, at: now)
            #expect(first == Migration.all.map(\.name))
            try await #expect(Migrator.migrate(database, at: now) == [])
            let numbers = try await database.read { connection in
                try connection.all("select number from lintel_migrations order by number") {
                    try $0.integer(0)
                }
            }
            #expect(numbers == Migration.all.map { Int64($0.number) })
        }
    }

    @Test("that were edited after they were applied are refused", arguments: TestEngine.allCases)
    func edited(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let step = Migration(number: 1, name: "one", script: "create table a (x bigint)")
            _ = try await Migrator.migrate(database, at: now, to: [step])
            let edited = Migration(number: 1, name: "one", script: "create table a (y bigint)")
            await #expect {
                try await Migrator.migrate(database, at: now, to: [edited])
            } throws: { ($0 as? SQLError)?.code == .refused && "\($0)".contains("step 1") }
        }
    }

    @Test("of a newer version are refused", arguments: TestEngine.allCases)
    func newer(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let one = Migration(number: 1, name: "one", script: "create table a (x bigint)")
            let two = Migration(number: 2, name: "two", script: "create table b (x bigint)")
            _ = try await Migrator.migrate(database, at: now, to: [one, two])
            await #expect {
                try await Migrator.migrate(database, at: now, to: [one])
            } throws: { ($0 as? SQLError)?.code == .refused && "\($0)".contains("step 2") }
        }
    }

    @Test("that fail leave the database as it was", arguments: TestEngine.allCases)
    func failing(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let bad = Migration(
                number: 1,
                name: "bad",
                script: "create table a (x bigint); create nonsense"
            )
            await #expect(throws: SQLError.self) {
                try await Migrator.migrate(database, at: now, to: [bad])
            }
            let good = Migration(number: 1, name: "good", script: "create table a (x bigint)")
            try await #expect(Migrator.migrate(database, at: now, to: [good]) == ["good"])
        }
    }
}
