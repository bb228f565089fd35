import SQLEngine

extension SQLEngineConformance {
    static let transactions: [SQLEngineConformance] = [
        SQLEngineConformance("a thrown error takes back the whole write") { database in
            struct Stop: Error {}
            try await database.create("create table t (v bigint)")
            do {
                try await database.write { connection in
                    try connection.execute("insert into t (v) values (1)")
                    try connection.executeScript("create table u (v bigint)")
                    throw Stop()
                }
                try expect("the error is thrown on", false)
            } catch is Stop {}
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
            try await database.create("create table u (v bigint)")
        },
        SQLEngineConformance("a failure that is caught inside takes back the whole write") {
            database in
            try await database.create("create table t (v bigint primary key)")
            let error = try await database.writeError { connection in
                try connection.execute("insert into t (v) values (1)")
                do {
                    try connection.execute("insert into t (v) values (1)")
                } catch {
                    let next = Result { try connection.execute("select 1") }
                    guard case .failure(let failure as SQLError) = next else {
                        throw ConformanceFailure(description: "a statement runs after the failure")
                    }
                    try expect("code of the next statement", failure.code, is: .alreadyExists)
                }
            }
            try expect("code", error?.code, is: .alreadyExists)
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
        SQLEngineConformance("a write may go on after a failed one") { database in
            try await database.create("create table t (v bigint primary key)")
            for _ in 0..<5 {
                let error = try await database.writeError {
                    try $0.execute("insert into t (v) values (1), (1)")
                }
                try expect("code", error?.code, is: .alreadyExists)
            }
            try await database.write { _ = try $0.execute("insert into t (v) values (1)") }
            try expect("rows", try await database.integer("select count(*) from t"), is: 1)
        },
        SQLEngineConformance("a write gives back what its closure returns") { database in
            let found = try await database.write { connection in
                try connection.first("select $1 || '!'", [.text("x")]) { try $0.text(0) }
            }
            try expect("result", found, is: "x!")
        },
        SQLEngineConformance("a cancelled task leaves no part of its write") { database in
            try await database.create("create table t (v bigint)")
            let database = database
            let task = Task {
                try await database.write { connection in
                    try connection.execute("insert into t (v) values (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                    try connection.execute("insert into t (v) values (2)")
                }
            }
            do {
                try await task.value
                try expect("the write is cancelled", false)
            } catch is CancellationError {}
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
            let late = Task {
                try await database.write { connection in
                    try connection.execute("insert into t (v) values (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            do {
                try await late.value
                try expect("the write is cancelled before its commit", false)
            } catch is CancellationError {}
            try expect("rows", try await database.integer("select count(*) from t"), is: 0)
        },
    ]
}
