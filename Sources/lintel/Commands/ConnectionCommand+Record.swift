import ArgumentParser
import ConnectorKit
import Foundation
import Operations
import Server

extension ConnectionCommand {
    /// Keeps what a PMS answered, for a bug report.
    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read one PMS property and keep the exchange, redacted, for a bug report.",
            discussion: """
                Names of members, statuses and the words of refusals stay. Of everything else each letter \
                becomes x and each digit 9. Credentials are left out. Nothing is synced.
                """
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The connection.") var name: String
        @Option(help: ArgumentHelp("What the PMS calls the property.", valueName: "id"))
        var pmsProperty: String
        @Option(help: ArgumentHelp("The file to write.", valueName: "path")) var output: String

        /// How many records that could not be read are told of.
        private static let problemsShown = 50

        func run() async throws {
            let recording = try await global.open {
                try await $0.operations.record(name, pmsProperty: pmsProperty)
            }
            let problems = recording.problems.prefix(Self.problemsShown)
            let unshown = recording.problems.count - problems.count
            let rest = unshown > 0 ? ["and \(unshown) more problems"] : []
            // Ids of residents are for the one who records, not for the file.
            let told = problems.map { problem in
                "\(problem.place): " + String(problem.message.map { $0.isNumber ? "9" : $0 })
            }
            let end = told + rest + [recording.failure ?? "read to its end"]
            let parts = recording.exchanges + [end.joined(separator: "\n")]
            let text = parts.joined(separator: "\n\n────────\n\n") + "\n"
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
            } catch {
                throw OperationError("the file \(output) cannot be written")
            }
            for problem in problems { note("\(problem.place): \(problem.message)") }
            for line in rest + [recording.failure].compactMap(\.self) { note(line) }
            let count = recording.exchanges.count
            note("\(count) exchanges are in \(output); look at it before you send it")
        }
    }
}
