import ArgumentParser
import LintelModel
import Operations
import Server

struct UpcomingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upcoming",
        abstract: "The move-ins, move-outs and transfers ahead, and what they wait on."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: "How many days to look ahead.") var days = 14
    @Option(help: ArgumentHelp("Only this property's.", valueName: "property"))
    var property: String?

    func validate() throws {
        guard (0...3_650).contains(days) else {
            throw ValidationError("--days is a number from 0 to 3650.")
        }
    }

    func run() async throws {
        let moves = try await global.open { lintel in
            try await lintel.operations.upcoming(
                days: days,
                of: try await lintel.operations.property(optional: property)
            )
        }
        try Listing(
            columns: ["date", "kind", "property", "unit", "name", "pms_resident_id", "waits_on"],
            rows: moves.map {
                [
                    $0.date, $0.kind.rawValue, $0.property, $0.unit, $0.name,
                    $0.pmsResidentId ?? "", $0.waitsOn ?? "",
                ]
            },
            empty: "Nobody moves in the next \(days) days."
        ).print(global.format, json: ["moves": moves])
    }
}
