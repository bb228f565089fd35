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

    @Test(
        "keep every row, its references and its vocabulary where tables are made anew",
        arguments: TestEngine.allCases
    )
    func tablesAnew(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            _ = try await Migrator.migrate(database, at: now, to: Array(Migration.all.prefix(4)))
            let lists: [SQLStatement] = [
                "select id, property_id, person_id, unit_id, state, until_on from assignments order by id",
                """
                select batch_id, cast(position as text), kind, sentence, after, undone_by from changes
                order by batch_id, position
                """,
                """
                select resident_id, lease_id, status, cast(missing_since as text), revisit_on, moves_to
                from residencies order by resident_id
                """,
            ]
            func rows() async throws -> [[String]] {
                try await database.read { connection in
                    try lists.map { list in
                        try connection.all(list) { row in
                            try (0..<6).map { try row.optionalText($0) ?? "-" }
                                .joined(separator: " ")
                        }
                    }
                }
            }
            try await database.write { connection in
                try connection.executeScript(
                    """
                    insert into properties (id, name, time_zone, revision, must_replan, created_at)
                    values ('P', 'One', 'UTC', 1, 0, 0), ('Q', 'Two', 'UTC', 1, 0, 0);
                    insert into units (id, property_id, building, name, floor, created_at)
                    values ('U', 'P', '', '101', '', 0), ('V', 'Q', '', '101', '', 0);
                    insert into connections (id, name, vendor, settings, sealed_secrets, created_at)
                    values ('C', 'PMS', 'csv', '{}', '', 0);
                    insert into attachments (id, property_id, connection_id, pms_property_id, page_hashes)
                    values ('T', 'P', 'C', '1', '');
                    insert into residencies (attachment_id, resident_id, lease_id, pms_unit_id, hash,
                        first_name, last_name, role, status_word, status, name_key, missing_since,
                        moves_to, revisit_on)
                    values ('T', '1', 'L', '', 'h', 'Ada', 'Byron', 'primary', 'Past', 'past', '', 5, 'x',
                        '2026-02-01'),
                        ('T', '2', 'L', '', 'h', 'Bo', 'Ek', 'minor', 'X', 'unknown', '', null, null,
                        null);
                    insert into people (id, first_name, last_name, is_archived, version)
                    values ('A', 'Ada', 'Byron', 0, 1);
                    insert into assignments (id, property_id, person_id, unit_id, state, source, from_on,
                        until_on, ended_at)
                    values ('1', 'P', 'A', 'U', 'ended', 'sync', '2025-01-01', '2025-12-31', 7),
                        ('2', 'P', 'A', 'U', 'current', 'sync', '2026-01-01', null, null);
                    insert into changes (batch_id, position, property_id, at, kind, person_id, code,
                        sentence, after, is_unstated_removal, undone_by)
                    values ('R', 0, 'P', 7, 'assignment', 'A', 'move-in', 'why', '{}', 0, 'S'),
                        ('R', 1, 'P', 7, 'person', 'A', 'new-resident', 'why', null, 0, null);
                    """
                )
            }
            let before = try await rows()
            #expect(before.map(\.count) == [2, 2, 2])
            let anew = try await Migrator.migrate(database, at: now)
            #expect(anew == Migration.all.dropFirst(4).map(\.name))
            try await #expect(rows() == before)
            let refused: [(what: String, statement: SQLStatement)] = [
                (
                    "a unit of another property",
                    """
                    insert into assignments (id, property_id, person_id, unit_id, state, source, from_on)
                    values ('3', 'P', 'A', 'V', 'current', 'sync', '2026-01-01')
                    """
                ),
                (
                    "a second open assignment in the same unit",
                    """
                    insert into assignments (id, property_id, person_id, unit_id, state, source, from_on)
                    values ('3', 'P', 'A', 'U', 'current', 'sync', '2026-01-01')
                    """
                ),
                ("a state that is none", "update assignments set state = 'open' where id = '2'"),
                ("a status that is none", "update residencies set status = 'gone'"),
                ("a kind that is none", "update changes set kind = 'key'"),
            ]
            for (what, statement) in refused {
                await #expect(throws: SQLError.self, "\(what)") {
                    try await database.write { try $0.execute(statement) }
                }
            }
            // Each word of a vocabulary is accepted.
            try await database.write { connection in
                for status in LeaseStatus.allCases {
                    try connection.execute(
                        "update residencies set status = $1",
                        [.text(status.rawValue)]
                    )
                }
            }
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
