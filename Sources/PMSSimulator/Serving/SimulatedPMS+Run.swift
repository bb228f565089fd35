import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

extension SimulatedPMS {
    /// Serves until the task is cancelled or shut down gracefully; then returns.
    ///
    /// - Parameters:
    ///   - host: The name or address to listen on.
    ///   - port: The port; 0 takes a free one.
    ///   - onReady: Called once with the port, when requests are answered.
    /// - Throws: ``SimulatorError`` where the address cannot be listened on.
    package func run(
        host: String,
        port: Int,
        onReady: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        if options.rendersAhead { await renderAhead() }
        if Task.isCancelled { return }
        let application = Application(
            responder: SimulatorResponder(simulator: self),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch let error as IOError {
            throw SimulatorError(host: host, port: port, reason: error.description)
        } catch let error as SocketAddressError {
            throw SimulatorError(host: host, port: port, reason: "\(error)")
        }
    }
}
