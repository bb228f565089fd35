import SQLEngine

extension SQLEngineConformance {
    static let concurrency: [SQLEngineConformance] = [
        SQLEngineConformance("writers at once lose no update") { database in
            try await database.create(
                "create table t (n bigint not null); insert into t (n) values (0)"
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write { _ = try $0.execute("update t set n = n + 1") }
                    }
                }
                try await group.waitForAll()
            }
            try expect("counter", try await database.integer("select n from t"), is: 50)
        },
        SQLEngineConformance("a read sees one state while others write") { database in
            try await database.create(
                """
                create table t (id bigint primary key, n bigint not null);
                insert into t (id, n) values (1, 0), (2, 0);
                """
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 1...100 {
                        try await database.write { connection in
                            for id in 1...2 {
                                try connection.execute(
                                    "update t set n = $1 where id = $2",
                                    [.integer(number), .integer(id)]
                                )
                            }
                        }
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<50 {
                            let seen = try await database.read { connection in
                                try [1, 2, 1].map { id in
                                    try connection.first(
                                        "select n from t where id = $1",
                                        [.integer(id)]
                                    ) { try $0.integer(0) }
                                }
                            }
                            try expect("one state: \(seen)", Set(seen).count == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
        },
        SQLEngineConformance("a read sees every write that has returned") { database in
            try await database.create("create table t (v bigint)")
            for number in 1...30 {
                try await database.write {
                    _ = try $0.execute("insert into t (v) values ($1)", [.integer(number)])
                }
                let count = try await database.integer("select count(*) from t")
                try expect("rows", count, is: Int64(number))
            }
        },
        SQLEngineConformance("one of many competitors takes a lease, and one its next term") {
            database in
            try await database.create(
                """
                create table lease (id text primary key, owner text, leased_until bigint not null);
                insert into lease (id, leased_until) values ('sync', 0);
                """
            )
            for now in [1, 100] {
                let owners = try await withThrowingTaskGroup(of: String?.self) { group in
                    for competitor in 0..<20 {
                        group.addTask {
                            try await database.write { connection in
                                try connection.first(
                                    """
                                    update lease set owner = $1, leased_until = $2
                                    where id = 'sync' and leased_until < $3 returning owner
                                    """,
                                    [.text("\(competitor)"), .integer(now + 50), .integer(now)]
                                ) { try $0.text(0) }
                            }
                        }
                    }
                    return try await group.reduce(into: [String]()) { owners, owner in
                        if let owner { owners.append(owner) }
                    }
                }
                try expect("winners at \(now): \(owners)", owners.count, is: 1)
                let kept = try await database.read {
                    try $0.first("select owner from lease") { try $0.text(0) }
                }
                try expect("owner", kept, is: owners.first)
            }
        },
        SQLEngineConformance("a task that is cancelled while it waits its turn does not write") {
            database in
            try await database.create("create table t (v bigint)")
            let tasks = (0..<30).map { number in
                Task {
                    try await database.write {
                        _ = try $0.execute("insert into t (v) values ($1)", [.integer(number)])
                    }
                }
            }
            for task in tasks { task.cancel() }
            var committed: Int64 = 0
            for task in tasks {
                do {
                    try await task.value
                    committed += 1
                } catch is CancellationError {}
            }
            try expect("rows", try await database.integer("select count(*) from t"), is: committed)
        },
    ]
}
