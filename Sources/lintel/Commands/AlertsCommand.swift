import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Server
import Storage

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "What waits for a person.",
        subcommands: [List.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the open alerts: what is wrong, and which PMS residents wait."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Only this property's.", valueName: "property"))
        var property: String?

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let type: String
                let property: String
                let openedAt: String
                let subjects: [String]
                let detail: String
            }
            let found = try await global.open { lintel in
                try await lintel.operations.alerts(
                    of: try await lintel.operations.property(optional: property)
                )
            }
            let rows = found.map { property, alert in
                Row(
                    id: alert.id,
                    type: alert.draft.kind.rawValue,
                    property: property.id.text,
                    openedAt: alert.openedAt.iso8601,
                    subjects: alert.draft.residents.map(\.text),
                    detail: alert.draft.detail
                )
            }
            try Listing(
                columns: ["type", "property", "opened_at", "detail"],
                rows: found.map { property, alert in
                    [
                        alert.draft.kind.title, property.name, alert.openedAt.iso8601,
                        alert.draft.detail,
                    ]
                },
                empty: "Nothing waits for a person."
            ).print(global.format, json: ["alerts": rows])
        }
    }
}
