import ArgumentParser
import LintelModel
import Operations
import Server
import Storage
import SyncEngine

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Reverse a run.",
        discussion: """
            What something later has overwritten is left as it is and listed. What is undone stays so until the \
            PMS says something else, or its pin is released (lintel pins).
            """
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The run's id.") var run: String
    @Flag(help: "Show what would change and write nothing.") var preview = false

    func run() async throws {
        let (reports, plans) = try await global.open { lintel in
            let (run, property) = try await lintel.operations.runToUndo(run)
            if !preview {
                try await lintel.operations.noteRequest(
                    "undo asked for",
                    of: property,
                    run.id.text
                )
            }
            let reports = await lintel.engine.sync(
                [property],
                job: .undo(run.id, isPreview: preview),
                observer: ProgressPrinter(properties: 1)
            )
            return (
                reports,
                try await RunOutcome.plans(
                    of: reports,
                    lintel.operations,
                    for: global.format
                )
            )
        }
        try RunOutcome(reports, plans: plans).print(global.format)
    }
}
