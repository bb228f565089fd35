import ConnectorKit
import Connectors
import Foundation
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import SQLEngineTesting
import Storage
import Testing

/// A directory filled from a simulated PMS, and what a portfolio says must stand in it.
///
/// Vendors have ids of their own, and some know a unit by a code that holds the building. So people are
/// compared by what a directory shows of them, units by building and door.
enum SimulatedDirectory {
    /// The day of ``TestClock``.
    static func portfolio(residents: Int = 90) throws -> SyntheticPortfolio {
        SyntheticPortfolio(
            shape: try PortfolioShape(
                properties: 2,
                units: 60,
                residents: residents,
                seed: 11,
                today: try #require(CivilDate(iso: "2026-06-15"))
            )
        )
    }

    /// What the vendor's form is filled with to reach a running simulator.
    static func settings(_ simulator: RunningSimulator) throws -> ConnectionSettings {
        let vendor = try #require(ConnectorCatalog.vendor(simulator.simulator.vendor.id))
        return demoSettings(of: vendor, at: simulator.baseURL)
    }

    /// What a vendor's form is filled with to reach its simulator at that address.
    static func demoSettings(of vendor: VendorDescription, at url: String) -> ConnectionSettings {
        var settings = ConnectionSettings(vendor: vendor.id, values: [:])
        for field in vendor.fields {
            guard let demo = field.demo else { continue }
            if field.isSecret {
                settings.secrets[field.key] = Secret(demo)
            } else {
                settings.values[field.key] = demo.replacing(SettingField.demoURL, with: url)
            }
        }
        return settings
    }

    /// Connects to a simulator and sets a property up for each it has, removing at once.
    static func onboard(
        _ simulator: RunningSimulator,
        in lintel: LintelInProcess
    ) async throws -> [Property] {
        _ = try await lintel.operations.addConnection(
            name: "pms",
            settings: try settings(simulator)
        )
        let properties = try await lintel.operations.importProperties(
            through: "pms",
            timeZone: "UTC"
        )
        .map(\.property)
        for property in properties {
            try await lintel.operations.set("absence-minutes", of: property, to: "0")
        }
        return properties
    }

    /// Everybody's standing, one line each.
    static func standings(of lintel: LintelInProcess, ended: Bool = false) async throws -> [String]
    {
        try await lintel.operations.people(of: nil).compactMap { entry in
            guard let assignment = entry.assignment, ended || assignment.state != .ended else {
                return nil
            }
            return line(
                entry.person.firstName,
                entry.person.lastName,
                entry.person.email ?? "",
                entry.building ?? "",
                entry.unit ?? "",
                assignment.state,
                assignment.from,
                assignment.expectedUntil ?? assignment.until
            )
        }
        .sorted()
    }

    /// What the portfolio says must stand.
    static func expected(of portfolio: SyntheticPortfolio) -> [String] {
        portfolio.expectedAssignments().map { assignment in
            line(
                assignment.firstName,
                assignment.lastName,
                assignment.email,
                assignment.building,
                assignment.unitNumber,
                assignment.state,
                assignment.from,
                assignment.until
            )
        }
        .sorted()
    }

    private static func line(
        _ first: String,
        _ last: String,
        _ email: String,
        _ building: String,
        _ unit: String,
        _ state: Assignment.State,
        _ from: CivilDate,
        _ until: CivilDate?
    ) -> String {
        // A vendor without buildings names its units by building and door in one.
        let isCode = building.isEmpty || unit.hasPrefix("\(building)-")
        let door = isCode ? unit : "\(building)-\(unit)"
        return "\(first) \(last) \(email) \(door) \(state.rawValue) \(from) "
            + "\(until?.description ?? "")"
    }
}
