import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Server
import Storage
import SyncEngine

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Make the directory agree with the PMS, now."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The property, by name or id.", valueName: "property"))
    var property: String?
    @Flag(help: "Every property; one that fails never stops the others.") var all = false
    @Flag(help: "Show what would change and write nothing.") var preview = false

    func validate() throws {
        guard all != (property != nil) else {
            throw ValidationError("Give either --property PROPERTY or --all.")
        }
    }

    func run() async throws {
        let started = ContinuousClock.now
        let reports = try await global.open { lintel in
            let chosen =
                if let property {
                    [try await lintel.operations.property(property)]
                } else {
                    try await lintel.operations.properties().map(\.property)
                }
            let progress = ProgressPrinter(properties: chosen.count)
            let reports = await lintel.engine.sync(chosen, preview: preview, observer: progress)
            progress.done()
            return reports
        }
        let seconds = started.duration(to: .now).seconds
        try RunList(reports.map { ($0.record, $0.property.name) }, seconds: seconds)
            .print(global.format)
        if preview, global.format == .table {
            for report in reports { showPlan(report) }
        }
        let outcomes = Set(reports.map(\.record.outcome))
        if outcomes.contains(.failed) { throw ExitCode(1) }
        if outcomes.contains(.held) { throw ExitCode(3) }
    }

    private func showPlan(_ report: RunReport) {
        guard let plan = report.plan else { return }
        say("\n\(report.property.name)")
        say(PlanReport(units: report.units).text(plan))
        for objection in report.objections {
            say("The brake would hold this plan: \(objection)")
        }
    }
}
