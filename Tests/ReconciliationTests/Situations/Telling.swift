import Foundation
import LintelModel
import Reconciliation
import ReconciliationTesting
import Testing

/// A story written down while it is told: what happened in the PMS, what was decided, and what each run made of
/// it, as a property manager reads it.
///
/// The brake is on, and some neighbours to whom nothing happens make the house large enough for it.
/// `Goldens/situations` holds the tellings; `LINTEL_REWRITE_GOLDENS=1` writes them anew.
struct Telling {
    var story: Story
    private var text: String
    private let neighbours: Set<PersonID>

    /// A house with units 101 to 106 before the first step, and that many neighbours in units of their own.
    init(
        day: String = "2026-03-01",
        zone: String = "America/New_York",
        neighbours count: Int = 8,
        _ build: (inout Story) -> Void = { _ in }
    ) {
        story = Story(day: day, zone: zone) {
            for unit in 101...106 { $0.unit("\(unit)") }
            for number in 0..<count {
                $0.unit("\(901 + number)")
                $0.resident(
                    "n\(number)",
                    "Neighbour",
                    "No\(number)",
                    unit: "\(901 + number)",
                    .current,
                    moveIn: "2010-01-05"
                )
            }
            $0.isBraked = true
            build(&$0)
        }
        let outcome = story.sync()
        #expect(outcome.broken == [])
        neighbours = Set(story.directory.people.keys)
        text = "a house in \(zone), \(day), \(neighbours.count) residents in it\n"
    }

    /// Tells what the PMS says from now on, and syncs.
    @discardableResult
    mutating func pms(
        _ what: String,
        on day: String? = nil,
        incomplete: Set<String> = [],
        missing: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout Story) -> Void = { _ in }
    ) -> SyncOutcome {
        if let day { story.go(to: day) }
        text += "\nthe PMS: \(what)\n"
        edit(&story)
        return run(incomplete: incomplete, missing: missing, location)
    }

    /// Tells what a person decided or did by hand, and syncs.
    @discardableResult
    mutating func decided(
        _ what: String,
        on day: String? = nil,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout Story) -> Void
    ) -> SyncOutcome {
        if let day { story.go(to: day) }
        text += "\ndecided: \(what)\n"
        edit(&story)
        return run(location)
    }

    /// Undoes a run, the last one that changed anything unless another is named, and syncs.
    @discardableResult
    mutating func undone(
        _ what: String,
        run number: Int? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) -> SyncOutcome {
        text += "\nundone: \(what)\n"
        let undo = story.undo(number)
        text += report(undo.plan)
        for refusal in undo.refusals { text += "  left as it is: \(named(refusal))\n" }
        text += "then the next sync\n"
        return run(location)
    }

    /// Lets minutes pass, tells what the PMS says then, and syncs.
    @discardableResult
    mutating func later(
        _ minutes: Int,
        _ what: String,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout Story) -> Void = { _ in }
    ) -> SyncOutcome {
        story.wait(minutes: minutes)
        return pms(what, location, edit)
    }

    /// Compares the telling, and who stands where in the end, with the golden file of that name.
    func check(_ name: String, _ location: SourceLocation = #_sourceLocation) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Goldens/situations/\(name).txt")
        let telling = text + "\nin the end\n" + standing()
        if ProcessInfo.processInfo.environment["LINTEL_REWRITE_GOLDENS"] == "1" {
            try telling.write(to: file, atomically: true, encoding: .utf8)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(telling == golden, sourceLocation: location)
    }

    private mutating func run(
        incomplete: Set<String> = [],
        missing: Set<String> = [],
        _ location: SourceLocation
    ) -> SyncOutcome {
        let before = story.held
        let outcome = story.run(incomplete: incomplete, missing: missing, location)
        text += report(outcome.plan)
        if story.isBraked {
            for objection in outcome.objections { text += "  HELD: \(objection.sentence)\n" }
            if outcome.objections.isEmpty, !before.isEmpty { text += "  no longer held\n" }
        }
        return outcome
    }

    private func report(_ plan: Plan) -> String {
        let people = names(plan)
        return named(
            PlanReport(units: story.directory.units) { people[$0] }.text(plan)
        )
    }

    /// Everybody here and in a plan that is held, by name.
    private func names(_ plan: Plan) -> [PersonID: String] {
        var people = story.directory.people
        for planned in plan.changes {
            guard case .person(_, let after) = planned.change, people[after.id] == nil else {
                continue
            }
            people[after.id] = after
        }
        return people.mapValues(Self.name)
    }

    /// Alerts name people by id, which nobody can read.
    private func named(_ text: String) -> String {
        story.directory.people.values.sorted { $0.id < $1.id }.reduce(text) { text, person in
            text.replacingOccurrences(
                of: person.id.text,
                with: Self.name(person)
            )
        }
    }

    private static func name(_ person: Person) -> String {
        [person.firstName, person.lastName].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func standing() -> String {
        var lines: [String] = []
        for person in story.directory.people.values.sorted(by: { $0.id < $1.id })
        where !neighbours.contains(person.id) || !isUntouched(person) {
            var line = "  \(Self.name(person))"
            line += " <\(person.email ?? "no e-mail")>" + (person.isArchived ? ", archived" : "")
            let stays = story.stays(of: person.id)
            line += ": " + (stays.isEmpty ? "no unit" : stays.joined(separator: "; "))
            lines.append(line + "\n")
        }
        return lines.joined() + "  everybody else as in the beginning\n"
    }

    private func isUntouched(_ person: Person) -> Bool {
        story.directory.assignments.values.filter { $0.person == person.id }
            .map(\.state) == [.current]
    }
}

extension Telling {
    /// Ana Diaz, current in 101 since January and seen by a first sync.
    static func ana(
        day: String = "2026-03-01",
        _ more: (inout Story) -> Void = { _ in }
    ) -> Telling {
        var telling = Telling(day: day)
        telling.pms("Ana Diaz is current in 101") {
            $0.resident("r1", "Ana", "Diaz", unit: "101", .current, moveIn: "2026-01-05")
            more(&$0)
        }
        return telling
    }
}
