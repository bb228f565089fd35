import ConnectorKit
import LintelModel
import SQLEngine
import Storage

/// Keeps the leases of this process alive while its runs go on.
enum LeaseKeeper {
    /// How long a lease lasts without being renewed; so long a dead process can delay a sync.
    static let milliseconds: Int64 = 12_000

    /// Renews every few seconds until cancelled.
    static func run(_ environment: SyncEnvironment) async {
        while !Task.isCancelled {
            do {
                try await environment.sleeper.sleep(milliseconds: Int(milliseconds) / 3)
                let (holder, now) = (environment.holder, environment.now)
                try await environment.database.write { connection in
                    try Runs.renew(
                        holder: holder,
                        now: now,
                        leaseMilliseconds: milliseconds,
                        on: connection
                    )
                }
            } catch {
                // A database that is gone fails the runs themselves, which report it.
                continue
            }
        }
    }
}
