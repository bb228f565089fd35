import LintelModel
import Operations
import Storage

extension PeopleIndex.Standing {
    var title: String {
        switch self {
        case .current: "Current"
        case .upcoming: "Upcoming"
        case .unplaced: "Without a unit"
        case .past: "Past"
        case .archived: "Archived"
        }
    }

    /// The soft colour of the state.
    var kind: String {
        switch self {
        case .current: "ok"
        case .upcoming: "sug"
        case .unplaced: "see"
        case .past, .archived: "plain"
        }
    }
}

extension Person {
    /// The name, or what to call somebody whose name was never stated.
    var displayName: String { name.isEmpty ? email ?? "Somebody without a name" : name }
}

/// Assignments in words.
enum StayWords {
    /// The last day, or the one expected.
    static func until(_ assignment: Assignment, today: CivilDate) -> String {
        if let until = assignment.until { return Wording.day(until, today: today) }
        return assignment.expectedUntil.map { "\(Wording.day($0, today: today)) expected" } ?? ""
    }
}

/// Runs in words.
enum SyncWords {
    /// How the last run went, as `Synced 12 minutes ago: 3 changes.` for example.
    static func last(_ run: RunRecord, now: Timestamp, _ clock: CivilClock) -> String {
        let time = Wording.time(run.startedAt, now: now, clock)
        switch run.outcome {
        case .applied: return "Synced \(time): \(changes(run))."
        case .unchanged: return "Synced \(time): nothing had changed."
        case .held: return "Synced \(time): the brake holds the plan until somebody decides."
        case .failed: return "The sync \(time) failed: \(run.message)."
        case .skipped: return "The sync \(time) was skipped: \(run.message)."
        case .running: return "A sync is under way."
        case .previewed: return "Previewed \(time)."
        }
    }

    private static func changes(_ run: RunRecord) -> String {
        let parts = [
            (run.created, "brought in"), (run.linked, "linked"), (run.updated, "updated"),
            (run.assigned, "assigned"), (run.ended, "ended"),
        ]
        .filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
        return parts.isEmpty ? "applied" : parts.joined(separator: ", ")
    }
}
