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
    static func portfolio(
        units: Int = 60,
        residents: Int = 90,
        with extras: Set<PortfolioExtra> = []
    ) throws -> SyntheticPortfolio {
        SyntheticPortfolio(
            shape: try PortfolioShape(
                properties: 2,
                units: units,
                residents: residents,
                seed: 11,
                today: try #require(CivilDate(iso: "2026-06-15")),
                extras: extras
            )
        )
    }

    /// Connects to a source and sets a property up for each it has, removing at once.
    ///
    /// `settings` are those of the vendor's demo where none are given.
    static func onboard(
        _ source: RunningSource,
        settings: ConnectionSettings? = nil,
        in lintel: LintelInProcess
    ) async throws -> [Property] {
        _ = try await lintel.operations.addConnection(
            name: "pms",
            settings: try settings ?? source.settings
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

    /// The doors of the units of some properties, sorted.
    static func doors(
        of properties: [Property],
        in lintel: LintelInProcess
    ) async throws -> [String] {
        var doors: [String] = []
        for property in properties {
            doors += try await lintel.operations.units(of: property).map {
                door($0.building, $0.name)
            }
        }
        return doors.sorted()
    }

    /// The doors of the units of a portfolio, sorted.
    static func doors(of portfolio: SyntheticPortfolio) -> [String] {
        (0..<portfolio.shape.properties).map { portfolio.property(at: $0) }.flatMap { property in
            property.units.map { door(property.buildings[$0.building].name, $0.number) }
        }
        .sorted()
    }

    /// A vendor without buildings names its units by building and door in one.
    private static func door(_ building: String, _ unit: String) -> String {
        building.isEmpty || unit.hasPrefix("\(building)-") ? unit : "\(building)-\(unit)"
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
        "\(first) \(last) \(email) \(door(building, unit)) \(state.rawValue) \(from) "
            + "\(until?.description ?? "")"
    }
}
