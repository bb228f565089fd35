package import LintelModel
import SQLEngine
import Storage

/// Runs syncs: one property, or many side by side.
package struct SyncEngine: Sendable {
    /// How many properties are in flight: while one is written, others are fetched and planned.
    private static let inFlight = 4

    package let environment: SyncEnvironment

    package init(_ environment: SyncEnvironment) {
        self.environment = environment
    }

    /// Syncs properties; one that fails never stops another.
    ///
    /// - Returns: a report a property, in the order given.
    package func sync(
        _ properties: [Property],
        job: SyncJob = .sync,
        observer: any SyncObserver
    ) async -> [RunReport] {
        await withTaskGroup(of: (Int, RunReport)?.self) { group in
            if !job.isPreview {
                group.addTask {
                    await LeaseKeeper.run(environment)
                    return nil
                }
            }
            var reports = [RunReport?](repeating: nil, count: properties.count)
            var next = 0
            func start() {
                guard next < properties.count else { return }
                let (index, property) = (next, properties[next])
                next += 1
                group.addTask {
                    let sync = PropertySync(
                        property,
                        job: job,
                        environment: environment,
                        observer: observer
                    )
                    return (index, await sync.run())
                }
            }
            for _ in 0..<Self.inFlight { start() }
            var left = properties.count
            while left > 0, let result = await group.next() {
                guard let (index, report) = result else { continue }
                reports[index] = report
                left -= 1
                start()
            }
            group.cancelAll()
            return reports.compactMap(\.self)
        }
    }
}
