import DelimitedText
import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// Alerts: what waits for a person, the ways out, the export for whoever corrects the PMS, those closed.
enum AlertPages {
    /// How many alerts of a kind a page shows.
    private static let shown = 50

    static let routes: [Route] = [
        .page("/properties/:property/alerts") { .page(try await list($0)) },
        .page("/properties/:property/alerts/closed", closed),
        .page("/properties/:property/alerts/corrections.csv", corrections),
        .form("/properties/:property/alerts/bulk", resolveAll),
        .form("/properties/:property/alerts/:alert", resolve),
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
            let asks: String
            let asksUnit: Bool
            let choices: String
            let hasOptions: Bool
            let options: [Option]
            let asksDay: Bool
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
        let error: String?
    }

    private static func list(_ visit: Visit, error: String? = nil) async throws -> Page {
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
                    let report = try await visit.operations.alert(alert.id).heldPlan
                {
                    plan = try await visit.operations.naming(report)
                }
                alerts.append(Self.alert(alert, subjects, plan: plan, visit, base))
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
            error: error
        )
        return Page(
            template: "alerts",
            title: "Alerts",
            section: .alerts,
            model: model,
            isRefusal: error != nil
        )
    }

    private static func alert(
        _ alert: Alerts.Open,
        _ subjects: [PMSResidentID: Operations.AlertSubject],
        plan: String?,
        _ visit: Visit,
        _ base: String
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
            detail: draft.detail,
            hasWho: !who.isEmpty,
            who: who,
            plan: plan,
            opened: Moment(alert.openedAt, now: visit.operations.now, visit.clock),
            hasWays: !draft.waysOut.isEmpty,
            ways: draft.waysOut.map { way in
                let asks = way.value(for: draft.kind)
                let options = options(way, draft, subjects)
                let asksUnit = (way == .map || way == .remap) && draft.kind != .unknownStatus
                return List.Way(
                    action: "\(base)/\(alert.id)",
                    way: way.rawValue,
                    label: way.title,
                    effect: way.effect,
                    asks: asks ?? "What becomes of its residents",
                    asksUnit: asksUnit,
                    choices: visit.at("integrations", "unit-mapping", "choices"),
                    hasOptions: !options.isEmpty,
                    options: options,
                    asksDay: way == .keepUntil
                )
            }
        )
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
        do {
            let unit = visit.form.text("unit-id")
            let value = unit.isEmpty ? visit.form.optional("value") : unit
            _ = try await visit.operations.resolve(id, with: way, value: value)
        } catch let error as OperationError {
            return .page(try await list(visit, error: "\(alert.draft.kind.title): \(error)"))
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

    // MARK: Files and history

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
                    detail: closed.alert.detail,
                    closed: Moment(
                        closed.alert.closedAt,
                        now: visit.operations.now,
                        visit.clock
                    ),
                    who: closed.decision.map { "\(names.name(of: $0.actor)): \($0.after ?? "")" }
                        ?? "A sync",
                    why: closed.alert.why
                )
            }
        )
        return .page(
            Page(template: "closed-alerts", title: "Closed alerts", section: .alerts, model: model)
        )
    }
}

extension AlertDraft.Kind {
    /// Whether the addresses are what somebody must see to decide.
    var isAboutEmail: Bool {
        switch self {
        case .emailMismatch, .duplicateEmails, .duplicateAccounts, .nameMismatch: true
        default: false
        }
    }

    /// What the kind is, for somebody who sees it for the first time.
    var about: String {
        switch self {
        case .heldPlan:
            "A sync would take more people out of units than is usual, so nothing of it was done."
        case .connectionFailing: "The PMS cannot be read; everybody stays as they are."
        case .dataIsOld: "What is known of the PMS is old; nobody moves in on it."
        case .duplicateAccounts:
            "The PMS has somebody with the name of a person here, and another e-mail address."
        case .duplicateEmails: "Several people of the PMS share one e-mail address."
        case .nameMismatch: "A record has the e-mail address of a person here, and another name."
        case .emailMismatch:
            "The PMS changed an e-mail address; the account here keeps the old one until you say."
        case .missingEmail: "Without an e-mail address nobody can be brought in."
        case .unmappedUnit: "Residents wait on a PMS unit that is no unit here yet."
        case .pmsUnitVanished:
            "A mapped PMS unit left the PMS's list; its residents stay where they are."
        case .pmsUnitRenamed: "A mapped PMS unit has another name in the PMS now."
        case .unknownStatus: "The PMS uses a lease status that means nothing here yet."
        case .moveOutOverdue: "A move-out day has passed, and the PMS still says they live there."
        case .backToApplicant: "The PMS made a resident an applicant again."
        case .manualAssignment: "Somebody was put into a unit by hand, and the PMS says otherwise."
        }
    }
}

extension WayOut {
    /// What choosing it does, as a sentence.
    var effect: String {
        switch self {
        case .approve: "Does what the plan shows, these removals and no others."
        case .applyWithoutRemovals:
            "Does the rest now; those to be removed stay while the PMS says the same."
        case .discard: "Does nothing; the same plan stays held without a new alert."
        case .merge: "It is the same person: the record is linked to the account here."
        case .createSeparate: "It is somebody else: a new account is made."
        case .chooseHolder: "The one chosen gets the account of that address; the others wait."
        case .keepOurs:
            "Keeps what stands here until the PMS says something else; nobody loses a unit."
        case .handOverEmail:
            "The person here is archived without the address; the newcomer gets a new account with it."
        case .usePMSEmail: "The same account, its history and its units, under the new address."
        case .map: "Residents follow with the next sync."
        case .importUnit: "Makes a unit of it and maps it."
        case .ignore: "Nobody is assigned through it."
        case .keep:
            "Leaves things as they are until the PMS says something else; nobody loses a unit."
        case .remap: "Another unit: its residents move with the next sync."
        case .removeMapping: "Nobody is assigned through it any more."
        case .exclude: "Nobody with that word is brought in or updated; endings go on."
        case .endNow: "Ends the assignment today."
        case .followPMS: "Does what the PMS says instead of what was done by hand."
        case .keepUntil: "Keeps what was done by hand until the end of that day."
        }
    }
}
