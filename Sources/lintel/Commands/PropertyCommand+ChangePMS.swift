import ArgumentParser
import Operations
import Server

extension PropertyCommand {
    /// Moves a property to another PMS.
    struct ChangePMS: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change-pms",
            abstract: "Move a property to another PMS with its people, units and history.",
            discussion: """
                Without --apply it shows what would happen: which units are mapped from suggestions, whom \
                the new PMS recognises, and what the first sync does. Syncs go on with the old PMS until then.
                """
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The property, by name or id.") var name: String
        @Option(help: ArgumentHelp("What the PMS it leaves calls it.", valueName: "id"))
        var from: String
        @Option(help: "The connection to the PMS that takes over.") var connection: String
        @Option(help: ArgumentHelp("What that PMS calls it.", valueName: "id"))
        var pmsProperty: String
        @Flag(help: "Make the change.") var apply = false

        private struct Shown: Encodable {
            let mapped: Int
            let unmapped: [String]
            let recognised: Int
            let created: Int
            let changes: [String]
            let alerts: [String]
            let objections: [String]
        }

        func run() async throws {
            let (shown, isMade) = try await global.open { lintel in
                let operations = lintel.operations
                let property = try await operations.property(name)
                let change = try await operations.preparePMSChange(
                    of: property,
                    from: from,
                    to: connection,
                    pmsProperty: pmsProperty
                )
                let preview = try await operations.preview(change, of: property)
                if let failure = preview.plan.failure { throw OperationError(failure) }
                if apply { try await operations.change(change, of: property) }
                return (
                    Shown(
                        mapped: preview.mapped,
                        unmapped: preview.unmapped,
                        recognised: preview.recognised,
                        created: preview.created,
                        changes: preview.plan.changes.map { "\($0.what): \($0.why)" },
                        alerts: preview.plan.alerts,
                        objections: preview.plan.objections
                    ), apply
                )
            }
            try Listing(
                columns: ["what", "how_many", "which"],
                rows: [
                    ["PMS units mapped", "\(shown.mapped)", ""],
                    [
                        "PMS units to map by hand", "\(shown.unmapped.count)",
                        shown.unmapped.joined(separator: ", "),
                    ],
                    ["people recognised", "\(shown.recognised)", ""],
                    ["people brought in", "\(shown.created)", ""],
                ]
            ).print(global.format, json: shown)
            for change in shown.changes + shown.alerts + shown.objections { note(change) }
            note(
                isMade
                    ? "\(name) is read from \(connection) now; sync it next: lintel sync --property \(name)"
                    : "nothing is changed yet; to change it, repeat this with --apply"
            )
        }
    }
}
