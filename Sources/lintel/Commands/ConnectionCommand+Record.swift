import ArgumentParser
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

        func run() async throws {
            let recording = try await global.open {
                try await $0.operations.record(name, pmsProperty: pmsProperty)
            }
            let parts = recording.exchanges + [recording.failure ?? "read to its end"]
            let text = parts.joined(separator: "\n\n────────\n\n") + "\n"
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
            } catch {
                throw OperationError("the file \(output) cannot be written")
            }
            let count = recording.exchanges.count
            note("\(count) exchanges are in \(output); look at it before you send it")
        }
    }
}
