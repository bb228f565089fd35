import LintelModel
import Operations
import Storage

/// People: the list, its file, and who moves in the coming days.
enum PeoplePages {
    static let routes: [Route] = [
        .page("/properties/:property/people", list),
        .page("/properties/:property/people.csv", export),
        .page("/properties/:property/upcoming", upcoming),
    ]

    // MARK: The list

    private struct List: Sendable {
        struct Unit: Sendable {
            let separator: String
            let label: String
            let href: String
        }
        struct Row: Sendable {
            let name: String
            let href: String
            let email: String?
            let units: [Unit]
            let state: String
            let kind: String
            let from: String
            let until: String
        }

        let lead: String
        let base: String
        let sync: String
        let mayOperate: Bool
        let filters: [Filter]
        let show: String
        let search: String
        let rows: [Row]
        let pager: Pager
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
        let find: String?
        let findText: String
        let offersSetUp: Bool
        let setUp: String
    }

    private static func list(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let operations = visit.operations
        let index = try await operations.peopleIndex(of: property)
        let show = try shown(visit)
        let search = visit.query.text("search")
        let base = visit.at("people")
        let sought = index.found(SoughtText(search))
        let shown = sought.filter { $0.isShown(in: show) }
        func href(_ show: PeopleIndex.Show, page: Int = 1) -> String {
            path(base, query(show, search) + [("page", page > 1 ? String(page) : "")])
        }
        let (page, pager) = Pager.page(
            shown,
            try visit.query.page(),
            export: path(visit.at("people.csv"), query(show, search))
        ) { href(show, page: $0) }
        let run = try await operations.latestRun(of: property)
        let isNew = index.entries.isEmpty
        let model = List(
            lead: "\(Wording.count(index.entries.count, "person", "people")). "
                + (run.map { SyncWords.last($0, now: operations.now, visit.clock) }
                    ?? "Never synced."),
            base: base,
            sync: visit.at("sync"),
            mayOperate: visit.may(.operate),
            filters: PeopleIndex.Show.inOrder.map { choice in
                Filter(
                    label: choice.label,
                    count: Wording.grouped(sought.count { $0.isShown(in: choice) }),
                    href: href(choice),
                    isCurrent: choice == show
                )
            },
            show: show == .all ? "" : show.rawValue,
            search: search,
            rows: try await operations.rows(of: page, at: property).map { row($0, visit) },
            pager: pager,
            isEmpty: shown.isEmpty,
            emptyTitle: isNew ? "No people yet" : "Nobody is like that",
            emptyText: isNew
                ? "People come in by a sync once User Sync is on."
                : "Search for something else, or show all people.",
            find: !isNew && !search.isEmpty ? path(visit.at("find"), [("q", search)]) : nil,
            findText: "Look for “\(search)” in the PMS records too",
            offersSetUp: isNew && visit.may(.operate),
            setUp: visit.at("integrations")
        )
        return .page(Page(template: "people", title: "People", section: .people, model: model))
    }

    private static func shown(_ visit: Visit) throws -> PeopleIndex.Show {
        try visit.query.choice("show", of: PeopleIndex.Show.self) ?? .all
    }

    private static func query(_ show: PeopleIndex.Show, _ search: String) -> [(String, String)] {
        [("show", show == .all ? "" : show.rawValue), ("search", search)]
    }

    private static func row(_ row: Operations.PersonRow, _ visit: Visit) -> List.Row {
        let open = row.stays.filter(\.assignment.isOpen)
        let hasLeft = row.standing == .past || row.standing == .archived
        let stays = open.isEmpty && hasLeft ? Array(row.stays.prefix(1)) : open
        let today = visit.today
        return List.Row(
            name: row.person.displayName,
            href: visit.at("people", row.person.id.text),
            email: row.person.email,
            units: stays.enumerated().map { place, stay in
                List.Unit(
                    separator: place > 0 ? ", " : "",
                    label: stay.unit.label,
                    href: visit.at("units", stay.unit.id.text)
                )
            },
            state: row.standing.title,
            kind: row.standing.kind,
            from: Wording.day(stays.first?.assignment.from, today: today),
            until: stays.first.map { StayWords.until($0.assignment, today: today) } ?? ""
        )
    }

    private static func export(_ visit: Visit) async throws -> Answer {
        let bytes = try await visit.operations.exportPeople(
            try shown(visit),
            visit.query.text("search"),
            of: try visit.theProperty()
        )
        return .file(name: "people.csv", type: "text/csv; charset=utf-8", bytes)
    }

    // MARK: Upcoming

    private struct Upcoming: Sendable {
        struct Move: Sendable {
            let name: String
            let href: String?
            let resident: String?
            let kind: String
            let unit: String
            let waitsOn: String?
            let alerts: String
        }
        struct Day: Sendable {
            let title: String
            let exact: String
            let moves: [Move]
        }

        let lead: String
        let choices: [Filter]
        let days: [Day]
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
    }

    private static func upcoming(_ visit: Visit) async throws -> Answer {
        let spans = [7, 14, 30]
        let days = try visit.query.number("days", in: 1...365) ?? 14
        let moves = try await visit.operations.upcoming(
            days: days,
            of: try visit.theProperty()
        )
        let waiting = moves.count { $0.waitsOn != nil }
        let dates = Dictionary(grouping: moves, by: \.date)
        let today = visit.today
        func noun(_ kind: Operations.Move.Kind) -> Int { moves.count { $0.kind == kind } }
        let counts = [
            Wording.count(noun(.moveIn), "move-in"), Wording.count(noun(.moveOut), "move-out"),
            Wording.count(noun(.transfer), "transfer"),
        ]
        let model = Upcoming(
            lead: "The next \(days) days: \(counts.joined(separator: ", "))"
                + (waiting == 0
                    ? "; nothing is in the way"
                    : "; \(waiting) \(waiting == 1 ? "waits" : "wait") on an alert"),
            choices: spans.map { span in
                Filter(
                    label: "\(span) days",
                    count: "",
                    href: path(visit.at("upcoming"), [("days", span == 14 ? "" : String(span))]),
                    isCurrent: span == days
                )
            },
            days: dates.keys.sorted().map { date in
                Upcoming.Day(
                    title: title(of: date, today: today),
                    exact: date,
                    moves: (dates[date] ?? []).map { move in
                        Upcoming.Move(
                            name: move.name,
                            href: move.person.map { visit.at("people", $0) },
                            resident: move.person == nil
                                ? move.pmsResidentId.map { "PMS resident \($0), nobody here yet" }
                                : nil,
                            kind: move.kind.title,
                            unit: move.unit,
                            waitsOn: move.waitsOn.map { "Waits on \($0)" },
                            alerts: visit.at("alerts")
                        )
                    }
                )
            },
            isEmpty: moves.isEmpty,
            emptyTitle: "Nobody moves in the next \(days) days",
            emptyText: "What the PMS states of move-ins and move-outs shows here after each sync."
        )
        return .page(
            Page(template: "upcoming", title: "Upcoming", section: .upcoming, model: model)
        )
    }

    private static func title(of date: String, today: CivilDate) -> String {
        guard let day = CivilDate(iso: date) else { return date }
        let words = Wording.day(day, today: today)
        if day == today { return "Today, \(words)" }
        return day == today.adding(days: 1) ? "Tomorrow, \(words)" : words
    }
}

extension PeopleIndex.Show {
    /// In the order in which a list offers them.
    fileprivate static let inOrder: [Self] = [
        .all, .current, .upcoming, .past, .archived, .unplaced,
    ]

    fileprivate var label: String {
        switch self {
        case .all: "All"
        case .current: "Current"
        case .upcoming: "Upcoming"
        case .past: "Past"
        case .archived: "Archived"
        case .unplaced: "Without a unit"
        }
    }
}

extension Operations.Move.Kind {
    fileprivate var title: String {
        switch self {
        case .moveIn: "Move-in"
        case .moveOut: "Move-out"
        case .transfer: "Transfer"
        }
    }
}
