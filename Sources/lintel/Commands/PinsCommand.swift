import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Server
import Storage

struct PinsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pins",
        abstract: "Decisions that hold until the PMS says something else.",
        subcommands: [List.self, Release.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the decisions of a property that hold."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let topic: String
                let subject: String
                let sentence: String
                let madeAt: String
                let run: String?
            }
            let found = try await global.open { lintel in
                try await lintel.operations.pins(
                    of: try await lintel.operations.property(chosen.property)
                )
            }
            let rows = found.map {
                Row(
                    id: $0.pin.id.text,
                    topic: $0.pin.cause.topic.text,
                    subject: $0.pin.cause.subject,
                    sentence: $0.pin.sentence,
                    madeAt: $0.madeAt.iso8601,
                    run: $0.batch
                )
            }
            try Listing(
                columns: ["id", "topic", "subject", "made_at", "sentence"],
                rows: rows.map { [$0.id, $0.topic, $0.subject, $0.madeAt, $0.sentence] },
                empty: "No decision holds anything."
            ).print(global.format, json: ["pins": rows])
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let go of a decision: the next sync does again what the PMS says."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption
        @Argument(help: "The pin's id.") var id: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(chosen.property)
                try await lintel.operations.releasePin(id, of: property)
                note("released; the next sync of \(property.name) follows the PMS again")
            }
        }
    }
}
