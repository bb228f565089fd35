import ConnectorKit
import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// Manage Settings › Integrations: what is connected, and turning it on with its preview.
enum IntegrationPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations", card),
        .page("/properties/:property/integrations/first-sync", needs: .manage) {
            .page(try await firstSync($0))
        },
        .form(
            "/properties/:property/integrations/first-sync",
            needs: .manage,
            refused: { try await firstSync($0, $1) },
            confirm
        ),
        .form(
            "/properties/:property/integrations/first-sync/statuses",
            needs: .manage,
            excludeStatuses
        ),
    ]

    // MARK: The card

    private struct Card: Sendable {
        let lead: String
        let state: String
        let kind: String
        let text: String
        let button: String?
        let isBlue: Bool
        let href: String
        let settings: String?
        let isConnected: Bool
        let pms: String
        let connection: String
        let attached: String
        let last: Moment
        let userSync: String
        let unitSync: String
        let coverage: String?
        let mapping: String
        let history: String
    }

    private static func card(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        let view = try await visit.operations.view(of: property)
        let isOn = property.settings.userSync
        let isConnected = setUp.connection != nil || !setUp.attached.isEmpty
        let mayManage = visit.may(.manage)
        let tabs = IntegrationTabs.credentials.href(visit)
        let vendor = setUp.connection.flatMap { listed in
            visit.operations.vendors.first { $0.id == listed.vendor }?.name ?? listed.vendor
        }
        let text: String
        let isDeaf = isOn && setUp.attached.isEmpty
        if isDeaf {
            text =
                "User Sync is on, but no PMS property is attached: nothing is read. Attach one under "
                + "Property IDs."
        } else if isOn {
            text =
                "People are created and updated from the PMS at least hourly"
                + (property.settings.unitSync
                    ? ", and put into the units their PMS units are mapped to."
                    : "; Unit Sync is off, so their units stay as they are.")
        } else if isConnected {
            text =
                "The set-up is begun. Nothing comes in from the PMS until User Sync is on."
                + (mayManage ? "" : " A portfolio manager finishes it.")
        } else {
            text =
                "Connect the PMS, and residents come in, move and leave here as they do there."
                + (mayManage ? "" : " A portfolio manager sets it up.")
        }
        let isSetUp = isOn || !setUp.attached.isEmpty
        var button: String?
        if isOn {
            button = "Manage Settings"
        } else if mayManage {
            button = isConnected ? "Configure" : "Set Up"
        }
        let model = Card(
            lead: setUp.lastGood.map {
                "Synced \(Wording.time($0, now: visit.operations.now, visit.clock))"
            } ?? "Never synced",
            state: isOn ? "On" : isConnected ? "Not on" : "Not connected",
            kind: isOn && !isDeaf ? "ok" : isConnected ? "see" : "plain",
            text: text,
            button: button,
            isBlue: isOn || !isConnected,
            href: isOn ? tabs : visit.at("integrations", "set-up"),
            settings: !isOn && isSetUp ? tabs : nil,
            isConnected: isConnected,
            pms: vendor ?? "not chosen",
            connection: setUp.connection?.name ?? "none",
            attached: setUp.attached.isEmpty
                ? "none attached" : setUp.attached.map(\.pmsProperty.text).joined(separator: ", "),
            last: Moment(setUp.lastGood, now: visit.operations.now, visit.clock),
            userSync: isOn ? "On" : "Off",
            unitSync: !isOn
                ? "Off, with User Sync" : property.settings.unitSync ? "On" : "Off",
            coverage: view.countable > 0
                ? "\(Wording.grouped(view.covered)) of \(Wording.grouped(view.countable)) mapped"
                : nil,
            mapping: IntegrationTabs.unitMapping.href(visit),
            history: IntegrationTabs.syncHistory.href(visit)
        )
        return .page(
            Page(
                template: "integrations",
                title: "Integrations",
                section: .integrations,
                model: model
            )
        )
    }

    // MARK: The first sync

    private struct FirstSync: Sendable {
        struct Word: Sendable {
            let word: String
            let residents: String
            let meaning: String
            let id: String
            let isExcluded: Bool
        }
        struct Alert: Sendable {
            let title: String
            let count: String
        }

        let title: String
        let lead: String
        let back: String
        let action: String
        let statusAction: String
        let errors: FormErrors
        let isPlanned: Bool
        let revision: String
        let summary: String
        let hasObjections: Bool
        let objections: [String]
        let hasAlerts: Bool
        let alertLead: String
        let alerts: [Alert]
        let mapping: String
        let unmapped: String?
        let hasWords: Bool
        let words: [Word]
        let groups: [ChangeGroup]
    }

    private static func firstSync(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        guard !setUp.attached.isEmpty else {
            throw OperationError(
                "No PMS property is attached to \(property.name) yet. Attach one first, under "
                    + "Integrations."
            )
        }
        let report = try await visit.operations.previewOfTurningOn(property)
        let failure =
            report.record.outcome == .failed
            ? "The preview could not be made: \(report.record.message)" : nil
        let plan = report.plan
        let changes = plan?.changes ?? []
        let words = try await words(plan, property, visit)
        let kinds = Dictionary(grouping: plan?.alerts ?? [], by: \.kind).mapValues(\.count)
        let view = try await visit.operations.view(of: property)
        let unmapped = view.countable - view.covered
        let isFirst = setUp.lastGood == nil
        let model = FirstSync(
            title: isFirst ? "The first sync" : "The next sync",
            lead: isFirst
                ? "What will come in once User Sync is on. Nothing has been written yet."
                : "What will change once User Sync and Unit Sync are on. Nothing has been written yet.",
            back: visit.at("integrations"),
            action: visit.at("integrations", "first-sync"),
            statusAction: visit.at("integrations", "first-sync", "statuses"),
            errors: errors.isRefused ? errors : failure.map { FormErrors($0) } ?? .none,
            isPlanned: failure == nil,
            revision: String(plan?.revision ?? view.revision),
            summary: summary(of: report, property),
            hasObjections: !report.objections.isEmpty,
            objections: report.objections.map { visit.spoken($0.sentence) },
            hasAlerts: !kinds.isEmpty,
            alertLead:
                "\(Wording.count(plan?.alerts.count ?? 0, "thing")) will wait for a person, under "
                + "Alerts:",
            alerts: AlertDraft.Kind.allCases.compactMap { kind in
                kinds[kind].map {
                    FirstSync.Alert(title: kind.title, count: Wording.grouped($0))
                }
            },
            mapping: IntegrationTabs.unitMapping.href(visit),
            unmapped: unmapped > 0
                ? "\(Wording.count(unmapped, "PMS unit")) \(unmapped == 1 ? "is" : "are") not mapped "
                    + "yet: their residents come in without a unit until you map them."
                : nil,
            hasWords: !words.isEmpty,
            words: words,
            groups: try await ChangeGroup.groups(of: (changes, report.units), visit)
        )
        return Page(
            template: "first-sync",
            title: model.title,
            section: .integrations,
            model: model
        )
    }

    private static func summary(of report: RunReport, _ property: Property) -> String {
        let counts = report.record
        let read =
            "The PMS lists \(Wording.count(counts.residents, "resident")) in "
            + "\(Wording.count(counts.pmsUnits, "PMS unit"))."
        let did = counts.did.isEmpty ? "nothing to change" : counts.did
        return
            "\(read) At \(property.name): \(did). The sync follows at once, then at least hourly. "
            + "It can be undone under Sync History."
    }

    /// The lease status words the plan met, each with how many carry it.
    private static func words(
        _ plan: Plan?,
        _ property: Property,
        _ visit: Visit
    ) async throws -> [FirstSync.Word] {
        var counts: [String: (residents: Int, status: LeaseStatus)] = [:]
        for known in plan?.residencies ?? [] where known.missingSince == nil {
            counts[known.stated.statusWord, default: (0, known.stated.status)].residents += 1
        }
        let listed = try await visit.operations.statuses(of: property)
        let meanings = Dictionary(
            listed.map { ($0.word, $0.meaning) },
            uniquingKeysWith: { $1 }
        )
        return counts.sorted { $0.key < $1.key }.enumerated().map { index, entry in
            let meaning = meanings[entry.key] ?? StatusMeaning()
            return FirstSync.Word(
                word: entry.key,
                residents: Wording.count(entry.value.residents, "resident"),
                meaning: (meaning.status ?? entry.value.status).title,
                id: "word-\(index)",
                isExcluded: meaning.isExcluded
            )
        }
    }

    private static func excludeStatuses(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let changed = try await LeaseStatusPages.exclude(visit.form, of: property, visit)
        return .redirect(
            to: visit.at("integrations", "first-sync"),
            .done(
                changed == 0
                    ? "The excluded lease statuses are as they were."
                    : "Saved. This preview is made anew with it."
            )
        )
    }

    /// Turns User Sync on, Unit Sync with it, and begins the sync that was shown.
    private static func confirm(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        guard !setUp.attached.isEmpty else { return .redirect(to: visit.at("integrations")) }
        let revision = try await visit.operations.view(of: property).revision
        guard visit.form.text("revision") == String(revision) else {
            throw FormErrors(
                "Something was changed here since that preview. Nothing has begun; this is the "
                    + "preview as things are now."
            )
        }
        let turnedOn = try await visit.operations.turnSyncOn(of: property)
        try await visit.operations.noteRequest("sync asked for", of: property)
        visit.console.desk.ask(.sync, of: turnedOn)
        return .redirect(
            to: visit.at("sync"),
            .done("User Sync is on, and Unit Sync with it. The sync begins now.")
        )
    }
}
