import Foundation
package import LintelModel
package import SQLEngine

/// Brings a database to the schema of this program, one transaction a step, with a ledger.
package enum Migrator {
    /// What stands in a database's ledger.
    package enum State: Sendable, Equatable {
        /// Every step is applied.
        case current
        /// So many steps are missing; 0 applied means a new database.
        case behind(applied: Int, missing: Int)
    }

    /// Applies the missing steps.
    ///
    /// - Returns: the names of the steps applied now.
    /// - Throws: ``SQLError`` with code `refused` where the ledger names a step this program does not
    ///   know, or one whose text differs: such a database belongs to another version of Lintel.
    package static func migrate(
        _ database: any SQLDatabase,
        at now: Timestamp,
        to migrations: [Migration] = Migration.all
    ) async throws -> [String] {
        try await database.write { connection in
            try connection.executeScript(ledger)
        }
        var applied: [String] = []
        for migration in migrations {
            let isNew = try await database.write { connection in
                let known = try connection.first(
                    "select hash from lintel_migrations where number = $1",
                    [.integer(migration.number)]
                ) { row in try row.text(0) }
                let hash = ContentHash(of: [migration.script]).text
                if let known {
                    guard known == hash else { throw foreign(migration.number) }
                    return false
                }
                try connection.lockTables()
                try connection.executeScript(migration.script)
                try connection.execute(
                    "insert into lintel_migrations (number, name, hash, applied_at) values ($1, $2, $3, $4)",
                    [
                        .integer(migration.number), .text(migration.name), .text(hash),
                        .integer(now.milliseconds),
                    ]
                )
                return true
            }
            if isNew { applied.append(migration.name) }
        }
        try await database.read { connection in
            let newest = try connection.first(
                "select cast(coalesce(max(number), 0) as bigint) from lintel_migrations"
            ) { row in try row.integer(0) }
            if let newest, newest > Int64(migrations.last?.number ?? 0) {
                throw foreign(Int(newest))
            }
        }
        return applied
    }

    private static let ledger = """
        create table if not exists lintel_migrations (
            number bigint not null primary key,
            name text not null,
            hash text not null,
            applied_at bigint not null
        )
        """

    private static func foreign(_ number: Int) -> SQLError {
        SQLError(
            .refused,
            "this database has schema step \(number) of another version of Lintel; "
                + "use that version, or a copy from before it"
        )
    }
}
