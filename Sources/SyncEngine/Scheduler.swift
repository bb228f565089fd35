import ConnectorKit
import LintelModel
package import Logging
import SQLEngine
import ServiceLifecycle
import Storage

/// Runs the sync of each property when it is due, until the server shuts down.
///
/// Level-triggered: it looks at what is due and does that; what waits is looked up anew every few
/// seconds, so nothing is lost with a process. A shutdown abandons runs that still read; one that writes
/// is finished.
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

    private enum Event: Sendable {
        case tick
        case ended(PropertyID, Set<ConnectionID>)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Event.self) { group in
                var lanes = RunLanes<Property>()
                var running: Set<PropertyID> = []
                var erasedOn: Int64?
                group.addTask { .tick }
                for await event in group {
                    switch event {
                    case .ended(let property, let connections):
                        running.remove(property)
                        lanes.end(connections)
                    case .tick where Task.isCancelled:
                        continue
                    case .tick:
                        lanes.wait(await due().filter { !running.contains($0.run.id) })
                        let day = engine.environment.now.milliseconds / 86_400_000
                        if day != erasedOn { await eraseOld() }
                        erasedOn = day
                        group.addTask {
                            try? await engine.environment.sleeper.sleep(
                                milliseconds: Self.tickMilliseconds
                            )
                            return .tick
                        }
                    }
                    while !Task.isCancelled, let (property, connections) = lanes.start() {
                        running.insert(property.id)
                        group.addTask {
                            await sync(property)
                            return .ended(property.id, connections)
                        }
                    }
                }
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

    /// Every property that is due now, and the connections it is read through.
    private func due() async -> [RunLanes<Property>.Next] {
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
            guard !due.isEmpty else { return [] }
            let connections = await engine.connections()
            return due.map { ($0, connections[$0.id] ?? []) }
        } catch {
            logger.error("the properties due could not be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func sync(_ property: Property) async {
        for report in await engine.sync([property], job: .scheduled, observer: observer)
        where report.record.outcome == .failed || report.record.outcome == .held {
            logger.warning(
                "sync \(report.record.outcome.rawValue)",
                metadata: [
                    "property": "\(report.property.id)", "run": "\(report.record.id)",
                    "message": "\(report.record.message)",
                ]
            )
        }
    }
}
