import HTTPAPI
import Hummingbird
import Logging
import ServiceLifecycle
import SyncEngine
import UnixSignals

/// The server: the scheduler and what it answers over HTTP.
package struct LintelServer: Sendable {
    private let lintel: Lintel
    private let logger: Logger
    private let metrics = SyncMetrics()

    package init(_ lintel: Lintel) {
        self.lintel = lintel
        var logger = Logger(label: "lintel") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        self.logger = logger
    }

    /// Serves until the process is told to stop; a run that writes is finished, others are abandoned.
    ///
    /// - Parameters:
    ///   - host: the address to listen on.
    ///   - port: the port; 0 takes a free one.
    ///   - demo: a simulated PMS to run beside it, synced first.
    ///   - onReady: called with the port once requests are answered.
    /// - Throws: where the address cannot be listened on, or a service fails.
    package func run(
        host: String,
        port: Int,
        demo: Demo? = nil,
        onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let router = Router()
        StatusRoutes.add(
            to: router,
            status: LiveStatus(operations: lintel.operations, counters: metrics)
        )
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "lintel"
            ),
            onServerRunning: { [metrics] channel in
                let port = channel.localAddress?.port ?? port
                await demo?.welcome(at: "http://\(host):\(port)", observer: metrics)
                await onReady(port)
            },
            logger: logger
        )
        var services: [any Service] = []
        if let demo { services.append(demo.service) }
        services.append(application)
        services.append(Scheduler(lintel.engine, observer: metrics, logger: logger))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }
}
