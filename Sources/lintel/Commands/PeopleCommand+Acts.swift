import ArgumentParser
import Foundation
import LintelModel
import Operations
import Server

extension PeopleCommand {
    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say why things are as they are: the rule, the run, and what the PMS says.",
            discussion: "Also of a PMS resident who is nobody here."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The person by id or e-mail address, or the resident by PMS id.")
        var person: String

        func run() async throws {
            let answer = try await global.open { try await $0.operations.why(person) }
            guard global.format == .table else {
                return try Listing(
                    columns: ["what", "reason", "rule", "run", "at", "pms"],
                    rows: answer.map {
                        [
                            $0.what, $0.reason, $0.rule ?? "", $0.run ?? "", $0.at ?? "",
                            $0.pms ?? "",
                        ]
                    }
                ).print(global.format, json: ["because": answer])
            }
            for because in answer {
                say(because.what)
                say("  because \(because.reason)")
                let origin = [
                    because.rule.map { "rule \($0)" }, because.run.map { "run \($0)" },
                    because.at,
                ].compactMap(\.self).joined(separator: ", ")
                if !origin.isEmpty { say("  \(origin)") }
                if let pms = because.pms { say("  the PMS says now: \(pms)") }
            }
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a person into a unit by hand."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The person, by id, e-mail address or PMS id.") var person: String
        @Argument(help: "The unit, by name or id.") var unit: String
        @Option(help: ArgumentHelp("The first day; today if not given.", valueName: "yyyy-mm-dd"))
        var from: String?
        @Option(help: ArgumentHelp("The last day; open if not given.", valueName: "yyyy-mm-dd"))
        var until: String?
        @Option(help: ArgumentHelp("The unit's property.", valueName: "property"))
        var property: String?

        func run() async throws {
            try await global.open { lintel in
                let chosen = try await lintel.operations.property(optional: property)
                let act = try await lintel.operations.assign(
                    person,
                    to: unit,
                    of: chosen,
                    from: from,
                    until: until
                )
                note("person \(act.person) is put into \(unit)")
            }
        }
    }

    struct Unassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Take a person out of a unit, and keep them out while the PMS says what it says now."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var question: Question
        @Argument(help: "The person, by id, e-mail address or PMS id.") var person: String
        @Argument(help: "The unit, by name or id.") var unit: String
        @Option(help: ArgumentHelp("The unit's property.", valueName: "property"))
        var property: String?

        func run() async throws {
            try await global.open { lintel in
                let chosen = try await lintel.operations.property(optional: property)
                guard try await question.ask(person, lintel.operations) else { return }
                let act = try await lintel.operations.unassign(person, from: unit, of: chosen)
                note("person \(act.person) is taken out of \(unit)\(act.pinned)")
            }
        }
    }

    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Archive a person: every assignment ends, and the PMS does not bring them back."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var question: Question
        @Argument(help: "The person, by id, e-mail address or PMS id.") var person: String

        func run() async throws {
            try await global.open { lintel in
                guard try await question.ask(person, lintel.operations) else { return }
                let act = try await lintel.operations.archive(person)
                note("person \(act.person) is archived\(act.pinned)")
            }
        }
    }

    /// Asks a person at a terminal before something goes against the PMS; a script is not asked.
    struct Question: ParsableArguments {
        @Flag(name: .shortAndLong, help: "Do not ask, also where the PMS says otherwise.")
        var yes = false

        func ask(_ person: String, _ operations: Operations) async throws -> Bool {
            let living = try await operations.stillLiving(person)
            for sentence in living { note("the PMS says: \(sentence)") }
            guard !living.isEmpty, !yes, isatty(STDIN_FILENO) == 1 else { return true }
            note("Do it all the same? [y/N]")
            let answer = readLine()?.lowercased() ?? ""
            return answer == "y" || answer == "yes"
        }
    }
}

extension Operations.Act {
    fileprivate var pinned: String {
        pins == 0 ? "" : ", and stays so until the PMS says something else (see: lintel pins list)"
    }
}
