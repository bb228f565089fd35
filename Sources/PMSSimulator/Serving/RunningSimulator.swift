/// A simulator that answers on a port of this machine.
package struct RunningSimulator: Sendable {
    package let port: Int
    /// What serves: faults, churn and counts are set and read here.
    package let simulator: SimulatedPMS

    /// What a client is given as the PMS's address; paths are appended to it.
    package var baseURL: String { "http://127.0.0.1:\(port)" }
}

/// Serves the portfolio on a free port of this machine while `body` runs, and stops after it.
package func withSimulatedPMS<Result: Sendable>(
    _ vendor: SimulatedVendor,
    portfolio: SyntheticPortfolio,
    options: SimulatedPMS.Options = SimulatedPMS.Options(),
    _ body: (RunningSimulator) async throws -> Result
) async throws -> Result {
    let simulator = SimulatedPMS(vendor, portfolio: portfolio, options: options)
    let (ports, continuation) = AsyncThrowingStream<Int, any Error>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            do {
                try await simulator.run(host: "127.0.0.1", port: 0) { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        defer { group.cancelAll() }
        for try await port in ports {
            return try await body(RunningSimulator(port: port, simulator: simulator))
        }
        throw CancellationError()
    }
}
