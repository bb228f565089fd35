package import PMSSimulator
import ServiceLifecycle
import UnixSignals

/// A simulated PMS as a service of this process.
package struct DemoService: Service {
    private let simulator: SimulatedPMS
    private let host: String
    private let port: Int

    package init(simulator: SimulatedPMS, host: String, port: Int) {
        self.simulator = simulator
        self.host = host
        self.port = port
    }

    package func run() async throws {
        try await simulator.run(host: host, port: port) { _ in }
    }

    /// Serves by itself until the process is told to stop.
    package func serve(onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let alone = Alone(simulator: simulator, host: host, port: port, onReady: onReady)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [alone],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: .silent
            )
        )
        try await group.run()
    }

    private struct Alone: Service {
        let simulator: SimulatedPMS
        let host: String
        let port: Int
        let onReady: @Sendable (Int) async -> Void

        func run() async throws {
            try await simulator.run(host: host, port: port, onReady: onReady)
        }
    }
}
