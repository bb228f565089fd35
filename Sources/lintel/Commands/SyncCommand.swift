import ArgumentParser
import LintelModel
import Operations
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
    @Option(help: ArgumentHelp("Write the previewed plan to a file, for apply.", valueName: "plan"))
    var output: String?
    @Option(help: ArgumentHelp("Only this resident, by PMS id.", valueName: "pms-id"))
    var resident: String?
    @Option(help: ArgumentHelp("Only the residents of this PMS unit.", valueName: "id"))
    var pmsUnit: String?

    func validate() throws {
        guard all != (property != nil) else {
            throw ValidationError("Give either --property PROPERTY or --all.")
        }
        guard output == nil || preview && property != nil else {
            throw ValidationError("--output goes with --preview and --property.")
        }
        guard resident == nil || pmsUnit == nil else {
            throw ValidationError("Give either --resident or --pms-unit.")
        }
        guard resident == nil && pmsUnit == nil || property != nil else {
            throw ValidationError("--resident and --pms-unit go with --property.")
        }
    }

    private var job: SyncJob {
        if let resident {
            return .part(.resident(PMSResidentID(resident)), isPreview: preview)
        }
        if let pmsUnit { return .part(.pmsUnit(PMSUnitID(pmsUnit)), isPreview: preview) }
        return preview ? .preview : .sync
    }

    func run() async throws {
        let started = ContinuousClock.now
        let (reports, plans) = try await global.open { lintel in
            let chosen =
                if let property {
                    [try await lintel.operations.property(property)]
                } else {
                    try await lintel.operations.properties().map(\.property)
                }
            let progress = ProgressPrinter(properties: chosen.count)
            let reports = await lintel.engine.sync(chosen, job: job, observer: progress)
            progress.done()
            if let output, let document = reports.first?.document {
                try PlanFile.write(try await lintel.operations.keepPlan(document), to: output)
                note("the plan is in \(output); apply it with: lintel apply \(output)")
            }
            let plans = try await RunOutcome.plans(
                of: reports,
                lintel.operations,
                for: global.format
            )
            return (reports, plans)
        }
        try RunOutcome(reports, started: started, plans: plans).print(global.format)
    }
}
