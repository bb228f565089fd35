import LintelModel
import Operations
import Storage
import SyncEngine

/// Sync Now: asking for a sync, and watching it.
enum SyncPages {
    static let routes: [Route] = [
        .page("/properties/:property/sync", progress),
        .page("/properties/:property/sync/events") { visit in
            .progress(try visit.theProperty().id)
        },
        .form("/properties/:property/sync", sync),
    ]

    private struct Progress: Sendable {
        let lead: String
        let here: String
        let events: String
        let isRunning: Bool
        let text: String
        let run: String?
        let mayOperate: Bool
    }

    private static func progress(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let progress = visit.console.desk.progress(of: property.id)
        let isRunning = progress.map { !$0.isFinished } ?? false
        var text =
            "No sync was asked for since the server began. Syncs run by themselves every hour."
        var run: String?
        if case .finished(let id, let outcome, let message)? = progress?.phase {
            text = SyncOutcome.words(outcome) + (message.isEmpty ? "" : " \(message)")
            run = visit.at("sync-history", id.text)
        } else if let progress {
            text = Console.words(progress)
        }
        let model = Progress(
            lead: isRunning ? "Under way" : "Over",
            here: visit.at("sync"),
            events: visit.at("sync", "events"),
            isRunning: isRunning,
            text: text,
            run: run,
            mayOperate: visit.may(.operate) && property.settings.userSync
        )
        return .page(
            Page(template: "sync", title: "Sync", section: .people, model: model)
        )
    }

    private static func sync(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        guard property.settings.userSync else {
            return .redirect(
                to: visit.at("integrations"),
                .attention("User Sync is off: nothing is synced. It is turned on here.")
            )
        }
        try await visit.operations.noteRequest("sync asked for", of: property)
        visit.console.desk.ask(.sync, of: property)
        return .redirect(to: visit.at("sync"))
    }
}

/// How a run ended, as a sentence.
enum SyncOutcome {
    static func words(_ outcome: RunRecord.Outcome) -> String {
        switch outcome {
        case .applied: "The sync is over and its changes are made."
        case .unchanged: "The sync is over; there was nothing to change."
        case .held: "The plan is held: it would take more people out of units than is usual."
        case .failed: "The sync failed; everybody stays as they are."
        case .skipped: "The sync was skipped."
        case .previewed: "The preview is made."
        case .running: "The sync is under way."
        }
    }
}
