import ConnectorKit
import Connectors
import Foundation
import LintelModel
import PMSSimulator
import Testing

/// A PMS as tests meet it: one of the simulated services, or a folder into which one exports.
enum SimulatedSource: Sendable, CustomTestStringConvertible {
    case service(SimulatedVendor)
    case folder

    /// All nine.
    static let all = SimulatedVendor.all.map(Self.service) + [.folder]

    /// The vendor's id in the catalogue of connectors.
    var id: String {
        switch self {
        case .service(let vendor): vendor.id
        case .folder: "csv"
        }
    }

    var testDescription: String { id }

    /// What it can say beside what every one can.
    var extras: Set<PortfolioExtra> {
        switch self {
        case .service(let vendor): vendor.extras
        case .folder: PortfolioFolder.extras
        }
    }

    var faults: [SourceFault] {
        switch self {
        case .service(let vendor): vendor.faults.map(SourceFault.service)
        case .folder: FolderFault.allCases.map(SourceFault.folder)
        }
    }

    /// Whether its list of properties names them.
    var namesProperties: Bool { id != "csv" }

    /// Serves that portfolio while `body` runs.
    func with(
        _ portfolio: SyntheticPortfolio,
        _ body: (RunningSource) async throws -> Void
    ) async throws {
        switch self {
        case .service(let vendor):
            let options = SimulatedPMS.Options(retryAfterSeconds: 1)
            try await withSimulatedPMS(vendor, portfolio: portfolio, options: options) {
                try await body(.service($0))
            }
        case .folder:
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "lintel-folder-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }
            try PortfolioFolder(portfolio).write(to: folder)
            try await body(.folder(folder, portfolio))
        }
    }
}

/// A way in which a source fails.
enum SourceFault: Sendable, Equatable, CustomTestStringConvertible {
    case service(Fault)
    case folder(FolderFault)

    var testDescription: String {
        switch self {
        case .service(let fault): fault.rawValue
        case .folder(let fault): fault.rawValue
        }
    }

    /// Whether rows that are there count although others are missing.
    var leavesRows: Bool {
        switch self {
        case .service(let fault): fault == .duplicateRows
        case .folder(let fault): [.duplicateRows, .shortPage, .truncatedBody].contains(fault)
        }
    }
}

/// A source that can be read, broken and moved on in time.
enum RunningSource: Sendable {
    case service(RunningSimulator)
    case folder(URL, SyntheticPortfolio)

    /// What the vendor's form is filled with to reach it.
    var settings: ConnectionSettings {
        get throws {
            switch self {
            case .service(let running):
                let vendor = try #require(
                    ConnectorCatalog.vendor(running.simulator.vendor.id)
                )
                return vendor.demoSettings(at: running.baseURL)
            case .folder(let folder, _):
                return ConnectionSettings(vendor: "csv", values: ["directory": folder.path])
            }
        }
    }

    /// Goes on with the portfolio at that churn, under a fault or none.
    ///
    /// - Returns: the portfolio as it is then.
    func goOn(churn: Double, fault: SourceFault? = nil) throws -> SyntheticPortfolio {
        switch (self, fault) {
        case (.service(let running), .service(let fault)):
            try running.simulator.setChurn(percent: churn)
            running.simulator.setFault(FaultPlan(fault))
            return running.simulator.portfolio
        case (.service(let running), _):
            try running.simulator.setChurn(percent: churn)
            running.simulator.setFault(nil)
            return running.simulator.portfolio
        case (.folder(let folder, let portfolio), let fault):
            let moved = SyntheticPortfolio(shape: try portfolio.shape.churned(percent: churn))
            var broken: FolderFault?
            if case .folder(let fault) = fault { broken = fault }
            try PortfolioFolder(moved).write(to: folder, fault: broken)
            return moved
        }
    }
}
