import Dispatch
import PostgreSQLEngine
import SQLEngine
import SQLEngineTesting
import Testing

@Suite struct PostgreSQLDatabaseTests {
    @Test func aLostConnectionFailsItsTransactionAndTheNextOneConnectsAgain() async throws {
        try await withDatabase { database, _ in
            try await database.write { try $0.executeScript("create table t (v bigint)") }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { connection in
                    try connection.execute("insert into t (v) values (1)")
                    try connection.execute("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(error?.code == .unavailable)
            try await database.write { _ = try $0.execute("insert into t (v) values (2)") }
            let found = try await database.read {
                try $0.all("select v from t") { try $0.integer(0) }
            }
            #expect(found == [2])
        }
    }

    @Test func aConnectionThatBrokeWhileIdleIsReplacedUnnoticed() async throws {
        try await withDatabase { database, url in
            try await database.write { _ = try $0.execute("select 1") }
            try await PostgreSQLServer(url: url).run(
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """
            )
            let answer = try await database.write { connection in
                try connection.first("select 'here'") { try $0.text(0) }
            }
            #expect(answer == "here")
        }
    }

    @Test func aDeadlockIsTriedAgainAndBothWritesHappen() async throws {
        try await withDatabase { database, _ in
            try await database.write {
                try $0.executeScript(
                    """
                    create table t (id bigint primary key, n bigint not null);
                    insert into t (id, n) values (1, 0), (2, 0);
                    """
                )
            }
            let rounds = Shared(0)
            let firstHeld = DispatchSemaphore(value: 0)
            let secondHeld = DispatchSemaphore(value: 0)
            let sides = [
                (order: [1, 2], own: firstHeld, other: secondHeld),
                (order: [2, 1], own: secondHeld, other: firstHeld),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for side in sides {
                    let tries = Shared(0)
                    group.addTask {
                        try await database.write { connection in
                            rounds.change { $0 += 1 }
                            tries.change { $0 += 1 }
                            for id in side.order {
                                try connection.execute(
                                    "update t set n = n + 1 where id = $1",
                                    [.integer(id)]
                                )
                                // Each holds its first row before either asks for its second.
                                if tries.value == 1, id == side.order[0] {
                                    side.own.signal()
                                    side.other.wait()
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let found = try await database.read {
                try $0.all("select n from t order by id") { try $0.integer(0) }
            }
            #expect(found == [2, 2])
            #expect(rounds.value >= 3)
        }
    }

    @Test func aSerializationFailureIsTriedAgainFiveTimesThenAConflict() async throws {
        try await withDatabase { database, _ in
            let tries = Shared(0)
            let error = await #expect(throws: SQLError.self) {
                try await database.write { connection in
                    tries.change { $0 += 1 }
                    try connection.executeScript(
                        "do $$ begin raise exception using errcode = '40001'; end $$"
                    )
                }
            }
            #expect(error?.code == .conflict)
            #expect(tries.value == 6)
        }
    }

    @Test func aFailedCommitIsAnErrorOfItsConstraint() async throws {
        try await withDatabase { database, _ in
            try await database.write {
                try $0.executeScript(
                    """
                    create table p (id bigint primary key);
                    create table t (p bigint references p (id) deferrable initially deferred)
                    """
                )
            }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { _ = try $0.execute("insert into t (p) values (5)") }
            }
            #expect(error?.code == .notFound)
            #expect(error?.description.contains("t_p_fkey") == true)
        }
    }

    @Test func writesTakeTurnsOnOneConnectionInTheOrderTheyCame() async throws {
        try await TestEngine.withPostgreSQLURL { url in
            let database = try await PostgreSQLDatabase(url: url, writers: 1, readers: 1)
            try await database.write { try $0.executeScript("create table t (n bigint)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await database.write { connection in
                            let next = try connection.first("select count(*) from t") {
                                try $0.integer(0)
                            }
                            try connection.execute(
                                "insert into t (n) values ($1)",
                                [.integer(next)]
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            let found = try await database.read {
                try $0.all("select n from t order by n") { try $0.integer(0) }
            }
            #expect(found == Array(0..<40))
            try await database.close()
        }
    }

    @Test func aMissingDatabaseIsNotFound() async throws {
        try await withDatabase { _, url in
            let error = await #expect(throws: SQLError.self) {
                _ = try await PostgreSQLDatabase(url: url + "_missing")
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test func aServerThatDoesNotListenIsUnavailableAndThePasswordStaysSecret() async throws {
        let error = await #expect(throws: SQLError.self) {
            _ = try await PostgreSQLDatabase(url: "postgres://lintel:hunter2@127.0.0.1:1/lintel")
        }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("postgres://lintel@127.0.0.1:1/lintel") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "A URL that cannot be read is refused without repeating it",
        arguments: [
            "mysql://lintel:hunter2@localhost/lintel", "hunter2", "",
            "postgres://lintel:hunter2%zz@localhost/lintel",
            "postgres://lintel:hunter2@[::1/lintel", "postgres://lintel@localhost/x?hunter2=1",
        ]
    )
    func urls(_ url: String) async throws {
        let error = await #expect(throws: SQLError.self) {
            _ = try await PostgreSQLDatabase(url: url)
        }
        #expect(error?.code == .refused)
        #expect(error?.description.contains("postgres://USER[:PASSWORD]@HOST:PORT/NAME") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func theSummaryNamesTheDatabaseWithoutThePassword() async throws {
        try await withDatabase { _, url in
            let secret = url.replacing("lintel@", with: "lintel:hunter2@") + "?sslmode=disable"
            let database = try await PostgreSQLDatabase(url: secret)
            #expect(database.summary == url)
            #expect(database.writers == 2)
            try await database.close()
        }
    }

    @Test func theServerKnowsTheApplicationByName() async throws {
        try await withDatabase { database, _ in
            let found = try await database.read { connection in
                try connection.first(
                    """
                    select current_setting('application_name'), current_setting('client_encoding'),
                        current_setting('lock_timeout')
                    """
                ) { row in try (0..<row.count).map { try row.text($0) } }
            }
            #expect(found == ["lintel", "UTF8", "10s"])
        }
    }

    private func withDatabase(
        _ use: (PostgreSQLDatabase, _ url: String) async throws -> Void
    ) async throws {
        try await TestEngine.withPostgreSQLURL { url in
            let database = try await PostgreSQLDatabase(url: url)
            try await use(database, url)
            try await database.close()
        }
    }
}
