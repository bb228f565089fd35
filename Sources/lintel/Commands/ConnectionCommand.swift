import ArgumentParser
import ConnectorKit
import LintelModel
import Operations
import Server
import Storage

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "Connections to PMS.",
        subcommands: [
            Add.self, Check.self, ListProperties.self, List.self, Record.self, Remove.self,
        ]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try each operation a sync needs, without touching resident data."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The connection.") var name: String

        func run() async throws {
            struct Row: Encodable {
                let operation: String
                let allowed: Bool
                let detail: String
            }
            let checks = try await global.open { try await $0.operations.checkConnection(name) }
            let rows = checks.map {
                Row(operation: $0.operation, allowed: $0.isAllowed, detail: $0.detail)
            }
            try Listing(
                columns: ["operation", "allowed", "detail"],
                rows: rows.map { [$0.operation, $0.allowed ? "yes" : "no", $0.detail] }
            ).print(global.format, json: ["operations": rows])
            if checks.contains(where: { !$0.isAllowed }) { throw ExitCode(1) }
        }
    }

    struct ListProperties: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "properties",
            abstract: "List the PMS properties a connection shows."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The connection.") var name: String

        func run() async throws {
            struct Row: Encodable {
                let pmsProperty: String
                let name: String
                let attachedTo: String?
            }
            let rows = try await global.open { lintel in
                try await lintel.operations.pmsProperties(through: name).map {
                    Row(
                        pmsProperty: $0.property.id.text,
                        name: $0.property.name,
                        attachedTo: $0.attachedTo
                    )
                }
            }
            try Listing(
                columns: ["pms_property", "name", "attached_to"],
                rows: rows.map { [$0.pmsProperty, $0.name, $0.attachedTo ?? ""] },
                empty: "The PMS shows no property to these credentials."
            ).print(global.format, json: ["properties": rows])
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the connections.")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let name: String
                let vendor: String
                let settings: [String: String]
                let attached: Int
            }
            let rows = try await global.open { lintel in
                try await lintel.operations.connections().map {
                    Row(
                        id: $0.id.text,
                        name: $0.name,
                        vendor: $0.vendor,
                        settings: $0.values,
                        attached: $0.attached
                    )
                }
            }
            try Listing(
                columns: ["id", "name", "vendor", "settings", "attached"],
                rows: rows.map { row in
                    let settings = row.settings.sorted { $0.key < $1.key }
                        .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
                    return [row.id, row.name, row.vendor, settings, String(row.attached)]
                },
                empty: "No connections yet. Add one: lintel connection add csv NAME --directory DIR"
            ).print(global.format, json: ["connections": rows])
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a connection that nothing is attached through."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The connection.") var name: String

        func run() async throws {
            try await global.open { try await $0.operations.removeConnection(name) }
            note("connection \(name) removed")
        }
    }
}
