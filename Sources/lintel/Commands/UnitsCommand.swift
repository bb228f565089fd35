import ArgumentParser
import Foundation
import LintelModel
import Operations
import Server

struct UnitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units",
        abstract: "The units of a property.",
        subcommands: [Add.self, Import.self, List.self, Delete.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add one unit.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The unit's name, such as 12B.") var name: String
        @Option(help: "Its building.") var building = ""
        @Option(help: "Its floor.") var floor = ""
        @Option(help: "What another system calls it.") var externalID: String?

        func run() async throws {
            let unit = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.addUnit(
                    name,
                    building: building,
                    floor: floor,
                    externalID: externalID,
                    to: property
                )
            }
            try UnitList([unit]).print(global.format)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the units.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            let units = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.units(of: property)
            }
            try UnitList(units).print(global.format)
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a unit that nobody stands in and nothing is mapped to."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The unit, by name or id.") var name: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                try await lintel.operations.deleteUnit(name, of: property)
                note("\(name) deleted")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add units from a CSV file; the same file again changes nothing.",
            discussion: """
                Columns: name (required), building, floor, external_id. All rows or none, unless \
                --skip-bad-rows is given.
                """
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The file.", completion: .file()) var file: String
        @Flag(help: "Say what would happen and write nothing.") var dryRun = false
        @Flag(help: "Import the good rows although others are refused.") var skipBadRows = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw OperationError("cannot read the file \(file)")
            }
            let rows = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.importUnits(
                    data,
                    into: property,
                    isDryRun: dryRun,
                    skipsBadRows: skipBadRows
                )
            }
            try report(rows)
        }

        private func report(_ rows: [Operations.UnitRow]) throws {
            struct Result: Encodable {
                var new = 0
                var changed = 0
                var unchanged = 0
                var refused = 0
                var written: Bool
            }
            var result = Result(written: !dryRun)
            for row in rows {
                switch row.fate {
                case .new: result.new += 1
                case .changed: result.changed += 1
                case .unchanged: result.unchanged += 1
                case .refused(let why):
                    result.refused += 1
                    note("line \(row.line): “\(row.value)”: \(why)")
                }
            }
            let stopped = result.refused > 0 && !skipBadRows
            if stopped { result.written = false }
            try Listing(
                columns: ["new", "changed", "unchanged", "refused"],
                rows: [
                    [result.new, result.changed, result.unchanged, result.refused].map(
                        String.init
                    )
                ]
            ).print(global.format, json: result)
            guard stopped else { return }
            note("nothing was imported; repair the lines above, or use --skip-bad-rows")
            throw ExitCode(1)
        }
    }
}

/// Units as `units list` prints them.
private struct UnitList {
    private struct Row: Encodable {
        let id: String
        let building: String
        let name: String
        let floor: String
        let externalId: String?
    }

    private let rows: [Row]

    init(_ units: [LintelModel.Unit]) {
        rows = units.map {
            Row(
                id: $0.id.text,
                building: $0.building,
                name: $0.name,
                floor: $0.floor,
                externalId: $0.externalID
            )
        }
    }

    func print(_ format: OutputFormat) throws {
        try Listing(
            columns: ["id", "building", "name", "floor", "external_id"],
            rows: rows.map { [$0.id, $0.building, $0.name, $0.floor, $0.externalId ?? ""] },
            empty:
                "No units yet. Add them: lintel units import FILE, or lintel mapping import-units"
        ).print(format, json: ["units": rows])
    }
}
