import ArgumentParser
import ConnectorKit
import Foundation
import LintelModel
import Operations
import Server
import Storage

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "Connections to PMS.",
        subcommands: [Add.self, Check.self, ListProperties.self, List.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a connection; nothing is asked of the PMS yet.",
            subcommands: [CSV.self, Entrata.self]
        )

        struct CSV: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "csv",
                abstract: "A folder with units.csv and residents.csv."
            )
            @OptionGroup var global: GlobalOptions
            @Argument(help: "What to call the connection.") var name: String
            @Option(help: "The folder.", completion: .directory) var directory: String

            func run() async throws {
                let path = URL(fileURLWithPath: directory).standardizedFileURL.path
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                    isFolder.boolValue
                else { throw OperationError("there is no folder \(path)") }
                try await store(
                    ConnectionSettings(vendor: "csv", values: ["directory": path]),
                    as: name,
                    global
                )
            }
        }

        struct Entrata: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "entrata",
                abstract: "Entrata's gateway, or its older API with a password."
            )
            @OptionGroup var global: GlobalOptions
            @Argument(help: "What to call the connection.") var name: String
            @Option(help: "The address of the API; the paths are appended.")
            var url: String?
            @Option(help: "The account's subdomain.") var organization: String?
            @Option(help: "A file that holds the API key.", completion: .file())
            var apiKeyFile: String?
            @Option(help: "The user of the older API.") var username: String?
            @Option(help: "A file that holds that user's password.", completion: .file())
            var passwordFile: String?

            func run() async throws {
                var settings = ConnectionSettings(vendor: "entrata", values: [:])
                settings.values["url"] = url
                settings.values["organization"] = organization
                settings.values["username"] = username
                if let apiKeyFile { settings.secrets["api-key"] = try secret(from: apiKeyFile) }
                if let passwordFile {
                    settings.secrets["password"] = try secret(from: passwordFile)
                }
                try await store(settings, as: name, global)
            }
        }
    }

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

private func store(
    _ settings: ConnectionSettings,
    as name: String,
    _ global: GlobalOptions
) async throws {
    struct Row: Encodable {
        let id: String
        let name: String
        let vendor: String
    }
    let id = try await global.open {
        try await $0.operations.addConnection(name: name, settings: settings)
    }
    let row = Row(id: id.text, name: name, vendor: settings.vendor)
    try Listing(columns: ["id", "name", "vendor"], rows: [[row.id, row.name, row.vendor]])
        .print(global.format, json: row)
}
