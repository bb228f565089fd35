import ArgumentParser
import LintelModel
import Operations
import Server

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "The switches and numbers of a property.",
        subcommands: [Show.self, Set.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show every setting.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            let property = try await global.open {
                try await $0.operations.property(place.property)
            }
            let settings = property.settings
            let values = PropertySettings.keys.map { ($0.name, $0.get(settings)) }
            try Listing(
                columns: ["key", "value", "meaning"],
                rows: PropertySettings.keys.map { [$0.name, $0.get(settings), $0.summary] }
            ).print(global.format, json: Dictionary(uniqueKeysWithValues: values))
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a setting.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The setting's key; see: lintel settings show.") var key: String
        @Argument(help: "Its value.") var value: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                try await lintel.operations.set(key, of: property, to: value)
                note("\(key) of \(property.name) is \(value)")
            }
        }
    }
}
