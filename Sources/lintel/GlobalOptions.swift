import ArgumentParser
import LintelModel
import Operations
import Server

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(help: "How results are printed: table, json or csv.")
    var format: OutputFormat = .table

    @Option(
        help: ArgumentHelp(
            "Where the directory is kept: sqlite:PATH or postgres://USER@HOST:PORT/NAME. "
                + "Default: LINTEL_DATABASE, else a file in the data folder.",
            valueName: "url"
        )
    )
    var database: String?

    var location: DatabaseLocation {
        get throws { try DatabaseLocation.chosen(database) }
    }

    /// Opens the database and hands over what works on it.
    func open<Result: Sendable>(
        _ body: (Lintel) async throws -> Result
    ) async throws -> Result {
        try await Lintel.open(try location, body)
    }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case csv
}

/// The property that a command is about.
struct PropertyOption: ParsableArguments {
    @Option(help: ArgumentHelp("The property, by name or id.", valueName: "property"))
    var property: String
}

extension Operations {
    /// The property of an option that may be missing.
    func property(optional reference: String?) async throws -> Property? {
        guard let reference else { return nil }
        return try await property(reference)
    }
}
