import ConnectorKit
import LintelModel
package import Logging
import SQLEngine
import ServiceLifecycle
import Storage

/// Runs the sync of each property when it is due, until the server shuts down.
///
/// Level-triggered: it looks at what is due and does that; nothing is queued, so nothing is lost with a
/// process. A shutdown abandons runs that still read; one that writes is finished.
package struct Scheduler: Service {
    private static let tickMilliseconds = 5_000

    private let engine: SyncEngine
    private let observer: any SyncObserver
    private let logger: Logger

    package init(_ engine: SyncEngine, observer: any SyncObserver, logger: Logger) {
        self.engine = engine
        self.observer = observer
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var erasedOn: Int64?
            while !Task.isCancelled {
                await syncDue()
                let day = engine.environment.now.milliseconds / 86_400_000
                if day != erasedOn {
                    await eraseOld()
                    erasedOn = day
                }
                try? await engine.environment.sleeper.sleep(milliseconds: Self.tickMilliseconds)
            }
        }
    }

    /// Erases the names and addresses in the history that are past their property's retention.
    private func eraseOld() async {
        let environment = engine.environment
        let now = environment.now
        do {
            try await environment.database.write { connection in
                for listed in try Properties.all(on: connection) {
                    let days = listed.property.settings.retentionDays
                    try History.erasePersonal(
                        of: listed.property.id,
                        before: now.adding(minutes: -days * 24 * 60),
                        on: connection
                    )
                }
            }
        } catch {
            logger.error("old names could not be erased", metadata: ["error": "\(error)"])
        }
    }

    /// Syncs every property that is due now.
    private func syncDue() async {
        let environment = engine.environment
        let now = environment.now
        do {
            let due = try await environment.database.read { connection in
                try Properties.all(on: connection).map(\.property).filter { property in
                    guard property.settings.userSync else { return false }
                    let past = try PastRuns.of(property.id, on: connection)
                    return Schedule.due(past, at: now) <= now
                }
            }
            guard !due.isEmpty else { return }
            for report in await engine.sync(due, observer: observer)
            where report.record.outcome == .failed || report.record.outcome == .held {
                logger.warning(
                    "sync \(report.record.outcome.rawValue)",
                    metadata: [
                        "property": "\(report.property.id)", "run": "\(report.record.id)",
                        "message": "\(report.record.message)",
                    ]
                )
            }
        } catch {
            logger.error("the properties due could not be read", metadata: ["error": "\(error)"])
        }
    }
}
