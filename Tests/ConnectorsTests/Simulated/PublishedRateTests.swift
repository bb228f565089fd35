import AsyncHTTPTransport
import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import PMSSimulator
import Testing

@Suite("A vendor that limits requests, and says so in advance alone")
struct PublishedRateTests {
    struct Limited: Sendable, CustomTestStringConvertible {
        let vendor: SimulatedVendor
        /// The setting by which another interface is chosen.
        var interface: String?
        /// How often everything is read: more often than a stretch of the rate allows.
        let times: Int

        var testDescription: String { "\(vendor.id) \(interface ?? "")" }

        static let all = [
            Limited(vendor: .buildium, times: 4),
            Limited(vendor: .appFolio, times: 42),
            Limited(vendor: .appFolio, interface: "Reports", times: 3),
            Limited(vendor: .rentManager, times: 52),
        ]
    }

    @Test(
        "is asked no faster than it allows: no request is refused",
        .timeLimit(.minutes(10)),
        arguments: Limited.all
    )
    func paced(limited: Limited) async throws {
        let portfolio = try SimulatedDirectory.portfolio(units: 4, residents: 4)
        // Client and server go by one clock, which pausing moves.
        let sleeper = ManualSleeper()
        let options = SimulatedPMS.Options(
            limits: true,
            uptime: { .milliseconds(sleeper.now()) }
        )
        let transport = try AsyncHTTPTransport()
        try await withSimulatedPMS(limited.vendor, portfolio: portfolio, options: options) {
            running in
            let vendor = try #require(ConnectorCatalog.vendor(limited.vendor.id))
            var settings = vendor.demoSettings(at: running.baseURL)
            if let interface = limited.interface {
                settings.values["interface"] = interface
                settings.values["developer-id"] = nil
            }
            let connector = try vendor.makeConnector(
                settings,
                ConnectorEnvironment(transport: transport, sleeper: sleeper)
            )
            for _ in 0..<limited.times {
                for property in try await connector.properties() {
                    try await connector.fetch(property.id) { _ in }
                }
            }
            #expect(running.simulator.refusedCount == 0)
            let lengths = Set(vendor.limits.rates.map { $0.milliseconds + $0.milliseconds / 100 })
            #expect(!sleeper.sleeps.isEmpty)
            #expect(lengths.isSuperset(of: sleeper.sleeps))
        }
        try await transport.shutdown()
    }

    @Test("The page of every such vendor says what is kept", arguments: ConnectorCatalog.vendors)
    func documented(vendor: VendorDescription) throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../docs/connectors/\(vendor.id).md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let section = try #require(text.split(separator: "\n## Limits").last)
            .split(separator: "\n## ")[0]
        let words = section.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for rate in vendor.limits.rates {
            #expect(words.contains(rate.description), "\(vendor.id): \(rate)")
        }
    }
}

extension VendorDescription: CustomTestStringConvertible {
    package var testDescription: String { id }
}
