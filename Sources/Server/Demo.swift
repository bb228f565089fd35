import ConnectorKit
import Foundation
import LintelModel
import Operations
import PMSSimulator
import Storage
import SyncEngine

/// A small portfolio fed by a simulated PMS, so that a newcomer sees residents land in units.
package struct Demo: Sendable {
    /// Where the simulated PMS of the demo answers, so that it can be broken with curl.
    static let port = 4547
    private static let connection = "demo"
    private static let manager = "manager@demo.example"

    let simulator: SimulatedPMS
    private let lintel: Lintel

    package init(_ lintel: Lintel) throws {
        self.lintel = lintel
        let portfolio = SyntheticPortfolio(
            shape: try PortfolioShape(
                properties: 3,
                units: 120,
                residents: 200,
                seed: 1,
                today: CivilDate.todayInUTC
            )
        )
        simulator = SimulatedPMS(.entrata, portfolio: portfolio)
    }

    var service: DemoService {
        DemoService(simulator: simulator, host: "127.0.0.1", port: Self.port)
    }

    /// Brings the portfolio in where it is not there yet, runs the first sync and says what happened.
    func welcome(at address: String, observer: any SyncObserver) async {
        do {
            try await waitForSimulator()
            let operations = lintel.operations
            if try await !operations.connections().contains(where: { $0.name == Self.connection }) {
                _ = try await operations.addConnection(
                    name: Self.connection,
                    settings: ConnectionSettings(
                        vendor: "entrata",
                        values: ["url": "http://127.0.0.1:\(Self.port)", "organization": "demo"],
                        secrets: ["api-key": Secret("demo")]
                    )
                )
            }
            let made = try await operations.importProperties(
                through: Self.connection,
                timeZone: "America/New_York"
            )
            let password = try await signIn()
            let properties = try await operations.properties().map(\.property)
            let reports = await lintel.engine.sync(properties, observer: observer)
            try? FileHandle.standardOutput.write(
                contentsOf: Data(Self.story(made, reports, address, password).utf8)
            )
        } catch {
            try? FileHandle.standardError.write(
                contentsOf: Data("The demo could not be brought in: \(error)\n".utf8)
            )
        }
    }

    /// Gives the demo's manager a password of this start.
    private func signIn() async throws -> String {
        let operations = lintel.operations
        let password = BearerSecret.random().revealed
        if let known = try await operations.staff().first(where: { $0.email == Self.manager }) {
            try await operations.setPassword(password, of: known)
        } else {
            let grant = Grant(.portfolioManager, .everything)
            _ = try await operations.addStaff(Self.manager, grant, password: password)
        }
        return password
    }

    private func waitForSimulator() async throws {
        for _ in 0..<100 {
            let request = HTTPExchangeRequest(
                method: "GET",
                url: "http://127.0.0.1:\(Self.port)/",
                timeoutMilliseconds: 1000
            )
            if (try? await lintel.operations.connectorEnvironment.transport.send(request)) != nil {
                return
            }
            try await lintel.operations.environment.sleeper.sleep(milliseconds: 50)
        }
        throw SyncFailure("the simulated PMS does not answer on port \(Self.port)")
    }

    private static func story(
        _ made: [Operations.ImportedProperty],
        _ reports: [RunReport],
        _ address: String,
        _ password: String
    ) -> String {
        var lines = [""]
        if !made.isEmpty {
            lines.append(
                "A simulated PMS with \(made.count) properties was connected; their units were imported "
                    + "and mapped."
            )
        }
        for report in reports {
            let run = report.record
            switch run.outcome {
            case .applied:
                lines.append(
                    "  \(report.property.name): \(run.residents) residents read, \(run.created) people "
                        + "new, \(run.assigned) put into units, \(run.ended) ended"
                )
            case .unchanged:
                lines.append(
                    "  \(report.property.name): \(run.residents) residents read, nothing to do"
                )
            default:
                lines.append("  \(report.property.name): \(run.outcome.rawValue): \(run.message)")
            }
        }
        lines += [
            "",
            "Open \(address) and sign in as \(manager) with the password of this start:",
            "  \(password)",
            "",
            "Look around, in another terminal:",
            "  .build/release/lintel people list          who stands in which unit",
            "  .build/release/lintel runs list            what each sync did",
            "  .build/release/lintel sync --all           sync again: nothing to do",
            "  curl \(address)/metrics",
            "",
            "Break the PMS, sync, and see that nobody loses a unit; then mend it:",
            "  curl -X POST -d '{\"fault\":\"empty-list\"}' http://127.0.0.1:\(port)/_simulator/fault",
            "  curl -X POST -d '{\"fault\":null}' http://127.0.0.1:\(port)/_simulator/fault",
            "",
            "Stop with Ctrl-C; the directory stays for the next time.",
            "",
        ]
        return lines.joined(separator: "\n")
    }
}
