import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// Sync History: the runs, one run change by change, and undoing it.
enum SyncHistoryPages {
    static let routes: [Route] = [
        .page("/properties/:property/sync-history") { .page(try await list($0)) },
        .page("/properties/:property/sync-history/:run") { .page(try await show($0)) },
        .page("/properties/:property/sync-history/:run/undo", needs: .operate) {
            .page(try await preview($0))
        },
        .form(
            "/properties/:property/sync-history/:run/undo",
            refused: { try await preview($0, $1) },
            undo
        ),
        .form("/properties/:property/sync-history/:run/pins/:pin", release),
    ]

    // MARK: The list

    private struct List: Sendable {
        struct Row: Sendable {
            let href: String
            let at: Moment
            let outcome: String
            let kind: String
            let read: String
            let did: String
            let said: String?
            let seconds: String
        }

        let lead: String
        let tabs: [Frame.Link]
        let filters: [Filter]
        let rows: [Row]
        let pager: Pager
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
    }

    private enum Show: String, CaseIterable {
        case all, applied, held, failed, previewed

        var outcome: RunRecord.Outcome? { RunRecord.Outcome(rawValue: rawValue) }

        var label: String {
            switch self {
            case .all: "All"
            case .applied: "Changed something"
            case .held: "Held"
            case .failed: "Failed"
            case .previewed: "Previews"
            }
        }
    }

    private static func list(_ visit: Visit) async throws -> Page {
        let property = try visit.theProperty()
        let show = try visit.query.choice("show", of: Show.self) ?? .all
        let number = try visit.query.page()
        func href(_ show: Show, _ page: Int = 1) -> String {
            path(
                visit.at("sync-history"),
                [
                    ("show", show == .all ? "" : show.rawValue),
                    ("page", page > 1 ? String(page) : ""),
                ]
            )
        }
        var found = try await visit.operations.runs(
            of: property,
            outcome: show.outcome,
            from: (number - 1) * Pager.length,
            limit: Pager.length
        )
        let all = found.tally.filter { $0.key != .previewed }.values.reduce(0, +)
        func count(_ show: Show) -> Int { show.outcome.map { found.tally[$0] ?? 0 } ?? all }
        let (range, pager) = Pager.pages(of: count(show), number) { href(show, $0) }
        if found.runs.isEmpty, !range.isEmpty {
            found = try await visit.operations.runs(
                of: property,
                outcome: show.outcome,
                from: range.lowerBound,
                limit: Pager.length
            )
        }
        let lastGood = try await visit.operations.setUp(of: property).lastGood
        let model = List(
            lead: lastGood.map {
                "\(Wording.count(all, "run")); the PMS was last read "
                    + Wording.time($0, now: visit.operations.now, visit.clock)
            } ?? "The PMS has not been read yet",
            tabs: IntegrationTabs.links(visit, at: .syncHistory),
            filters: Show.allCases.map {
                Filter(
                    label: $0.label,
                    count: Wording.grouped(count($0)),
                    href: href($0),
                    isCurrent: $0 == show
                )
            },
            rows: found.runs.map { row($0, visit) },
            pager: pager,
            isEmpty: found.runs.isEmpty,
            emptyTitle: all == 0 ? "No sync yet" : "No run ended like that",
            emptyText: all == 0
                ? "Set up the integration, or ask for one under People, Actions, Sync Now."
                : "Show all runs instead."
        )
        return Page(
            template: "sync-history",
            title: "Sync History",
            section: .integrations,
            model: model
        )
    }

    private static func row(_ run: RunRecord, _ visit: Visit) -> List.Row {
        List.Row(
            href: visit.at("sync-history", run.id.text),
            at: Moment(run.startedAt, now: visit.operations.now, visit.clock),
            outcome: run.undoes == nil ? run.outcome.title : "Undo, \(run.outcome.word)",
            kind: run.outcome.kind,
            read: run.residents > 0
                ? "\(Wording.count(run.residents, "resident")), "
                    + Wording.count(run.pmsUnits, "PMS unit") : "",
            did: run.doings,
            said: run.said.first.map(visit.spoken),
            seconds: run.took
        )
    }

    // MARK: One run

    private struct Run: Sendable {
        struct Pin: Sendable {
            let action: String
            let what: String
            let who: String?
            let whoHref: String?
        }

        let title: String
        let lead: String
        let tabs: [Frame.Link]
        let outcome: String
        let kind: String
        let at: Moment
        let began: String
        let took: String
        let read: String
        let did: String
        let open: String
        let undoes: String?
        let undoHref: String?
        let hasMessages: Bool
        let messages: [String]
        let hasObjections: Bool
        let objections: [String]
        let alerts: String
        let heldCount: String
        let held: [String]
        let heldMore: String?
        let hasChanges: Bool
        let changes: [ChangeRow]
        let showsKind = true
        let showsUnit: Bool
        let showsBefore: Bool
        let isEmpty: Bool
        let emptyText: String
        let pager: Pager
        let hasPins: Bool
        let pinLead: String
        let pins: [Pin]
        let mayOperate: Bool
    }

    private static func found(
        _ visit: Visit
    ) async throws -> (Operations.RunRecordPage, Pager) {
        let (property, id) = (try visit.theProperty(), RunID(try visit.parameter("run")))
        let number = try visit.query.page()
        func page(from first: Int) async throws -> Operations.RunRecordPage {
            let page = try await visit.operations.run(
                id,
                of: property,
                from: first,
                limit: Pager.length
            )
            guard let page else { throw Answer.Problem.notFound }
            return page
        }
        let found = try await page(from: (number - 1) * Pager.length)
        let (range, pager) = Pager.pages(of: found.tally.changes, number) { number in
            path(visit.at("sync-history", id.text), [("page", String(number))])
        }
        guard found.changes.isEmpty, !range.isEmpty else { return (found, pager) }
        return (try await page(from: range.lowerBound), pager)
    }

    private static func show(_ visit: Visit) async throws -> Page {
        let (page, pager) = try await found(visit)
        let run = page.run
        let at = Moment(run.startedAt, now: visit.operations.now, visit.clock)
        let held = try await visit.operations.naming(page.heldPlan ?? "").split(separator: "\n")
        let messages =
            page.objections.isEmpty
            ? try await visit.operations.naming(run.said.joined(separator: "\n"))
                .split(separator: "\n").map(String.init) : []
        let left = page.tally.changes - page.tally.undone
        let pinned = page.pins.prefix(20)
        let people = try await visit.operations.people(Set(pinned.compactMap(\.pin.person)))
        let changes = page.changes.map { row(of: $0, page, visit) }
        let model = Run(
            title: run.undoes == nil ? "Sync" : "Undo",
            lead:
                "\(at.text.prefix(1).uppercased())\(at.text.dropFirst()), \(run.outcome.sentence)",
            tabs: IntegrationTabs.links(visit, at: .syncHistory),
            outcome: run.outcome.title,
            kind: run.outcome.kind,
            at: at,
            began: run.began(visit),
            took: run.took,
            read: "\(Wording.count(run.residents, "resident")), "
                + Wording.count(run.pmsUnits, "PMS unit"),
            did: run.did.isEmpty ? "nothing" : run.doings,
            open: Wording.count(run.alertsOpen, "alert"),
            undoes: run.undoes.map { visit.at("sync-history", $0.text) },
            undoHref: left > 0 && visit.may(.operate) && run.outcome == .applied
                ? visit.at("sync-history", run.id.text, "undo") : nil,
            hasMessages: !messages.isEmpty,
            messages: messages.map(visit.spoken),
            hasObjections: !page.objections.isEmpty,
            objections: page.objections.map(visit.spoken),
            alerts: visit.at("alerts"),
            heldCount: held.first.map { Self.withoutDay($0) } ?? "",
            held: held.dropFirst().prefix(200).map { visit.spoken(Self.unsigned($0)) },
            heldMore: held.count > 201
                ? "And \(Wording.grouped(held.count - 201)) more lines." : nil,
            hasChanges: !page.changes.isEmpty,
            changes: changes,
            showsUnit: changes.contains { $0.place != nil },
            showsBefore: changes.contains { !$0.before.isEmpty },
            isEmpty: page.changes.isEmpty && page.objections.isEmpty,
            emptyText: run.outcome == .failed
                ? "It stopped before it was done; nothing of it was applied."
                : "Nothing was changed.",
            pager: pager,
            hasPins: !page.pins.isEmpty,
            pinLead: page.pins.count > pinned.count
                ? "The first \(pinned.count) of \(Wording.grouped(page.pins.count)):" : "",
            pins: pinned.map { listed in
                let person = listed.pin.person.flatMap { people[$0] }
                return Run.Pin(
                    action: visit.at("sync-history", run.id.text, "pins", listed.pin.id.text),
                    what: visit.spoken(listed.pin.sentence),
                    who: person?.name ?? listed.pin.resident.map { "PMS resident \($0.resident)" },
                    whoHref: person.map { visit.at("people", $0.id.text) }
                )
            },
            mayOperate: visit.may(.operate)
        )
        return Page(
            template: "run",
            title: "\(model.title), \(at.text)",
            section: .integrations,
            model: model
        )
    }

    /// The first line of a plan, which begins with its day: `2026-03-01: 3 ended`.
    private static func withoutDay(_ line: Substring) -> String {
        line.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? String(line)
    }

    /// A line of a plan as a sentence: without its sign, and whoever is not here yet without an id.
    private static func unsigned(_ line: Substring) -> String {
        var words = line.split(separator: " ")
        if let sign = words.first, ["+", "~", "-", "!"].contains(sign) { words.removeFirst() }
        if let name = words.first, IDGenerator.isID(name) { words[0] = "Somebody new" }
        return words.joined(separator: " ")
    }

    private static func row(
        of kept: Operations.KeptChange,
        _ page: Operations.RunRecordPage,
        _ visit: Visit
    ) -> ChangeRow {
        let entry = kept.entry
        guard let change = kept.change else {
            return ChangeRow(
                erased: entry.sentence,
                entry.kind,
                who: entry.person.flatMap { page.people[$0] },
                undoneBy: entry.undoneBy,
                visit
            )
        }
        return ChangeRow(
            change,
            visit,
            people: page.people,
            units: page.units,
            undoneBy: entry.undoneBy
        )
    }

    private static func release(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        try await visit.operations.releasePin(try visit.parameter("pin"), of: property)
        return .redirect(
            to: visit.at("sync-history", try visit.parameter("run")),
            .done("Released: the next sync follows the PMS there again.")
        )
    }

    // MARK: Undo

    private struct UndoPreview: Sendable {
        let lead: String
        let tabs: [Frame.Link]
        let back: String
        let action: String
        let errors: FormErrors
        let canUndo: Bool
        let summary: String
        let hasRefusals: Bool
        let refusalLead: String
        let refusals: [String]
        let groups: [ChangeGroup]
    }

    private static func preview(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let (page, _) = try await found(visit)
        let property = try visit.theProperty()
        let report = try await visit.operations.previewOfUndo(page.run.id, of: property)
        let failure = report.record.outcome == .failed ? report.record.message : nil
        let changes = report.plan?.changes ?? []
        let refusals = try await visit.operations.naming(
            report.refusals.prefix(200).joined(separator: "\n"),
            report.plan
        ).split(separator: "\n").map(String.init)
        let model = UndoPreview(
            lead:
                "The run of \(page.run.began(visit)): what becomes again as it was before, and what stays",
            tabs: IntegrationTabs.links(visit, at: .syncHistory),
            back: visit.at("sync-history", page.run.id.text),
            action: visit.at("sync-history", page.run.id.text, "undo"),
            errors: errors.isRefused ? errors : failure.map { FormErrors($0) } ?? .none,
            canUndo: !changes.isEmpty,
            summary: changes.isEmpty
                ? "There is nothing to undo: it was undone already, or something later has changed it."
                : "This reverses \(Wording.count(changes.count, "change")) for "
                    + "\(Wording.count(Set(changes.map(\.person)).count, "person", "people")). What is "
                    + "undone stays so until the PMS says something else about it, or somebody "
                    + "releases it. The undo can be undone in turn.",
            hasRefusals: !refusals.isEmpty,
            refusalLead: report.refusals.count > refusals.count
                ? "The first \(refusals.count) of \(Wording.grouped(report.refusals.count)):"
                : "Something later has changed this, so it is not forced:",
            refusals: refusals.map(visit.spoken),
            groups: try await ChangeGroup.groups(of: (changes, report.units), visit)
        )
        return Page(
            template: "undo",
            title: "Undo this run",
            section: .integrations,
            model: model
        )
    }

    private static func undo(_ visit: Visit) async throws -> Answer {
        let (page, _) = try await found(visit)
        let property = try visit.theProperty()
        _ = try await visit.operations.runToUndo(page.run.id.text)
        // Noted first: nothing is done of which nobody knows who asked for it.
        try await visit.operations.noteRequest("undo asked for", of: property, page.run.id.text)
        guard visit.console.desk.ask(.undo(page.run.id, isPreview: false), of: property) else {
            throw FormErrors(
                "Another sync of this property is under way; undo again once it is over."
            )
        }
        return .redirect(to: visit.at("sync"))
    }
}
