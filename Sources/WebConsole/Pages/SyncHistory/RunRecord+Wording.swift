import LintelModel
import Storage

extension RunRecord {
    /// What it did, counted; empty where that is nothing.
    var did: String {
        let parts = [
            (created, "brought in"), (linked, "linked"), (updated, "updated"),
            (assigned, "assigned"), (ended, "ended"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
            .joined(separator: ", ")
    }

    /// The same, with whether it was done.
    var doings: String {
        let isDone = outcome != .previewed && outcome != .held
        return isDone || did.isEmpty ? did : "not done: \(did)"
    }

    /// What it had to say besides; that it is an undo is said elsewhere.
    var said: [String] {
        let lines = message.split(separator: "\n").map(String.init)
        return undoes == nil && outcome != .previewed
            ? lines : lines.filter { !$0.hasPrefix("undo of run ") }
    }

    /// When it began, in the property's zone.
    func began(_ visit: Visit) -> String {
        let day = Wording.day(visit.clock.day(at: startedAt), today: visit.today)
        return "\(day) at \(visit.clock.hour(at: startedAt))"
    }

    /// How long it took.
    var took: String {
        let tenths = (milliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

extension RunRecord.Outcome {
    var title: String { word.prefix(1).uppercased() + word.dropFirst() }

    /// As a word within a sentence.
    var word: String {
        switch self {
        case .running: "under way"
        case .applied: "applied"
        case .unchanged: "nothing changed"
        case .previewed: "preview"
        case .held: "held"
        case .failed: "failed"
        case .skipped: "skipped"
        }
    }

    var sentence: String {
        switch self {
        case .running: "still under way"
        case .applied: "applied in full"
        case .unchanged: "there was nothing to change"
        case .previewed: "shown and not applied"
        case .held: "held by the brake; nothing of it was applied"
        case .failed: "failed; nothing of it was applied"
        case .skipped: "skipped"
        }
    }

    /// The soft colour of the outcome.
    var kind: String {
        switch self {
        case .applied: "ok"
        case .running, .previewed: "sug"
        case .held: "see"
        case .failed: "no"
        case .unchanged, .skipped: "plain"
        }
    }
}
