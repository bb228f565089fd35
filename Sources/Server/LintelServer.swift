import Foundation
import HTTPAPI
import Hummingbird
import Logging
import Operations
import ServiceLifecycle
import SyncEngine
import UnixSignals
import WebConsole

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
    ///   - transport: how browsers reach it.
    ///   - demo: a simulated PMS to run beside it, synced first.
    ///   - onReady: called with the port once requests are answered.
    /// - Throws: where the address cannot be listened on, or a service fails.
    package func run(
        host: String,
        port: Int,
        transport: ServerTransport,
        demo: Demo? = nil,
        onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let router = Router(context: ServerContext.self)
        StatusRoutes.add(
            to: router,
            status: LiveStatus(operations: lintel.operations, counters: metrics)
        )
        let desk = SyncDesk(lintel.engine, observer: metrics)
        let setupCode = try await lintel.operations.hasNoStaff() ? BearerSecret.random() : nil
        try Console(
            operations: lintel.operations,
            desk: desk,
            isSecure: transport.isSecure,
            setupCode: setupCode
        ).add(to: router)
        try API(operations: lintel.operations, desk: desk).add(to: router)
        let application = Application(
            router: router,
            server: try transport.server,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "lintel"
            ),
            onServerRunning: { [metrics] channel in
                let port = channel.localAddress?.port ?? port
                let address = "\(transport.scheme)://\(host):\(port)"
                if let demo {
                    await demo.welcome(at: address, observer: metrics)
                } else if let setupCode {
                    try? FileHandle.standardError.write(
                        contentsOf: Data(
                            ("set up the first portfolio manager at "
                                + "\(address)/setup?code=\(setupCode.revealed)\n").utf8
                        )
                    )
                }
                await onReady(port)
            },
            logger: logger
        )
        var services: [any Service] = []
        if let demo { services.append(demo.service) }
        services.append(application)
        services.append(desk)
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
