package import Foundation
import LintelModel
package import PMSSimulator

/// Where one resident stands, as `people list` prints it and as a portfolio expects it.
package struct Standing: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let resident: String
    package let email: String
    package let building: String
    package let unit: String
    package let assignment: String
    package let from: String

    package init(_ row: [String: String]) {
        resident = row["pms_resident_id"] ?? ""
        email = row["email"] ?? ""
        building = row["building"] ?? ""
        unit = row["unit"] ?? ""
        assignment = row["assignment"] ?? ""
        from = row["from"] ?? ""
    }

    package init(_ expected: ExpectedAssignment) {
        resident = expected.resident.text
        email = expected.email
        building = expected.building
        unit = expected.unitNumber
        assignment = expected.state.rawValue
        from = expected.from.description
    }

    package var description: String {
        "\(resident) \(email) \(building) \(unit) \(assignment) \(from)"
    }

    package static func < (one: Standing, other: Standing) -> Bool {
        one.description < other.description
    }
}

extension LintelSite {
    /// Everybody's standings, as `people list` prints them.
    package func standings(ended: Bool = false) async throws -> [Standing] {
        try await done("people", "list", "--format", "csv").csv().map(Standing.init)
            .filter { ended || $0.assignment != "ended" }.sorted()
    }

    /// Connects to a simulator and onboards its whole portfolio.
    package func onboard(_ simulator: RunningSimulator) async throws {
        let key = try write("a-key-of-the-simulator\n", to: "api-key")
        try await done(
            "connection",
            "add",
            "entrata",
            "pms",
            "--url",
            simulator.baseURL,
            "--organization",
            "demo",
            "--api-key-file",
            key
        )
        try await done("property", "import", "--connection", "pms", "--time-zone", "UTC")
    }
}

/// Where a portfolio expects everybody to stand.
package func expectedStandings(of portfolio: SyntheticPortfolio) -> [Standing] {
    portfolio.expectedAssignments().map(Standing.init).sorted()
}

/// A portfolio of that size, invented around today.
package func portfolio(
    properties: Int,
    units: Int,
    residents: Int,
    seed: UInt64 = 7
) throws -> SyntheticPortfolio {
    SyntheticPortfolio(
        shape: try PortfolioShape(
            properties: properties,
            units: units,
            residents: residents,
            seed: seed,
            today: CivilDate.todayInUTC
        )
    )
}

extension LintelSite {
    /// The folder that ``onboardFolder(_:)`` connects to.
    package var export: URL { folder.appending(path: "export") }

    /// Writes files as a PMS exports them, connects to their folder and onboards what is in them.
    package func onboardFolder(_ files: ResidentExport) async throws {
        try FileManager.default.createDirectory(at: export, withIntermediateDirectories: true)
        try files.write(to: export)
        try await done("connection", "add", "csv", "folder", "--directory", export.path)
        try await done("property", "import", "--connection", "folder", "--time-zone", "UTC")
    }
}
