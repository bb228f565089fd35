import ConnectorKit
import Connectors
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

/// What is read in place of what a vendor did not license.
@Suite("A PMS that licenses only a part of its services")
struct FallbackTests {
    struct Fallback: Sendable, CustomTestStringConvertible {
        let vendor: SimulatedVendor
        /// What the vendor refuses.
        let refused: Set<String>
        /// The setting by which the other way is chosen, where it is not by itself.
        var interface: String?
        /// The only operations that a check tells of, without their paths.
        let checked: [String]

        var testDescription: String { vendor.id }

        static let all = [
            Fallback(
                vendor: .mri,
                refused: ["MRI_S-PMRM_UnitVacancyInformation"],
                checked: [
                    "MRI_S-PMRM_PropertyIDByNameOrAddress", "MRI_S-PMRM_ResidentialRentRoll",
                    "MRI_S-PMRM_ResidentLeaseDetailsByPropertyID",
                ]
            ),
            Fallback(
                vendor: .appFolio,
                refused: ["properties", "units", "tenants"],
                interface: "Reports",
                checked: [
                    "POST /api/v2/reports/rent_roll.json",
                    "POST /api/v2/reports/tenant_directory.json",
                ]
            ),
        ]

        func settings(of source: RunningSource) throws -> ConnectionSettings {
            var settings = try source.settings
            if let interface {
                settings.values["interface"] = interface
                settings.values["developer-id"] = nil
            }
            return settings
        }
    }

    @Test(
        "The same portfolio comes in through what is licensed, and is followed",
        .timeLimit(.minutes(10)),
        arguments: Fallback.all
    )
    func fallback(fallback: Fallback) async throws {
        let portfolio = try SimulatedDirectory.portfolio(residents: 90, with: [.past, .transfers])
        let options = SimulatedPMS.Options(
            fault: FaultPlan(.forbidden, services: fallback.refused)
        )
        try await withSimulatedPMS(fallback.vendor, portfolio: portfolio, options: options) {
            running in
            let source = RunningSource.service(running)
            try await LintelInProcess.with(.sqlite) { lintel in
                let properties = try await SimulatedDirectory.onboard(
                    source,
                    settings: try fallback.settings(of: source),
                    in: lintel
                )
                let checks = try await lintel.operations.checkConnection("pms")
                #expect(checks.map(\.operation) == fallback.checked)
                #expect(checks.filter { !$0.isAllowed } == [])
                for property in properties {
                    // Reports may be asked for little at a time.
                    lintel.clock.advance(minutes: 1)
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                    try await #expect(lintel.alerts(of: property) == [])
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel, ended: true)
                        == SimulatedDirectory.expected(of: portfolio)
                )
                try await #expect(
                    SimulatedDirectory.doors(of: properties, in: lintel)
                        == SimulatedDirectory.doors(of: portfolio)
                )
                try running.simulator.setChurn(percent: 20)
                for property in properties {
                    lintel.clock.advance(minutes: 60)
                    let report = try await lintel.sync(property)
                    #expect(report.record.outcome == .applied, "\(report.record.message)")
                }
                try await #expect(
                    SimulatedDirectory.standings(of: lintel)
                        == SimulatedDirectory.expected(of: running.simulator.portfolio)
                )
                let kept = try await DirectoryDump(of: lintel.database).rows.values.joined()
                    .joined(separator: "\n")
                #expect(kept.contains(portfolio.expectedAssignments()[0].email))
                for fact in ["\(PlantedFacts.rent)", "\(PlantedFacts.birthDate)"] {
                    #expect(!kept.contains(fact), "\(fact) was kept")
                }
            }
        }
    }
}
