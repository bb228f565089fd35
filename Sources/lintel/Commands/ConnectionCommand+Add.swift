import ArgumentParser
import ConnectorKit
import Foundation
import LintelModel
import Operations
import Server

extension ConnectionCommand {
    /// Stores a connection to any vendor of the catalogue: its options are the vendor's own fields.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a connection; nothing is asked of the PMS yet.",
            usage: "lintel connection add <vendor> <name> [--<setting> <value> ...] [--demo]",
            discussion: discussion
        )

        @OptionGroup var global: GlobalOptions
        @Flag(help: "Fill what is not given with what `lintel simulate` is reached with.")
        var demo = false
        @Argument(
            parsing: .allUnrecognized,
            help: ArgumentHelp(
                "The vendor, what to call the connection, and the vendor's settings.",
                valueName: "vendor name settings"
            )
        )
        var words: [String]

        func validate() throws {
            _ = try TypedConnection(words, vendors: ConnectableVendors.all)
        }

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let name: String
                let vendor: String
            }
            let typed = try TypedConnection(words, vendors: ConnectableVendors.all)
            let settings = try typed.settings(demo: demo)
            let id = try await global.open {
                try await $0.operations.addConnection(name: typed.name, settings: settings)
            }
            let row = Row(id: id.text, name: typed.name, vendor: settings.vendor)
            try Listing(
                columns: ["id", "name", "vendor"],
                rows: [[row.id, row.name, row.vendor]]
            ).print(global.format, json: row)
        }

        /// What each vendor must be told, from the catalogue.
        private static var discussion: String {
            ConnectableVendors.all.map { vendor in
                let options = vendor.fields.map { field in
                    let value = field.isSecret || field.isFolder ? "PATH" : "TEXT"
                    let option = "--\(TypedConnection.option(of: field)) \(value)"
                    return
                        "  \(option)\(field.isRequired ? "" : " (optional)")\n      \(field.help)"
                }
                return (["\(vendor.id): \(vendor.summary)"] + options).joined(separator: "\n")
            }
            .joined(separator: "\n\n")
        }
    }
}
