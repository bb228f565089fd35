import ArgumentParser
import Operations
import Server
import Storage
import SyncEngine

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a previewed plan exactly as it is, or say that it is stale.",
        discussion: """
            The file is one that `lintel sync --preview --output PLAN` wrote. A file that was changed is refused \
            (exit 1); where the directory has changed since, nothing is applied (exit 4); a plan the brake objects \
            to is held (exit 3).
            """
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file with the plan.") var plan: String

    func run() async throws {
        let data = try PlanFile.read(plan)
        let reports = try await global.open { lintel in
            let (document, property) = try await lintel.operations.readPlan(data)
            try await lintel.operations.noteRequest("plan apply asked for", of: property)
            return await lintel.engine.sync(
                [property],
                job: .apply(document),
                observer: ProgressPrinter(properties: 1)
            )
        }
        try RunOutcome(reports).print(global.format)
    }
}
