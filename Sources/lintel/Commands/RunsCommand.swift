import ArgumentParser
import LintelModel
import Operations
import Server
import Storage

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "What syncs did.",
        subcommands: [List.self, Show.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the runs, newest first.")
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Only this property's.", valueName: "property"))
        var property: String?
        @Option(help: "How many at most.") var limit = 100

        func run() async throws {
            let list = try await global.open { lintel in
                let property = try await lintel.operations.property(optional: property)
                let runs = try await lintel.operations.runs(of: property, limit: limit)
                let names = Dictionary(
                    uniqueKeysWithValues: try await lintel.operations.properties().map {
                        ($0.property.id, $0.property.name)
                    }
                )
                return RunList(runs.map { ($0, names[$0.property] ?? "") })
            }
            try list.print(global.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one run: each change with before, after and reason."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The run's id.") var run: String

        func run() async throws {
            struct Output: Encodable {
                let run: RunList.Row
                let changes: [ChangeRow]
                let heldPlan: String?
            }
            let (found, name) = try await global.open { lintel in
                let found = try await lintel.operations.run(run)
                let property = try await lintel.operations.property(found.run.property.text)
                return (found, property.name)
            }
            let changes = found.changes.map(ChangeRow.init)
            if global.format == .table {
                try RunList([(found.run, name)]).print(.table)
                if !found.run.message.isEmpty { say("\n\(found.run.message)") }
                if let plan = found.heldPlan { say("\nHeld, nothing of it applied:\n\(plan)") }
                if changes.isEmpty { return }
                say("")
            }
            try ChangeRow.listing(changes).print(
                global.format,
                json: Output(
                    run: RunList([(found.run, name)]).rows[0],
                    changes: changes,
                    heldPlan: found.heldPlan
                )
            )
        }
    }
}

/// A kept change as `runs show` and `people show` print it.
struct ChangeRow: Encodable {
    let at: String
    let run: String
    let kind: String
    let person: String?
    let unitId: String?
    let before: String?
    let after: String?
    let reason: String
    let pmsResidentId: String?

    init(_ entry: History.Entry) {
        at = entry.at.iso8601
        run = entry.batch
        kind = entry.kind
        person = entry.person?.text
        unitId = entry.unit?.text
        before = entry.before
        after = entry.after
        reason = entry.sentence
        pmsResidentId = entry.resident?.text
    }

    static func listing(_ rows: [ChangeRow]) -> Listing {
        Listing(
            columns: ["at", "kind", "person", "pms_resident_id", "before", "after", "reason"],
            rows: rows.map {
                [
                    $0.at, $0.kind, $0.person ?? "", $0.pmsResidentId ?? "", $0.before ?? "",
                    $0.after ?? "", $0.reason,
                ]
            },
            empty: "It changed nothing."
        )
    }
}
