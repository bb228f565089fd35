import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Server
import Storage
import SyncEngine

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "What waits for a person, and the ways out.",
        subcommands: [List.self, Show.self, Resolve.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the open alerts in the order in which they are best worked off."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Only this property's.", valueName: "property"))
        var property: String?

        func run() async throws {
            let found = try await global.open { lintel in
                try await lintel.operations.alerts(
                    of: try await lintel.operations.property(optional: property)
                )
            }
            let rows = found.map { AlertRow($1, of: $0) }
            try Listing(
                columns: ["id", "type", "property", "opened_at", "detail", "ways_out"],
                rows: found.map { property, alert in
                    [
                        alert.id, alert.draft.kind.title, property.name, alert.openedAt.iso8601,
                        alert.draft.detail,
                        alert.draft.waysOut.map(\.rawValue).joined(separator: " "),
                    ]
                },
                empty: "Nothing waits for a person."
            ).print(global.format, json: ["alerts": rows])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show one alert: what is wrong, whom it concerns, and what each way out needs."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The alert's id.") var id: String

        func run() async throws {
            struct Output: Encodable {
                let alert: AlertRow
                let heldPlan: String?
            }
            let (property, alert, plan) = try await global.open { lintel in
                let (property, alert, plan) = try await lintel.operations.alert(id)
                guard let plan else { return (property, alert, String?.none) }
                return (property, alert, try await lintel.operations.naming(plan))
            }
            guard global.format == .table else {
                return try Listing.printJSON(
                    Output(alert: AlertRow(alert, of: property), heldPlan: plan)
                )
            }
            let draft = alert.draft
            say("\(draft.kind.title) at \(property.name), since \(alert.openedAt.iso8601)")
            say(draft.detail)
            if let person = draft.person { say("It is about person \(person).") }
            if let plan { say("\nThe held plan, of which nothing was applied:\n\(plan)") }
            guard !draft.waysOut.isEmpty else {
                return say("\nPut it right in the PMS; the alert closes with the next sync.")
            }
            say("\nWays out:")
            for way in draft.waysOut {
                let value = way.value(for: draft.kind).map { " --value VALUE   (\($0))" } ?? ""
                say("  lintel alerts resolve \(alert.id) --with \(way.rawValue)\(value)")
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a way out of an alert.",
            discussion: """
                It takes effect in the next sync, which is run at once unless --later is given, and holds until \
                the PMS says something else.
                """
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The alert's id.") var id: String
        @Option(
            name: .customLong("with"),
            help: ArgumentHelp("The way out, as alerts list names it.", valueName: "action")
        )
        var way: WayOut
        @Option(help: "What the way out needs besides: a unit, a day, a resident, a status.")
        var value: String?
        @Flag(help: "Leave the sync to its hour.") var later = false

        func run() async throws {
            let started = ContinuousClock.now
            let reports = try await global.open { lintel -> [RunReport] in
                let property = try await lintel.operations.resolve(id, with: way, value: value)
                guard !later else {
                    note("\(way.title): decided; it takes effect in the next sync")
                    return []
                }
                let current = try await lintel.operations.property(property.id.text)
                return await lintel.engine.sync([current], observer: ProgressPrinter(properties: 1))
            }
            guard !reports.isEmpty else { return }
            try RunOutcome(reports, started: started).print(global.format)
        }
    }
}

extension WayOut: ExpressibleByArgument {}

/// An alert as `alerts list` prints it.
private struct AlertRow: Encodable {
    let id: String
    let type: String
    let property: String
    let openedAt: String
    let subjects: [String]
    let detail: String
    let waysOut: [String]

    init(_ alert: Alerts.Open, of property: Property) {
        id = alert.id
        type = alert.draft.kind.rawValue
        self.property = property.id.text
        openedAt = alert.openedAt.iso8601
        subjects =
            alert.draft.residents.isEmpty
            ? [alert.draft.subject] : alert.draft.residents.map(\.text)
        detail = alert.draft.detail
        waysOut = alert.draft.waysOut.map(\.rawValue)
    }
}
