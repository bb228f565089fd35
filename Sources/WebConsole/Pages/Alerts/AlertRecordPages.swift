import DelimitedText
import LintelModel
import Operations
import Reconciliation
import Storage

/// What is kept of alerts: the file for whoever corrects the PMS, and those closed.
enum AlertRecordPages {
    static let routes: [Route] = [
        .page("/properties/:property/alerts/closed", closed),
        .page("/properties/:property/alerts/corrections.csv", corrections),
    ]

    private static func corrections(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let open = try await visit.operations.alerts(of: property).map(\.alert)
        let subjects = try await visit.operations.subjects(of: open, of: property)
        var writer = DelimitedWriter()
        writer.append([
            "alert", "pms_resident_id", "name", "email_in_the_pms", "email_here",
            "please_correct_in_the_pms",
        ])
        for alert in open {
            for resident in alert.draft.residents {
                writer.append([
                    alert.draft.kind.title, resident.text, subjects[resident]?.name ?? "",
                    subjects[resident]?.email ?? "", subjects[resident]?.personEmail ?? "",
                    alert.draft.detail,
                ])
            }
        }
        return .file(
            name: "please-correct-in-the-pms.csv",
            type: "text/csv; charset=utf-8",
            writer.bytes
        )
    }

    private struct Closed: Sendable {
        struct Row: Sendable {
            let title: String
            let detail: String
            let closed: Moment
            let who: String
            let why: String
        }

        let base: String
        let count: String
        let hasRows: Bool
        let rows: [Row]
    }

    private static func closed(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let found = try await visit.operations.closedAlerts(of: property, limit: 200)
        let names = try await visit.operations.actorNames()
        let model = Closed(
            base: visit.at("alerts"),
            count: Wording.grouped(found.count),
            hasRows: !found.isEmpty,
            rows: found.map { closed in
                Closed.Row(
                    title: closed.alert.kind.title,
                    detail: visit.spoken(closed.alert.detail),
                    closed: Moment(
                        closed.alert.closedAt,
                        now: visit.operations.now,
                        visit.clock
                    ),
                    who: closed.decision.map { "\(names.name(of: $0.actor)): \($0.after ?? "")" }
                        ?? "A sync",
                    why: visit.spoken(closed.alert.why)
                )
            }
        )
        return .page(
            Page(template: "closed-alerts", title: "Closed alerts", section: .alerts, model: model)
        )
    }
}
