import DelimitedText
import Foundation
import LintelModel
import Operations
import Storage

/// The audit log: who did what, when, before and after.
enum ActivityPages {
    private static let length = 100
    /// How far back a search or an export goes.
    private static let farthest = 20_000

    static let routes: [Route] = [
        .page("/properties/:property/activity") { .page(try await list($0)) },
        .page("/properties/:property/activity.csv", export),
        .page("/activity", at: .portfolio, needs: .manage) { .page(try await list($0)) },
        .page("/activity.csv", at: .portfolio, needs: .manage, export),
    ]

    private struct List: Sendable {
        struct Row: Sendable {
            let at: Moment
            let who: String
            let act: String
            let subject: String
            let href: String?
            let before: String
            let after: String
        }

        let lead: String
        let base: String
        let export: String
        let search: String
        let hasRows: Bool
        let rows: [Row]
        let pager: Pager
    }

    private static func entries(
        _ visit: Visit,
        before: Int?,
        limit: Int
    ) async throws -> (rows: [(AuditLog.Entry, List.Row)], isMore: Bool) {
        let search = visit.query.text("search")
        let names = try await visit.operations.actorNames()
        let entries = try await visit.operations.activity(
            of: visit.property,
            before: before,
            limit: search.isEmpty ? limit + 1 : farthest
        )
        let rows = entries.map { ($0, row(of: $0, names, visit)) }.filter { _, row in
            search.isEmpty
                || [row.who, row.act, row.subject, row.before, row.after].contains {
                    $0.localizedCaseInsensitiveContains(search)
                }
        }
        return (Array(rows.prefix(limit)), rows.count > limit)
    }

    private static func row(
        of entry: AuditLog.Entry,
        _ names: ActorNames,
        _ visit: Visit
    ) -> List.Row {
        let isPerson = entry.act.hasPrefix("person ")
        return List.Row(
            at: Moment(entry.at, now: visit.operations.now, visit.clock),
            who: names.name(of: entry.actor),
            act: entry.act,
            subject: names.email(of: entry.subject) ?? entry.subject,
            href: isPerson && visit.property != nil ? visit.at("people", entry.subject) : nil,
            before: entry.before ?? "",
            after: entry.after ?? ""
        )
    }

    private static func list(_ visit: Visit) async throws -> Page {
        let base = visit.property == nil ? "/activity" : visit.at("activity")
        let search = visit.query.text("search")
        let before = try visit.query.number("before", in: 1...Int.max)
        let (rows, isMore) = try await entries(visit, before: before, limit: length)
        let next = rows.last.map { last in
            path(base, [("search", search), ("before", String(last.0.position))])
        }
        let model = List(
            lead: "Who did what here, when, before and after; entries are only ever added",
            base: base,
            export: path("\(base).csv", [("search", search)]),
            search: search,
            hasRows: !rows.isEmpty,
            rows: rows.map(\.1),
            pager: Pager(
                shown: Wording.count(rows.count, "entry", "entries"),
                previous: before == nil ? nil : path(base, [("search", search)]),
                next: isMore ? next : nil
            )
        )
        return Page(
            template: "activity",
            title: "Activity",
            section: .activity,
            model: model
        )
    }

    private static func export(_ visit: Visit) async throws -> Answer {
        var writer = DelimitedWriter()
        writer.append([
            "position", "at", "who", "what", "subject", "before", "after", "hash",
        ])
        for (entry, row) in try await entries(visit, before: nil, limit: farthest).rows {
            writer.append([
                String(entry.position), entry.at.iso8601, row.who, row.act, row.subject,
                row.before, row.after, entry.hash,
            ])
        }
        return .file(name: "activity.csv", type: "text/csv; charset=utf-8", writer.bytes)
    }
}
