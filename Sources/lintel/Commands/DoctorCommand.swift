import ArgumentParser
import ConnectorKit
import LintelModel
import Operations
import SQLEngine
import Server
import Storage

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that this installation can do its work."
    )
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        struct Row: Encodable {
            let check: String
            let ok: Bool
            let found: String
        }
        var checks: [Row] = []
        func add(_ check: String, _ ok: Bool, _ found: String) {
            checks.append(Row(check: check, ok: ok, found: found))
        }
        do {
            try await global.open { lintel in
                add("database", true, "\(lintel.database.summary), schema current")
                add("key file", true, "opens, readable by its owner alone")
                let fault = try await lintel.operations.faultOfAuditLog()
                add("audit log", fault == nil, fault ?? "every entry is as it was written")
                for property in try await lintel.operations.properties() {
                    add("property \(property.property.name)", true, state(of: property.lastSync))
                }
                for connection in try await lintel.operations.connections() {
                    do {
                        let refused = try await lintel.operations.checkConnection(
                            connection.id.text
                        )
                        .filter { !$0.isAllowed }
                        add(
                            "connection \(connection.name)",
                            refused.isEmpty,
                            refused.isEmpty
                                ? "every operation allowed"
                                : refused.map { "\($0.operation): \($0.detail)" }
                                    .joined(separator: "; ")
                        )
                    } catch {
                        add("connection \(connection.name)", false, "\(error)")
                    }
                }
            }
        } catch {
            add("database", false, "\(error)")
        }
        try Listing(
            columns: ["check", "ok", "found"],
            rows: checks.map { [$0.check, $0.ok ? "yes" : "no", $0.found] }
        ).print(global.format, json: ["checks": checks])
        if checks.contains(where: { !$0.ok }) { throw ExitCode(1) }
    }

    private func state(of lastSync: Timestamp?) -> String {
        guard let lastSync else { return "never synced" }
        return "last synced \(lastSync.iso8601)"
    }
}
