import ArgumentParser
import LintelModel
import Operations
import Server
import Storage

struct PropertyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "property",
        abstract: "Properties, and what is attached to them.",
        subcommands: [
            Add.self, List.self, Attach.self, ChangePMS.self, Detach.self, Import.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a property.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The property's name.") var name: String
        @Option(help: "Its IANA time zone, such as America/New_York.") var timeZone: String

        func run() async throws {
            let property = try await global.open {
                try await $0.operations.addProperty(name: name, timeZone: timeZone)
            }
            try PropertyList([.init(property: property, lastSync: nil)]).print(global.format)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the properties.")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let all = try await global.open { try await $0.operations.properties() }
            try PropertyList(all.map { .init(property: $0.property, lastSync: $0.lastSync) })
                .print(global.format)
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attach PMS properties to a property and read their units."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The property, by name or id.") var name: String
        @Option(help: "The connection to the PMS.") var connection: String
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp("What the PMS calls them; several at once.", valueName: "id")
        )
        var pmsProperty: [String]
        @Option(
            help: ArgumentHelp(
                "The code it had before: residents, units and mapping are carried over.",
                valueName: "id"
            )
        )
        var replaces: String?

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(name)
                try await lintel.operations.attach(
                    property,
                    to: connection,
                    pmsProperties: pmsProperty,
                    replacing: replaces
                )
                note("\(pmsProperty.joined(separator: ", ")) attached to \(property.name)")
            }
        }
    }

    struct Detach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Detach a PMS property; its people stay as they are until it is said otherwise."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The property, by name or id.") var name: String
        @Option(help: ArgumentHelp("What the PMS calls it.", valueName: "id"))
        var pmsProperty: String
        @Option(help: "Its people: freeze (as they are), keep (as by hand) or end.")
        var residents: Operations.DetachedResidents = .freeze

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(name)
                let count = try await lintel.operations.detach(
                    property,
                    pmsProperty: pmsProperty,
                    residents: residents
                )
                let outcome =
                    switch residents {
                    case .freeze: "its people stay as they are"
                    case .keep: "\(count) assignments are kept as by hand"
                    case .end: "\(count) assignments ended"
                    }
                note("\(pmsProperty) detached from \(property.name); \(outcome)")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Onboard a portfolio: a property for every PMS property not attached yet.",
            discussion: """
                Each is attached, its PMS units are imported as units and mapped, and User Sync is turned on.
                """
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: "The connection to the PMS.") var connection: String
        @Option(help: "The IANA time zone of the new properties.") var timeZone: String

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let name: String
                let pmsProperty: String
                let units: Int
                let refused: [String]
            }
            let imported = try await global.open { lintel in
                try await lintel.operations.importProperties(
                    through: connection,
                    timeZone: timeZone
                ) { done, all in
                    if done % 50 == 0 { note("\(done) of \(all) properties") }
                }
            }
            for property in imported {
                for refusal in property.refused { note("\(property.property.name): \(refusal)") }
            }
            let rows = imported.map {
                Row(
                    id: $0.property.id.text,
                    name: $0.property.name,
                    pmsProperty: $0.pmsProperty.text,
                    units: $0.units,
                    refused: $0.refused
                )
            }
            try Listing(
                columns: ["id", "name", "pms_property", "units"],
                rows: rows.map { [$0.id, $0.name, $0.pmsProperty, String($0.units)] },
                empty: "Every PMS property of this connection is attached already."
            ).print(global.format, json: ["properties": rows])
        }
    }
}

extension Operations.DetachedResidents: ExpressibleByArgument {}

/// Properties as `property list` prints them.
private struct PropertyList {
    struct Item {
        let property: Property
        let lastSync: Timestamp?
    }

    private struct Row: Encodable {
        let id: String
        let name: String
        let timeZone: String
        let lastSync: String?

        enum Key: String, CodingKey {
            case id
            case name
            case timeZone
            case lastSync
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(id, forKey: .id)
            try container.encode(name, forKey: .name)
            try container.encode(timeZone, forKey: .timeZone)
            // A key that is always there, null before the first sync.
            try container.encode(lastSync, forKey: .lastSync)
        }
    }

    private let rows: [Row]

    init(_ items: [Item]) {
        rows = items.map {
            Row(
                id: $0.property.id.text,
                name: $0.property.name,
                timeZone: $0.property.timeZone,
                lastSync: $0.lastSync?.iso8601
            )
        }
    }

    func print(_ format: OutputFormat) throws {
        try Listing(
            columns: ["id", "name", "time_zone", "last_sync"],
            rows: rows.map { [$0.id, $0.name, $0.timeZone, $0.lastSync ?? ""] },
            empty: "No properties yet. Add one: lintel property add NAME --time-zone ZONE"
        ).print(format, json: ["properties": rows])
    }
}
