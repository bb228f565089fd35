import ConnectorKit
import LintelModel
import Operations
import Reconciliation
import Storage

/// The set-up of an integration, step by step; opened again it shows what is set.
enum SetUpPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/set-up", needs: .manage) { visit in
            let property = try visit.theProperty()
            let setUp = try await visit.operations.setUp(of: property)
            return .redirect(to: SetUpStep.next(setUp, property).href(visit), visit.notice)
        },
        .page("/properties/:property/integrations/set-up/pms", needs: .manage, choosePMS),
        .page("/properties/:property/integrations/set-up/property-ids", needs: .manage) {
            .page(try await propertyIDs($0))
        },
        .form(
            "/properties/:property/integrations/set-up/property-ids",
            needs: .manage,
            refused: { try await propertyIDs($0, $1) },
            attach
        ),
        .page("/properties/:property/integrations/set-up/lease-statuses", needs: .manage) {
            .page(try await statuses($0))
        },
        .form(
            "/properties/:property/integrations/set-up/lease-statuses",
            needs: .manage,
            saveStatuses
        ),
        .page("/properties/:property/integrations/set-up/user-sync", needs: .manage, userSync),
        .form("/properties/:property/integrations/set-up/user-sync", needs: .manage, saveUserSync),
        .page("/properties/:property/integrations/set-up/done", needs: .manage, done),
    ]

    // MARK: Choose the PMS

    private struct ChoosePMS: Sendable {
        struct Choice: Sendable {
            let value: String
            let label: String
            let isChosen: Bool
        }

        let steps: [SetUpStep.Shown]
        let next: String
        let choices: [Choice]
        let change: String?
    }

    private static func choosePMS(_ visit: Visit) async throws -> Answer {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        let model = ChoosePMS(
            steps: try SetUpStep.shown(at: .pms, setUp, visit),
            next: SetUpStep.credentials.href(visit),
            choices: visit.operations.vendors.map {
                ChoosePMS.Choice(
                    value: $0.id,
                    label: $0.name,
                    isChosen: $0.id == setUp.connection?.vendor
                )
            },
            change: setUp.attached.isEmpty
                ? nil
                : "Changing the PMS keeps people, units and history. Mapping starts from suggestions, "
                    + "and nobody moves out for being unmapped. Detach the old PMS's properties "
                    + "afterwards, under Property IDs."
        )
        return .page(SetUpStep.pms.page(model))
    }

    // MARK: Attach Property IDs

    private struct AttachIDs: Sendable {
        let steps: [SetUpStep.Shown]
        let lead: String
        let action: String
        let source: String
        let back: String
        let errors: FormErrors
        let isEmpty: Bool
        let emptyText: String
        let offers: [PMSPropertyOffer]
    }

    private static func propertyIDs(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        guard let source = setUp.connection else {
            throw OperationError("Enter credentials first, under Integrations, Set Up.")
        }
        let (offers, fault) = await PMSPropertyOffer.all(through: source, visit)
        let model = AttachIDs(
            steps: try SetUpStep.shown(at: .propertyIDs, setUp, visit),
            lead:
                "Which of the PMS properties that \(source.name) shows is \(property.name)? Several "
                + "may be. Their units are read at once, so that they can be mapped.",
            action: SetUpStep.propertyIDs.href(visit),
            source: source.id.text,
            back: SetUpStep.credentials.href(visit),
            errors: errors,
            isEmpty: offers.isEmpty,
            emptyText: fault.map { "The PMS did not list its properties: \($0)" }
                ?? "The PMS shows no property to these credentials. Give their user access to this "
                + "property in the PMS, then reload this page.",
            offers: offers
        )
        return SetUpStep.propertyIDs.page(model)
    }

    private static func attach(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let codes = visit.form.all("code")
        let setUp = try await visit.operations.setUp(of: property)
        guard !codes.isEmpty || !setUp.attached.isEmpty else {
            throw FormErrors("Choose at least one PMS property.", at: "code")
        }
        if !codes.isEmpty {
            try await FormErrors.about("code") {
                try await visit.operations.said {
                    try await visit.operations.attach(
                        property,
                        to: visit.form.text("connection"),
                        pmsProperties: codes
                    )
                }
            }
        }
        return .redirect(
            to: SetUpStep.statuses.href(visit),
            codes.isEmpty
                ? nil
                : .done(
                    "PMS property \(codes.joined(separator: ", ")) is attached. Its units wait under "
                        + "Unit Mapping."
                )
        )
    }

    // MARK: Exclude Lease Statuses

    private struct Statuses: Sendable {
        struct Word: Sendable {
            let id: String
            let word: String
            let detail: String
            let isExcluded: Bool
        }

        let steps: [SetUpStep.Shown]
        let action: String
        let back: String
        let hasWords: Bool
        let words: [Word]
    }

    private static func statuses(_ visit: Visit) async throws -> Page {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        let words = try await visit.operations.statuses(of: property)
        let model = Statuses(
            steps: try SetUpStep.shown(at: .statuses, setUp, visit),
            action: SetUpStep.statuses.href(visit),
            back: SetUpStep.propertyIDs.href(visit),
            hasWords: !words.isEmpty,
            words: words.enumerated().map { index, listed in
                Statuses.Word(
                    id: "word-\(index)",
                    word: listed.word,
                    detail: "\((listed.meaning.status ?? listed.vendorStatus ?? .unknown).title), "
                        + Wording.count(listed.residents, "resident"),
                    isExcluded: listed.meaning.isExcluded
                )
            }
        )
        return SetUpStep.statuses.page(model)
    }

    private static func saveStatuses(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        _ = try await LeaseStatusPages.exclude(visit.form, of: property, visit)
        try await visit.operations.noteStatusesSeen(of: property)
        // One more word is often followed by another.
        let isMore = visit.form.text("act") == "more"
        return .redirect(to: (isMore ? SetUpStep.statuses : .userSync).href(visit))
    }

    // MARK: User Sync Integration

    private struct UserSync: Sendable {
        let steps: [SetUpStep.Shown]
        let action: String
        let back: String
        let isOn: Bool
        let safety: String
    }

    private static func userSync(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        let model = UserSync(
            steps: try SetUpStep.shown(at: .userSync, setUp, visit),
            action: SetUpStep.userSync.href(visit),
            back: SetUpStep.statuses.href(visit),
            isOn: property.settings.userSync,
            safety: IntegrationTabs.safety.href(visit)
        )
        return .page(SetUpStep.userSync.page(model))
    }

    private static func saveUserSync(_ visit: Visit) async throws -> Answer {
        let isWanted = visit.form.has("user-sync")
        return .redirect(
            to: path(SetUpStep.done.href(visit), [("user-sync", isWanted ? "on" : "")])
        )
    }

    // MARK: Done

    private struct Done: Sendable {
        let steps: [SetUpStep.Shown]
        let lead: String
        let pms: String
        let connection: String
        let attached: String
        let excluded: String
        let userSync: String
        let firstSync: String?
        let turnOn: String?
        let mapping: String
        let coverage: String
        let close: String
    }

    private static func done(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        let next = SetUpStep.next(setUp, property)
        guard next == .done || next == .userSync, let source = setUp.connection else {
            return .redirect(to: next.href(visit))
        }
        let isOn = property.settings.userSync
        let isWanted = visit.query.text("user-sync") == "on" && !isOn
        let excluded = try await visit.operations.statuses(of: property)
            .filter(\.meaning.isExcluded).map(\.word)
        let view = try await visit.operations.view(of: property)
        let model = Done(
            steps: try SetUpStep.shown(at: .done, setUp, visit),
            lead: isOn
                ? "\(property.name) follows its PMS"
                : isWanted
                    ? "One thing is left: look at what the first sync will do, and confirm it"
                    : "User Sync stays off: nothing comes in from the PMS until you turn it on",
            pms: visit.operations.vendors.first { $0.id == source.vendor }?.name ?? source.vendor,
            connection: source.name,
            attached: setUp.attached.map(\.pmsProperty.text).joined(separator: ", "),
            excluded: excluded.isEmpty ? "none" : excluded.joined(separator: ", "),
            userSync: isOn
                ? "On" : isWanted ? "Comes on when its first sync is confirmed" : "Off",
            firstSync: isWanted ? visit.at("integrations", "first-sync") : nil,
            turnOn: isOn || isWanted ? nil : SetUpStep.userSync.href(visit),
            mapping: IntegrationTabs.unitMapping.href(visit),
            coverage:
                "\(Wording.grouped(view.covered)) of \(Wording.grouped(view.countable)) mapped",
            close: visit.at("integrations")
        )
        return .page(SetUpStep.done.page(model))
    }
}
