import Foundation
import LintelTesting
import PMSSimulator
import SQLEngineTesting
import Testing

@Suite("lintel connection record")
struct RecordCommandTests {
    @Test("tells what could not be read, up to a bound; the file names no resident's id")
    func problems() async throws {
        let portfolio = try portfolio(properties: 1, units: 70, residents: 100)
        try await withSimulatedPMS(.buildium, portfolio: portfolio) { running in
            // Every lease then names tenants whom nobody listed.
            running.simulator.setFault(FaultPlan(.emptyList, services: ["tenants"]))
            try await LintelSite.with(.sqlite) { site in
                try await site.done(
                    "connection",
                    "add",
                    "buildium",
                    "pms",
                    "--demo",
                    "--url",
                    running.baseURL
                )
                let file = site.folder.appending(path: "exchange.txt")
                let result = try await site.done(
                    "connection",
                    "record",
                    "pms",
                    "--pms-property",
                    "\(portfolio.propertyID(at: 0))",
                    "--output",
                    file.path
                )
                let told = result.errors.split(separator: "\n")
                    .filter { $0.contains("is not in the list of tenants") }
                #expect(told.count == 50)
                #expect(Set(told).count == 50)
                let rest = try #require(result.errors.firstMatch(of: /and (\d+) more problems/))
                #expect(Int(rest.1) ?? 0 > 0)

                let text = try String(contentsOf: file, encoding: .utf8)
                let end = try #require(text.split(separator: "────────").last)
                #expect(end.split(separator: "\n").count == 52)
                #expect(end.contains("lease 9"))
                #expect(end.contains(rest.0))
                #expect(end.hasSuffix("read to its end\n"))
                for line in told { #expect(!text.contains(line)) }
            }
        }
    }
}
