import ArgumentParser
import DelimitedText
import Foundation
import LintelModel
import Operations
import Reconciliation
import Server
import UnitMatching

struct MappingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Which unit each PMS unit is.",
        subcommands: [
            List.self, Suggest.self, AcceptCertain.self, Export.self, Import.self, ImportUnits.self,
            Set.self,
            Remove.self, Ignore.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List PMS units with their mapping."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            struct Row: Encodable {
                let pmsProperty: String
                let pmsUnit: String
                let parent: String?
                let pmsBuilding: String
                let pmsName: String
                let listed: Bool
                let state: String
                let unitId: String?
                let unit: String?
                let building: String?
                let joined: Bool
            }
            let rows = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.mapping(of: property).map { row in
                    Row(
                        pmsProperty: row.pmsProperty.text,
                        pmsUnit: row.known.unit.id.text,
                        parent: row.known.unit.parent?.text,
                        pmsBuilding: row.known.unit.building,
                        pmsName: row.known.unit.name,
                        listed: row.known.isListed,
                        state: row.state,
                        unitId: row.unit?.id.text,
                        unit: row.unit?.name,
                        building: row.unit?.building,
                        joined: row.isShared
                    )
                }
            }
            try Listing(
                columns: [
                    "pms_property", "pms_unit", "pms_building", "pms_name", "state", "building",
                    "unit",
                    "note",
                ],
                rows: rows.map { row in
                    var notes: [String] = []
                    if !row.listed { notes.append("no longer in the PMS") }
                    if row.joined { notes.append("several PMS units are this unit") }
                    return [
                        row.pmsProperty, row.pmsUnit, row.pmsBuilding, row.pmsName, row.state,
                        row.building ?? "", row.unit ?? "", notes.joined(separator: "; "),
                    ]
                },
                empty: "No PMS units yet. Attach a PMS property: lintel property attach"
            ).print(global.format, json: ["mapping": rows])
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the mapping as CSV, to be edited and imported again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            let rows = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.exportMapping(of: property)
            }
            // A file to import again, whatever the format of other commands.
            var writer = DelimitedWriter()
            writer.append(Operations.mappingColumns)
            for row in rows { writer.append(row) }
            writeOutput(Data(writer.bytes))
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a mapping from CSV; all rows or none."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The file.", completion: .file()) var file: String

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw OperationError("cannot read the file \(file)")
            }
            let outcome = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.importMapping(data, of: property)
            }
            for refusal in outcome.refused {
                note("line \(refusal.line): “\(refusal.value)”: \(refusal.why)")
            }
            try Listing(
                columns: ["changed", "refused"],
                rows: [[String(outcome.changed), String(outcome.refused.count)]]
            ).print(
                global.format,
                json: ["changed": outcome.changed, "refused": outcome.refused.count]
            )
            if !outcome.refused.isEmpty {
                note("nothing was changed; repair the lines above")
                throw ExitCode(1)
            }
        }
    }

    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what each unmapped PMS unit may be, how sure that is, and why."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            struct Candidate: Encodable {
                let unitId: String
                let unit: String
                let confidence: Double
                let shared: Bool
                let reason: String
                let takenBy: [String]
            }
            struct Row: Encodable {
                let pmsProperty: String
                let pmsUnit: String
                let pmsName: String
                let verdict: String
                let candidates: [Candidate]
            }
            let rows = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.suggestions(of: property).map { suggestion in
                    Row(
                        pmsProperty: suggestion.row.pmsProperty.text,
                        pmsUnit: suggestion.row.known.unit.id.text,
                        pmsName: suggestion.row.known.unit.label,
                        verdict: suggestion.verdict.words,
                        candidates: suggestion.candidates.map {
                            Candidate(
                                unitId: $0.unit.id.text,
                                unit: $0.unit.label,
                                confidence: $0.confidence,
                                shared: $0.isShared,
                                reason: $0.reason,
                                takenBy: $0.takenBy.map(\.label)
                            )
                        }
                    )
                }
            }
            let lines = rows.flatMap { row in
                guard !row.candidates.isEmpty else {
                    return [[row.pmsUnit, row.pmsName, row.verdict, "", "", ""]]
                }
                return row.candidates.enumerated().map { index, candidate in
                    let taken =
                        candidate.takenBy.isEmpty
                        ? "" : "; mapped already: " + candidate.takenBy.joined(separator: ", ")
                    return [
                        index == 0 ? row.pmsUnit : "", index == 0 ? row.pmsName : "",
                        index == 0 ? row.verdict : "", candidate.unit,
                        candidate.shared ? "shared" : "\(Int(candidate.confidence * 100)) %",
                        candidate.reason + taken,
                    ]
                }
            }
            try Listing(
                columns: ["pms_unit", "pms_name", "verdict", "unit", "confidence", "reason"],
                rows: lines,
                empty: "Every PMS unit is mapped or ignored."
            ).print(global.format, json: ["suggestions": rows])
        }
    }

    struct AcceptCertain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Map every PMS unit whose unit a rule proves; doubtful ones wait for a person."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            struct Row: Encodable {
                let pmsUnit: String
                let unit: String
                let reason: String
            }
            let rows = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.acceptCertain(of: property).map {
                    Row(pmsUnit: $0.pmsUnit.label, unit: $0.unit.label, reason: $0.reason)
                }
            }
            try Listing(
                columns: ["pms_unit", "unit", "reason"],
                rows: rows.map { [$0.pmsUnit, $0.unit, $0.reason] },
                empty:
                    "Nothing more is certain. See lintel mapping suggest, and map the rest by hand: "
                    + "lintel mapping set PMS_UNIT UNIT"
            ).print(global.format, json: ["mapped": rows])
        }
    }

    struct ImportUnits: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make units out of unmapped PMS units and map them."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption

        func run() async throws {
            struct Result: Encodable {
                let made: Int
                let mapped: Int
                let refused: [String]
            }
            let outcome = try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                return try await lintel.operations.importPMSUnits(of: property)
            }
            for refusal in outcome.refused { note(refusal) }
            try Listing(
                columns: ["made", "mapped", "refused"],
                rows: [[outcome.made, outcome.mapped, outcome.refused.count].map(String.init)]
            ).print(
                global.format,
                json: Result(
                    made: outcome.made,
                    mapped: outcome.mapped,
                    refused: outcome.refused
                )
            )
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Map a PMS unit to a unit; takes effect in the next run."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The PMS unit, by its PMS id.") var pmsUnit: String
        @Argument(help: "The unit, by id or name.") var unit: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                try await lintel.operations.map(pmsUnit, to: unit, of: property)
                note("\(pmsUnit) is \(unit) from the next run on")
            }
        }
    }

    struct Ignore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a PMS unit assign nobody: a parking space, a model apartment."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The PMS unit, by its PMS id.") var pmsUnit: String

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                try await lintel.operations.ignore(pmsUnit, of: property)
                note("\(pmsUnit) assigns nobody from the next run on")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove the mapping of a PMS unit."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var place: PropertyOption
        @Argument(help: "The PMS unit, by its PMS id.") var pmsUnit: String
        @Option(
            help:
                "What becomes of the unit's residents: keep (as if put there by hand) or unassign."
        )
        var residents: Operations.ResidentsChoice = .keep

        func run() async throws {
            try await global.open { lintel in
                let property = try await lintel.operations.property(place.property)
                let count = try await lintel.operations.unmap(
                    pmsUnit,
                    of: property,
                    residents: residents
                )
                let what = residents == .keep ? "stay, as if put there by hand" : "are unassigned"
                note("mapping of \(pmsUnit) removed; \(count) residents \(what)")
            }
        }
    }
}

extension Operations.ResidentsChoice: ExpressibleByArgument {}
