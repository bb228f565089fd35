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
        .page("/properties/:property/integrations/set-up/credentials", needs: .manage) {
            .page(try await credentials($0))
        },
        .form("/properties/:property/integrations/set-up/credentials", needs: .manage, connect),
        .form("/properties/:property/integrations/set-up/credentials/stored", needs: .manage, use),
        .page("/properties/:property/integrations/set-up/property-ids", needs: .manage) {
            .page(try await propertyIDs($0))
        },
        .form("/properties/:property/integrations/set-up/property-ids", needs: .manage, attach),
        .page("/properties/:property/integrations/set-up/lease-statuses", needs: .manage, statuses),
        .form(
            "/properties/:property/integrations/set-up/lease-statuses",
            needs: .manage,
            saveStatuses
        ),
        .page("/properties/:property/integrations/set-up/user-sync", needs: .manage, userSync),
        .form("/properties/:property/integrations/set-up/user-sync", needs: .manage, saveUserSync),
        .page("/properties/:property/integrations/set-up/done", needs: .manage, done),
    ]

    private static func page(
        _ step: SetUpStep,
        _ model: any Sendable,
        isRefusal: Bool = false
    ) -> Page {
        Page(
            template: "set-up-\(step.rawValue)",
            title: step.label,
            section: .integrations,
            model: model,
            isRefusal: isRefusal
        )
    }

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
        return .page(page(.pms, model))
    }

    // MARK: Enter Credentials

    private struct EnterCredentials: Sendable {
        struct Stored: Sendable {
            let id: String
            let name: String
            let detail: String
            let isChosen: Bool
        }

        let steps: [SetUpStep.Shown]
        let lead: String
        let action: String
        let storedAction: String
        let vendor: String
        let back: String
        let error: String?
        let hasChecks: Bool
        let checks: [CheckRow]
        let hasStored: Bool
        let stored: [Stored]
        let title: String
        let name: String
        let fields: [CredentialForm.Field]
    }

    private static func vendor(_ visit: Visit, _ setUp: Operations.SetUp) -> VendorDescription? {
        let wanted =
            visit.form.optional("vendor") ?? visit.query.optional("vendor")
            ?? setUp.connection?.vendor
        return visit.operations.vendors.first { $0.id == wanted }
    }

    private static func credentials(
        _ visit: Visit,
        error: String? = nil,
        checks: [OperationCheck] = []
    ) async throws -> Page {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        guard let vendor = vendor(visit, setUp) else {
            throw OperationError("Choose the PMS first, under Integrations, Set Up.")
        }
        let stored = try await visit.operations.connections().filter { $0.vendor == vendor.id }
        let isTyped = error != nil && visit.form.has("name")
        let taken = Set(stored.map(\.name))
        let model = EnterCredentials(
            steps: try SetUpStep.shown(at: .credentials, setUp, visit),
            lead: "\(vendor.name). They are tested at once and stored for the whole portfolio, "
                + "encrypted; secrets are never shown again.",
            action: SetUpStep.credentials.href(visit),
            storedAction: "\(SetUpStep.credentials.href(visit))/stored",
            vendor: vendor.id,
            back: SetUpStep.pms.href(visit),
            error: error,
            hasChecks: !checks.isEmpty,
            checks: checks.map { CheckRow($0) },
            hasStored: !stored.isEmpty,
            stored: stored.map {
                EnterCredentials.Stored(
                    id: $0.id.text,
                    name: $0.name,
                    detail:
                        "\(Wording.count($0.attached, "PMS property", "PMS properties")) attached "
                        + "through it",
                    isChosen: $0.id == setUp.connection?.id || stored.count == 1
                )
            },
            title: stored.isEmpty ? "Credentials" : "New credentials",
            name: isTyped
                ? visit.form.text("name") : taken.contains(vendor.name) ? "" : vendor.name,
            fields: CredentialForm(vendor, form: isTyped ? visit.form : nil).fields
        )
        return page(.credentials, model, isRefusal: error != nil)
    }

    private static func connect(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        guard let vendor = vendor(visit, setUp) else {
            return .redirect(to: SetUpStep.pms.href(visit))
        }
        do {
            let (checks, id) = try await visit.operations.connect(
                name: visit.form.text("name"),
                settings: try CredentialForm.settings(vendor, visit.form)
            )
            guard let id else {
                let error = CheckRow.refusal(checks, "Nothing is stored.")
                return .page(try await credentials(visit, error: error, checks: checks))
            }
            try await visit.operations.choose(
                try await visit.operations.connection(id.text),
                for: property
            )
        } catch let error as OperationError {
            return .page(
                try await credentials(
                    visit,
                    error: CheckRow.sentence(error) + " Nothing is stored."
                )
            )
        }
        return .redirect(
            to: SetUpStep.propertyIDs.href(visit),
            .done("\(vendor.name) accepts the credentials; they are stored.")
        )
    }

    private static func use(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        do {
            let source = try await visit.operations.connection(visit.form.text("connection"))
            let checks = try await visit.operations.said {
                try await visit.operations.checkConnection(source.id.text)
            }
            guard checks.allSatisfy(\.isAllowed) else {
                let error = CheckRow.refusal(
                    checks,
                    "Replace these credentials, under Credentials, or enter others."
                )
                return .page(try await credentials(visit, error: error, checks: checks))
            }
            try await visit.operations.choose(source, for: property)
            return .redirect(
                to: SetUpStep.propertyIDs.href(visit),
                .done("The PMS still accepts the credentials of \(source.name).")
            )
        } catch let error as OperationError {
            return .page(try await credentials(visit, error: error.description))
        }
    }

    // MARK: Attach Property IDs

    private struct AttachIDs: Sendable {
        let steps: [SetUpStep.Shown]
        let lead: String
        let action: String
        let source: String
        let back: String
        let error: String?
        let isEmpty: Bool
        let emptyText: String
        let offers: [PMSPropertyOffer]
    }

    private static func propertyIDs(_ visit: Visit, error: String? = nil) async throws -> Page {
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
            error: error,
            isEmpty: offers.isEmpty,
            emptyText: fault.map { "The PMS did not list its properties: \($0)" }
                ?? "The PMS shows no property to these credentials. Give their user access to this "
                + "property in the PMS, then reload this page.",
            offers: offers
        )
        return page(.propertyIDs, model, isRefusal: error != nil)
    }

    private static func attach(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let codes = visit.form.all("code")
        do {
            let setUp = try await visit.operations.setUp(of: property)
            guard !codes.isEmpty || !setUp.attached.isEmpty else {
                throw OperationError("Choose at least one PMS property.")
            }
            if !codes.isEmpty {
                try await visit.operations.said {
                    try await visit.operations.attach(
                        property,
                        to: visit.form.text("connection"),
                        pmsProperties: codes
                    )
                }
            }
        } catch let error as OperationError {
            return .page(try await propertyIDs(visit, error: error.description))
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

    private static func statuses(_ visit: Visit) async throws -> Answer {
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
        return .page(page(.statuses, model))
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
        return .page(page(.userSync, model))
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
        return .page(page(.done, model))
    }
}
