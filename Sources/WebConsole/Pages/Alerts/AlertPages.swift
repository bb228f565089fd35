import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// Alerts: what waits for a person, and the ways out.
enum AlertPages {
    /// How many alerts of a kind a page shows.
    private static let shown = 50

    static let routes: [Route] = [
        .page("/properties/:property/alerts") { .page(try await list($0)) },
        .form("/properties/:property/alerts/bulk", resolveAll),
        .form("/properties/:property/alerts/:alert", refused: { try await list($0, $1) }, resolve),
    ]

    private struct List: Sendable {
        struct Who: Sendable {
            let id: String
            let name: String
            let href: String?
            /// The e-mail address in the PMS, and that of who they are here, where the alert is about these.
            let stated: String?
            let ours: String?
        }
        struct Option: Sendable {
            let value: String
            let label: String
        }
        struct Way: Sendable {
            let action: String
            let way: String
            let label: String
            let effect: String
            /// The `id` of what it asks for, and what was wrong with it.
            let field: String
            let error: String?
            let asks: String
            let asksUnit: Bool
            let choices: String
            let hasOptions: Bool
            let options: [Option]
            let asksDay: Bool
            let asksNothing: Bool
        }
        struct Alert: Sendable {
            let id: String
            let detail: String
            let hasWho: Bool
            let who: [Who]
            let plan: String?
            let opened: Moment
            let hasWays: Bool
            let ways: [Way]
        }
        struct Bulk: Sendable {
            let action: String
            let kind: String
            let way: String
            let text: String
            let label: String
            let number: Int
        }
        struct Group: Sendable {
            let title: String
            let about: String
            let count: String
            let bulk: Bulk?
            let alerts: [Alert]
        }

        let lead: String
        let base: String
        let mayOperate: Bool
        let hasCorrections: Bool
        let hasGroups: Bool
        let groups: [Group]
        let more: String?
        let errors: FormErrors
    }

    private static func list(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let property = try visit.theProperty()
        let all = try await visit.operations.alerts(of: property).map(\.alert)
        let subjects = try await visit.operations.subjects(of: all, of: property)
        let base = visit.at("alerts")
        var groups: [List.Group] = []
        var hidden = 0
        for kind in AlertDraft.Kind.allCases {
            let own = all.filter { $0.draft.kind == kind }
            guard !own.isEmpty else { continue }
            hidden += max(0, own.count - shown)
            var alerts: [List.Alert] = []
            for alert in own.prefix(shown) {
                var plan: String?
                if kind == .heldPlan,
                    let report = try await visit.operations.newestHeldPlan(of: property)
                {
                    plan = visit.spoken(try await visit.operations.naming(report))
                }
                alerts.append(Self.alert(alert, subjects, plan: plan, visit, base, errors))
            }
            groups.append(
                List.Group(
                    title: kind.title,
                    about: kind.about,
                    count: Wording.grouped(own.count),
                    bulk: visit.may(.operate) ? bulk(kind, own, base) : nil,
                    alerts: alerts
                )
            )
        }
        let model = List(
            lead: all.isEmpty
                ? "Nothing is open"
                : "\(Wording.count(all.count, "alert")) open, best worked off from the top",
            base: base,
            mayOperate: visit.may(.operate),
            hasCorrections: all.contains { !$0.draft.residents.isEmpty },
            hasGroups: !groups.isEmpty,
            groups: groups,
            more: hidden > 0
                ? "\(Wording.count(hidden, "more alert")) show when these are done." : nil,
            errors: errors
        )
        return Page(template: "alerts", title: "Alerts", section: .alerts, model: model)
    }

    private static func alert(
        _ alert: Alerts.Open,
        _ subjects: [PMSResidentID: Operations.AlertSubject],
        plan: String?,
        _ visit: Visit,
        _ base: String,
        _ errors: FormErrors
    ) -> List.Alert {
        let draft = alert.draft
        let who = draft.residents.prefix(20).map { resident in
            List.Who(
                id: resident.text,
                name: subjects[resident]?.name ?? "Somebody",
                href: subjects[resident]?.person.map { visit.at("people", $0.text) },
                stated: draft.kind.isAboutEmail ? subjects[resident]?.email : nil,
                ours: draft.kind.isAboutEmail ? subjects[resident]?.personEmail : nil
            )
        }
        return List.Alert(
            id: alert.id,
            detail: visit.spoken(draft.detail),
            hasWho: !who.isEmpty,
            who: who,
            plan: plan,
            opened: Moment(alert.openedAt, now: visit.operations.now, visit.clock),
            hasWays: !draft.waysOut.isEmpty,
            ways: draft.waysOut.map { way in
                let asks = way.value(for: draft.kind)
                let options = options(way, draft, subjects)
                let asksUnit = (way == .map || way == .remap) && draft.kind != .unknownStatus
                let field = field(of: way, alert.id)
                return List.Way(
                    action: "\(base)/\(alert.id)",
                    way: way.rawValue,
                    label: way.title,
                    effect: way.effect,
                    field: field,
                    error: errors.at[field],
                    asks: asks ?? "What becomes of its residents",
                    asksUnit: asksUnit,
                    choices: visit.at("integrations", "unit-mapping", "choices"),
                    hasOptions: !options.isEmpty,
                    options: options,
                    asksDay: way == .keepUntil,
                    asksNothing: !asksUnit && options.isEmpty && way != .keepUntil
                )
            }
        )
    }

    /// The `id` of what a way out asks for.
    private static func field(of way: WayOut, _ alert: String) -> String {
        "\(way.rawValue)-\(alert)"
    }

    private static func options(
        _ way: WayOut,
        _ draft: AlertDraft,
        _ subjects: [PMSResidentID: Operations.AlertSubject]
    ) -> [List.Option] {
        switch (way, draft.kind) {
        case (.chooseHolder, _):
            draft.residents.map { resident in
                let name = subjects[resident]?.name ?? "Somebody"
                return List.Option(value: resident.text, label: "\(name) (\(resident))")
            }
        case (.map, .unknownStatus):
            LeaseStatus.allCases.filter { $0 != .unknown }.map {
                List.Option(value: $0.rawValue, label: $0.rawValue)
            }
        case (.removeMapping, _):
            [
                List.Option(value: "keep", label: "Keep residents by hand"),
                List.Option(value: "unassign", label: "Unassign residents"),
            ]
        default: []
        }
    }

    // MARK: Deciding

    /// The way out that takes nobody out of a unit and gives nobody another person's account: safe for all
    /// alerts of a kind at once.
    private static func safeWay(_ kind: AlertDraft.Kind) -> WayOut? {
        switch kind {
        case .emailMismatch: .keepOurs
        case .pmsUnitRenamed, .pmsUnitVanished, .moveOutOverdue: .keep
        default: nil
        }
    }

    private static func bulk(
        _ kind: AlertDraft.Kind,
        _ alerts: [Alerts.Open],
        _ base: String
    ) -> List.Bulk? {
        guard let way = safeWay(kind) else { return nil }
        let number = alerts.count { $0.draft.waysOut.contains(way) }
        guard number > 1 else { return nil }
        return List.Bulk(
            action: "\(base)/bulk",
            kind: kind.rawValue,
            way: way.rawValue,
            text: way.effect,
            label: way.title,
            number: number
        )
    }

    private static func resolveAll(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        guard let kind = AlertDraft.Kind(rawValue: visit.form.text("kind")),
            let way = safeWay(kind), way.rawValue == visit.form.text("way")
        else { throw Answer.Problem.notFound }
        let open = try await visit.operations.alerts(of: property).map(\.alert).filter {
            $0.draft.kind == kind && $0.draft.waysOut.contains(way)
        }
        for alert in open {
            _ = try await visit.operations.resolve(alert.id, with: way, value: nil)
        }
        return follow(
            visit,
            property,
            "\(way.title): \(Wording.count(open.count, "alert")) decided."
        )
    }

    private static func resolve(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let id = try visit.parameter("alert")
        let open = try await visit.operations.alerts(of: property).map(\.alert)
        guard let alert = open.first(where: { $0.id == id }) else {
            return .redirect(
                to: visit.at("alerts"),
                .attention("That alert is closed already; nothing was done.")
            )
        }
        guard let way = WayOut(rawValue: visit.form.text("way")) else {
            throw Answer.Problem.notFound
        }
        let unit = visit.form.text("unit-id")
        let value = unit.isEmpty ? visit.form.optional("value") : unit
        try await FormErrors.about(field(of: way, id)) {
            _ = try await visit.operations.resolve(id, with: way, value: value)
        }
        return follow(visit, property, "\(alert.draft.kind.title): \(way.title).")
    }

    /// A decision takes effect in the next run, which begins now.
    private static func follow(_ visit: Visit, _ property: Property, _ text: String) -> Answer {
        guard property.settings.userSync else {
            return .redirect(
                to: visit.at("alerts"),
                .done("\(text) It takes effect once User Sync is on.")
            )
        }
        visit.console.desk.ask(.sync, of: property)
        return .redirect(
            to: visit.at("alerts"),
            .done("\(text) A sync begins now; the alert closes when it is over.")
        )
    }
}
