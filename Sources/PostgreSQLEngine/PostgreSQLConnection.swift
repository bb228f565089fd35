import SQLEngine

/// One transaction on a session.
///
/// The first failure is kept and ends the transaction, as it does in the server: later statements
/// throw it again and the transaction does not commit, even where the failure was caught.
final class PostgreSQLConnection: SQLConnection {
    private let link: PostgreSQLLink
    /// What ended the transaction, nil while it may go on.
    private(set) var failure: PostgreSQLFailure?
    /// Whether the transaction ended because the task that runs it was cancelled.
    private(set) var wasCancelled = false

    init(_ link: PostgreSQLLink) {
        self.link = link
    }

    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int {
        try checkAlive(statement.summary)
        do throws(PostgreSQLFailure) {
            return try link.run(statement, values).changedRows
        } catch {
            throw fail(error)
        }
    }

    func execute(_ statement: SQLBulkStatement, rows: SQLRows) throws(SQLError) -> Int {
        try checkAlive(statement.summary)
        do throws(PostgreSQLFailure) {
            return try link.run(statement, rows: rows)
        } catch {
            throw fail(error)
        }
    }

    func statements(of statement: SQLBulkStatement) -> [SQLStatement] {
        [link.statement(of: statement)]
    }

    /// The whole result stands in memory before the first row is handed over.
    func query(
        _ statement: SQLStatement,
        _ values: [SQLValue],
        _ row: (any SQLRow) throws -> Void
    ) throws {
        try checkAlive(statement.summary)
        let result: PostgreSQLResult
        do throws(PostgreSQLFailure) {
            result = try link.run(statement, values)
        } catch {
            throw fail(error)
        }
        try result.forEachRow(row)
    }

    func executeScript(_ script: String) throws(SQLError) {
        try checkAlive("a script")
        do throws(PostgreSQLFailure) {
            try link.run(script, attempt: "a script")
        } catch {
            throw fail(error)
        }
        try checkInTransaction("a script")
    }

    func lockTables() throws(SQLError) {
        try executeScript(
            """
            do $$
            declare name text;
            begin
                for name in select quote_ident(tablename) from pg_tables
                    where schemaname = current_schema() and pg_has_role(tableowner, 'usage')
                    order by tablename
                loop
                    execute 'lock table ' || name || ' in access exclusive mode';
                end loop;
            end $$
            """
        )
    }

    func queryPlan(_ statement: SQLStatement) throws(SQLError) -> [String]? {
        try checkAlive(statement.summary)
        do throws(PostgreSQLFailure) {
            try link.prepare(statement)
        } catch {
            throw fail(error)
        }
        return nil
    }

    /// Commits, unless the transaction has failed or its task was cancelled.
    func commit(_ attempt: String) throws(SQLError) {
        try checkAlive(attempt)
        try checkInTransaction(attempt)
        let command: String
        do throws(PostgreSQLFailure) {
            command = try link.run("COMMIT", attempt: attempt)
        } catch {
            guard link.isLost else { throw fail(error) }
            throw fail(
                PostgreSQLFailure(
                    SQLError(
                        .unavailable,
                        "\(attempt): the connection was lost, perhaps after the commit"
                    )
                )
            )
        }
        guard command == "COMMIT" else {
            throw fail(
                PostgreSQLFailure(SQLError(.unavailable, "\(attempt): the server rolled back"))
            )
        }
    }

    /// Throws what ended the transaction, if anything did.
    private func checkAlive(_ attempt: @autoclosure () -> String) throws(SQLError) {
        if let failure { throw failure.error }
        if Task.isCancelled {
            wasCancelled = true
            throw fail(
                PostgreSQLFailure(SQLError(.conflict, "\(attempt()): the task was cancelled"))
            )
        }
    }

    private func checkInTransaction(_ attempt: String) throws(SQLError) {
        guard link.isInTransaction else {
            throw fail(
                PostgreSQLFailure(
                    SQLError(.unavailable, "\(attempt) ended the transaction it runs in")
                )
            )
        }
    }

    private func fail(_ failure: PostgreSQLFailure) -> SQLError {
        if self.failure == nil { self.failure = failure }
        return failure.error
    }
}
