package import ConnectorKit
package import LintelModel
package import SQLEngine

/// What syncs run with: the database, the connectors, and time.
package struct SyncEnvironment: Sendable {
    package let database: any SQLDatabase
    package let sleeper: any Sleeper
    /// The connector of a connection; the same one for every property of it, so that limits and files
    /// are shared.
    package let connector: @Sendable (ConnectionID) async throws -> any Connector
    /// Who holds the leases of this process.
    package let holder: String
    /// Turns at writing a plan, as many as the database writes at once.
    ///
    /// Plans that are ready wait here and not at the database: what is short, such as the lease without which
    /// the next run cannot begin to read, waits behind one plan and not behind all of them.
    let planTurns: SessionPool<Void>

    package init(
        database: any SQLDatabase,
        sleeper: any Sleeper,
        holder: String,
        connector: @escaping @Sendable (ConnectionID) async throws -> any Connector
    ) {
        self.database = database
        self.sleeper = sleeper
        self.holder = holder
        self.connector = connector
        planTurns = SessionPool(
            Array(repeating: (), count: database.writers),
            summary: database.summary
        )
    }

    package var now: Timestamp { Timestamp(milliseconds: sleeper.now()) }
}
