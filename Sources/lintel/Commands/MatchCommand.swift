import ArgumentParser
import Foundation
import Operations

struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Match lists of units from a file; reads and writes no directory.",
        discussion: """
            The input has the columns case_id, side (pms or access), property, building, unit, floor and \
            external_id. The output has case_id, pms_external_id, unit_external_id, confidence, auto and \
            reason: one row a candidate, the best first, auto 1 for what a rule proves.
            """
    )

    @Option(help: ArgumentHelp("The file of units.", valueName: "file"))
    var input: String
    @Option(help: ArgumentHelp("Where the proposals go; replaced whole.", valueName: "file"))
    var output: String

    func run() async throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: input))
        } catch {
            throw OperationError("\(input) cannot be read: \(error.localizedDescription)")
        }
        let (text, outcome): ([UInt8], UnitMatchingFile.Outcome)
        do {
            (text, outcome) = try UnitMatchingFile.match(data)
        } catch {
            throw OperationError("\(input): \(error)")
        }
        do {
            try Data(text).write(to: URL(filePath: output), options: .atomic)
        } catch {
            throw OperationError("\(output) cannot be written: \(error.localizedDescription)")
        }
        note(
            "\(outcome.pmsUnits) PMS units of \(outcome.cases) "
                + "\(outcome.cases == 1 ? "case" : "cases"): \(outcome.certain) certain, "
                + "\(outcome.likely) likely, \(outcome.unclear) unclear, "
                + "\(outcome.noCounterpart) without counterpart"
        )
    }
}
