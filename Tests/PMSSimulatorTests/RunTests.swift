import AsyncHTTPClient
import NIOHTTP1
import PMSSimulator
import Testing

@Suite("Running the simulator")
struct RunTests {
    private struct Enough: Error {}

    @Test("says that it cannot listen where somebody else does")
    func portInUse() async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let error = await #expect(throws: SimulatorError.self) {
                try await SimulatedPMS(.entrata, portfolio: portfolio)
                    .run(host: "127.0.0.1", port: running.port) { _ in
                        Issue.record("two simulators listen on one port")
                    }
            }
            #expect(
                error?.description.hasPrefix("cannot listen on 127.0.0.1:\(running.port)") == true
            )
        }
    }

    @Test("ends when its task is cancelled, with a client still waiting")
    func cancelled() async throws {
        let portfolio = try samplePortfolio()
        let options = SimulatedPMS.Options(fault: FaultPlan(.stall))
        await #expect(throws: Enough.self) {
            try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) {
                running in
                let client = SimulatorClient(running)
                let answer = try await client.open(
                    "/ext/orgs/demo/v1/leases",
                    #"{"method":{"name":"getLeases","params":{"propertyId":100001}}}"#
                )
                if answer.status == .ok { throw Enough() }
            }
        }
    }
}
