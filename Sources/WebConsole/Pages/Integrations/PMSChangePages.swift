import LintelModel
import Operations
import Storage
import SyncEngine

/// Change PMS: choosing the PMS property that takes over from one attached, seeing what that does, doing it.
enum PMSChangePages {
    private static let choice =
        "/properties/:property/integrations/property-ids/:attachment/change"

    static let routes: [Route] = [
        .page(choice, needs: .manage) { .page(try await choose($0)) },
        .form(choice, needs: .manage, refused: { try await choose($0, $1) }, prepare),
        .page(choice + "/:new", needs: .manage) { .page(try await preview($0)) },
        .form(choice + "/:new", needs: .manage, refused: { try await preview($0, $1) }, change),
    ]

    /// The page on which a change of PMS begins.
    static func address(of attachment: Attachments.Attached, _ visit: Visit) -> String {
        visit.at("integrations", "property-ids", attachment.id.text, "change")
    }

    private static func attached(_ visit: Visit) async throws -> Attachments.Attached {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        let id = try visit.parameter("attachment")
        guard let attachment = setUp.attached.first(where: { $0.id.text == id }) else {
            throw Answer.Problem.notFound
        }
        return attachment
    }

    // MARK: Choosing

    private struct Choice: Sendable {
        let title: String
        let lead: String
        let action: String
        let back: String
        let errors: FormErrors
        let sources: [Filter]
        let source: String
        let offers: [PMSPropertyOffer]
        let hasOffers: Bool
        let offerText: String
    }

    private static func choose(_ visit: Visit, _ errors: FormErrors = .none) async throws -> Page {
        let old = try await attached(visit)
        let others = try await visit.operations.connections().filter { $0.id != old.connection }
        let wanted = visit.form.optional("connection") ?? visit.query.optional("connection")
        let source = others.first { $0.id.text == wanted } ?? others.first
        let offered = await PMSPropertyOffer.all(through: source, visit)
        let open = offered.offers.filter(\.isFree)
        let action = address(of: old, visit)
        let model = Choice(
            title: "Change the PMS of \(old.pmsProperty)",
            lead:
                "Its people, units and history stay. Nothing changes before you have seen what would.",
            action: action,
            back: IntegrationTabs.propertyIDs.href(visit),
            errors: errors,
            sources: others.map {
                Filter(
                    label: $0.name,
                    count: "",
                    href: path(action, [("connection", $0.id.text)]),
                    isCurrent: $0.id == source?.id
                )
            },
            source: source?.id.text ?? "",
            offers: open,
            hasOffers: !open.isEmpty,
            offerText: offered.error.map { "The PMS did not list its properties: \($0)" }
                ?? (source == nil
                    ? "Enter the credentials of the other PMS first, under Integrations."
                    : "Every PMS property that \(source?.name ?? "") shows is attached already.")
        )
        return Page(
            template: "pms-change",
            title: model.title,
            section: .integrations,
            model: model
        )
    }

    private static func prepare(_ visit: Visit) async throws -> Answer {
        let old = try await attached(visit)
        guard let code = visit.form.optional("code") else {
            throw FormErrors("Choose the PMS property that takes over.", at: "code")
        }
        let change = try await FormErrors.about("code") {
            try await visit.operations.said {
                try await visit.operations.preparePMSChange(
                    of: try visit.theProperty(),
                    from: old.pmsProperty.text,
                    to: visit.form.text("connection"),
                    pmsProperty: code
                )
            }
        }
        return .redirect(to: "\(address(of: old, visit))/\(change.new.id)")
    }

    // MARK: Seeing and doing

    private struct Preview: Sendable {
        struct Change: Sendable {
            let what: String
            let why: String
        }

        let title: String
        let lead: String
        let units: String
        let action: String
        let back: String
        let errors: FormErrors
        let canChange: Bool
        let hasChanges: Bool
        let changes: [Change]
        let hasAlerts: Bool
        let alerts: [String]
    }

    private static func prepared(_ visit: Visit) async throws -> Operations.PreparedPMSChange {
        try await visit.operations.preparedPMSChange(
            of: try visit.theProperty(),
            from: AttachmentID(try visit.parameter("attachment")),
            to: AttachmentID(try visit.parameter("new"))
        )
    }

    private static func preview(_ visit: Visit, _ errors: FormErrors = .none) async throws -> Page {
        let change = try await prepared(visit)
        let shown = try await visit.operations.preview(change, of: try visit.theProperty())
        let failure = shown.plan.failure.map { FormErrors("The PMS could not be read: \($0)") }
        let waiting = (shown.plan.objections + shown.plan.alerts).map(visit.spoken)
        let unmapped = shown.unmapped.prefix(20).joined(separator: ", ")
        let model = Preview(
            title: "\(change.old.pmsProperty) becomes \(change.new.pmsProperty)",
            lead: "\(Wording.count(shown.recognised, "resident")) of the new PMS recognised, "
                + "\(Wording.count(shown.created, "person", "people")) brought in. "
                + "Nothing is changed yet.",
            units: shown.unmapped.isEmpty
                ? "Every one of its \(Wording.count(shown.mapped, "PMS unit")) is mapped."
                : "\(Wording.count(shown.mapped, "PMS unit")) mapped; to map by hand after the "
                    + "change: \(unmapped)\(shown.unmapped.count > 20 ? " …" : "").",
            action: "\(address(of: change.old, visit))/\(change.new.id)",
            back: IntegrationTabs.propertyIDs.href(visit),
            errors: failure ?? errors,
            canChange: failure == nil,
            hasChanges: !shown.plan.changes.isEmpty,
            changes: shown.plan.changes.map {
                Preview.Change(what: visit.spoken($0.what), why: visit.spoken($0.why))
            },
            hasAlerts: !waiting.isEmpty,
            alerts: waiting
        )
        return Page(
            template: "pms-change-preview",
            title: model.title,
            section: .integrations,
            model: model,
            isRefusal: failure != nil
        )
    }

    private static func change(_ visit: Visit) async throws -> Answer {
        let change = try await prepared(visit)
        let property = try visit.theProperty()
        try await visit.operations.change(change, of: property)
        guard property.settings.userSync else {
            return .redirect(
                to: IntegrationTabs.propertyIDs.href(visit),
                .done("PMS property \(change.new.pmsProperty) has taken over; User Sync is off.")
            )
        }
        visit.console.desk.ask(.sync, of: property)
        return .redirect(to: visit.at("sync"))
    }
}
