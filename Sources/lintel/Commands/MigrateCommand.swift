import ArgumentParser
import Server

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to the schema of this version; other commands do so too."
    )
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let applied = try await Lintel.migrate(try global.location)
        // Opening makes the key file, so that credentials can be stored from here on.
        try await global.open { _ in }
        try Listing(
            columns: ["applied"],
            rows: applied.map { [$0] },
            empty: "The database has the current schema."
        ).print(global.format, json: ["applied": applied])
    }
}
