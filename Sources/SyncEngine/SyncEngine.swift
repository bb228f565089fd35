package import LintelModel
import SQLEngine
import Storage

/// Runs syncs: one property, or many side by side.
package struct SyncEngine: Sendable {
    package let environment: SyncEnvironment

    package init(_ environment: SyncEnvironment) {
        self.environment = environment
    }

    /// Syncs properties; one that fails never stops another, and one whose PMS is slow delays only those
    /// read through the same connection.
    ///
    /// - Returns: a report a property, in the order given.
    package func sync(
        _ properties: [Property],
        job: SyncJob = .sync,
        observer: any SyncObserver
    ) async -> [RunReport] {
        typealias Ended = (index: Int, report: RunReport, connections: Set<ConnectionID>)
        return await withTaskGroup(of: Ended?.self) { group in
            if !job.isPreview {
                group.addTask {
                    await LeaseKeeper.run(environment)
                    return nil
                }
            }
            let connections = await connections()
            var lanes = RunLanes<Int>()
            lanes.wait(properties.indices.map { ($0, connections[properties[$0].id] ?? []) })
            func start() {
                while let (index, connections) = lanes.start() {
                    group.addTask {
                        let sync = PropertySync(
                            properties[index],
                            job: job,
                            environment: environment,
                            observer: observer
                        )
                        return (index, await sync.run(), connections)
                    }
                }
            }
            start()
            var reports = [RunReport?](repeating: nil, count: properties.count)
            var left = properties.count
            while left > 0, let result = await group.next() {
                guard let (index, report, connections) = result else { continue }
                reports[index] = report
                left -= 1
                lanes.end(connections)
                start()
            }
            group.cancelAll()
            return reports.compactMap(\.self)
        }
    }

    /// The connections that each property is read through.
    ///
    /// None where the database does not say so; the runs themselves report its trouble then.
    func connections() async -> [PropertyID: Set<ConnectionID>] {
        let found = try? await environment.database.read { connection in
            try Attachments.connections(on: connection)
        }
        return found ?? [:]
    }
}
