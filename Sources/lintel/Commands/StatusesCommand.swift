import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Server
import Storage

struct StatusesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statuses",
        abstract: "What the PMS's lease status words mean here.",
        subcommands: [List.self, Map.self, Exclude.self, Include.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List every raw word, who carries it, what it means, and whether it is excluded."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption

        func run() async throws {
            struct Row: Encodable {
                let word: String
                let status: String
                let isExcluded: Bool
                let residents: Int
            }
            let words = try await global.open { lintel in
                try await lintel.operations.statuses(
                    of: try await lintel.operations.property(chosen.property)
                )
            }
            let rows = words.map {
                Row(
                    word: $0.word,
                    status: ($0.meaning.status ?? $0.vendorStatus ?? .unknown).rawValue,
                    isExcluded: $0.meaning.isExcluded,
                    residents: $0.residents
                )
            }
            try Listing(
                columns: ["word", "status", "excluded", "residents"],
                rows: rows.map {
                    [$0.word, $0.status, $0.isExcluded ? "yes" : "", String($0.residents)]
                },
                empty: "No lease status has been read yet. Sync now: lintel sync --all"
            ).print(global.format, json: ["statuses": rows])
        }
    }

    struct Map: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what a word means.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption
        @Argument(help: "The PMS's own word.") var word: String
        @Argument(
            help: "applicant, future, current, notice, past, cancelled or evicted."
        )
        var status: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(chosen.property)
                try await lintel.operations.mapStatus(word, to: status, of: property)
                note("“\(word)” means \(status) at \(property.name) from the next sync on")
            }
        }
    }

    struct Exclude: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring in and update nobody with that word; endings go on."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption
        @Argument(help: "The PMS's own word.") var word: String

        func run() async throws {
            try await global.exclude(word, true, at: chosen)
        }
    }

    struct Include: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in residents with an excluded word again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var chosen: PropertyOption
        @Argument(help: "The PMS's own word.") var word: String

        func run() async throws {
            try await global.exclude(word, false, at: chosen)
        }
    }
}

extension GlobalOptions {
    fileprivate func exclude(
        _ word: String,
        _ isExcluded: Bool,
        at chosen: PropertyOption
    ) async throws {
        try await open { lintel in
            let property = try await lintel.operations.property(chosen.property)
            try await lintel.operations.exclude(word, isExcluded, of: property)
            let state = isExcluded ? "excluded" : "included"
            note("“\(word)” is \(state) at \(property.name) from the next sync on")
        }
    }
}
