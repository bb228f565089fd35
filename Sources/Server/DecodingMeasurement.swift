import AsyncHTTPTransport
import ConnectorKit
import Connectors
import Foundation
import LintelModel

/// How fast the answers of a PMS become units and residencies on this machine.
package struct DecodingMeasurement: Sendable, Encodable {
    package private(set) var residencies = 0
    package private(set) var bytes = 0
    /// Processor time of one core, without what fetching cost.
    package private(set) var seconds = 0.0

    /// Reads every property of a simulated PMS, page by page, and decodes each page as it comes.
    ///
    /// - Parameters:
    ///   - vendor: the vendor's id in the catalogue.
    ///   - url: where its simulator answers.
    /// - Returns: what was decoded, and what that cost.
    /// - Throws: ``ConnectorError`` where the PMS could not be read.
    package static func take(
        vendor: String,
        at url: String
    ) async throws -> DecodingMeasurement {
        guard let description = ConnectorCatalog.vendor(vendor) else {
            throw ConnectorError(
                .misconfigured,
                attempting: "measuring \(vendor)",
                "expected a vendor of the catalogue"
            )
        }
        let transport = try AsyncHTTPTransport()
        let environment = ConnectorEnvironment(transport: transport, sleeper: Unpaced())
        let result: Result<DecodingMeasurement, any Error>
        do {
            let settings = description.demoSettings(at: url)
            result = .success(
                try await measure(try description.makeConnector(settings, environment))
            )
        } catch {
            result = .failure(error)
        }
        try await transport.shutdown()
        return try result.get()
    }

    private static func measure(_ connector: any Connector) async throws -> DecodingMeasurement {
        var measurement = DecodingMeasurement()
        for property in try await connector.properties() {
            var decoder = connector.decoder(for: property.id)
            try await connector.fetch(property.id) { page in
                let start = processorSeconds
                let part = try decoder.decode(page)
                measurement.seconds += processorSeconds - start
                measurement.residencies += part.residencies.count
                measurement.bytes += page.bytes.count
            }
            _ = try decoder.finish()
        }
        return measurement
    }

    /// A clock without pauses: a simulator need not be spared, and fetching is not what is measured.
    private struct Unpaced: Sleeper {
        func sleep(milliseconds: Int) async throws { try Task.checkCancellation() }

        func now() -> Int64 { SystemSleeper().now() }

        func chance() -> Double { 0 }
    }

    /// What this thread has used; decoding a page never leaves it.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
