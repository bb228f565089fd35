import LintelModel
import Operations
import Reconciliation
import Storage

/// Property IDs: the PMS properties attached to a property, attaching another, detaching one.
enum PropertyIDPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/property-ids") { .page(try await list($0)) },
        .form(
            "/properties/:property/integrations/property-ids",
            needs: .manage,
            refused: { try await list($0, $1) },
            attach
        ),
        .page(
            "/properties/:property/integrations/property-ids/:attachment/detach",
            needs: .manage
        ) { .page(try await question($0)) },
        .form(
            "/properties/:property/integrations/property-ids/:attachment/detach",
            needs: .manage,
            refused: { try await question($0, $1) },
            detach
        ),
    ]

    private struct List: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let connection: String
            let state: String
            let kind: String
            let listed: String
            let detach: String?
            let button: String
            /// Where its PMS can be changed for another.
            let change: String?
        }
        struct Choice: Sendable {
            let value: String
            let label: String
        }

        let lead: String
        let tabs: [Frame.Link]
        let action: String
        let mayManage: Bool
        let errors: FormErrors
        let isEmpty: Bool
        let rows: [Row]
        let sources: [Filter]
        let hasSources: Bool
        let source: String
        let offers: [PMSPropertyOffer]
        let hasOffers: Bool
        let offerText: String
        let replaceable: [Choice]
        let canReplace: Bool
    }

    private static func list(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        let connections = try await visit.operations.connections()
        let names = Dictionary(uniqueKeysWithValues: connections.map { ($0.id, $0.name) })
        let mayManage = visit.may(.manage)
        let wanted = visit.form.optional("connection") ?? visit.query.optional("connection")
        let source =
            connections.first { $0.id.text == wanted }
            ?? connections.first { $0.id == setUp.connection?.id }
        // Asked of the PMS only for somebody who can attach.
        let offered = mayManage ? await PMSPropertyOffer.all(through: source, visit) : nil
        let titles = Dictionary(
            (offered?.offers ?? []).map { ($0.value, $0.name) },
            uniquingKeysWith: { $1 }
        )
        let open = (offered?.offers ?? []).filter(\.isFree)
        var frozen: [AttachmentID: Int] = [:]
        for attachment in setUp.attachments where attachment.isDetached {
            frozen[attachment.id] = try await visit.operations.assignmentsResting(on: attachment)
        }
        let model = List(
            lead: setUp.attached.isEmpty
                ? "No PMS property is attached"
                : "\(Wording.count(setUp.attached.count, "PMS property", "PMS properties")) attached",
            tabs: IntegrationTabs.links(visit, at: .propertyIDs),
            action: IntegrationTabs.propertyIDs.href(visit),
            mayManage: mayManage,
            errors: errors,
            isEmpty: setUp.attachments.isEmpty,
            rows: setUp.attachments.map { attachment in
                let isDetached = attachment.isDetached
                let frozen = frozen[attachment.id] ?? 0
                return List.Row(
                    code: attachment.pmsProperty.text,
                    name: titles[attachment.pmsProperty.text] ?? "",
                    connection: names[attachment.connection] ?? "",
                    state: !isDetached
                        ? "Attached"
                        : frozen > 0
                            ? "Detached, \(Wording.count(frozen, "assignment")) frozen"
                            : "Detached",
                    kind: !isDetached ? "ok" : frozen > 0 ? "see" : "plain",
                    listed: attachment.counts.map {
                        "\(Wording.count($0.residents, "resident")), "
                            + Wording.count($0.units, "PMS unit")
                    } ?? "not read yet",
                    detach: mayManage && (!isDetached || frozen > 0)
                        ? visit.at(
                            "integrations",
                            "property-ids",
                            attachment.id.text,
                            "detach"
                        ) : nil,
                    button: isDetached ? "Settle" : "Detach",
                    change: mayManage && !isDetached && connections.count > 1
                        ? PMSChangePages.address(of: attachment, visit) : nil
                )
            },
            sources: connections.count < 2
                ? []
                : connections.map {
                    Filter(
                        label: $0.name,
                        count: "",
                        href: path(
                            IntegrationTabs.propertyIDs.href(visit),
                            [("connection", $0.id.text)]
                        ),
                        isCurrent: $0.id == source?.id
                    )
                },
            hasSources: connections.count > 1,
            source: source?.id.text ?? "",
            offers: open,
            hasOffers: !open.isEmpty,
            offerText: offered?.error.map { "The PMS did not list its properties: \($0)" }
                ?? (source == nil
                    ? "Enter credentials first, under Integrations, Set Up."
                    : "Every PMS property that \(source?.name ?? "") shows is attached already."),
            replaceable: setUp.attached.filter { $0.connection == source?.id }.map {
                List.Choice(
                    value: $0.pmsProperty.text,
                    label: [$0.pmsProperty.text, titles[$0.pmsProperty.text] ?? ""]
                        .filter { !$0.isEmpty }.joined(separator: ", ")
                )
            },
            canReplace: setUp.attached.contains { $0.connection == source?.id }
        )
        return Page(
            template: "property-ids",
            title: "Property IDs",
            section: .integrations,
            model: model
        )
    }

    private static func attach(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let (codes, replaced) = (visit.form.all("code"), visit.form.optional("replaces"))
        guard !codes.isEmpty else {
            throw FormErrors("Choose the PMS property to attach.", at: "code")
        }
        guard replaced == nil || codes.count == 1 else {
            throw FormErrors(
                "Choose one PMS property where it takes the place of another, not \(codes.count).",
                at: "replaces"
            )
        }
        try await FormErrors.about("code") {
            try await visit.operations.said {
                try await visit.operations.attach(
                    property,
                    to: visit.form.text("connection"),
                    pmsProperties: codes,
                    replacing: replaced
                )
            }
        }
        let attached = codes.joined(separator: ", ")
        return .redirect(
            to: IntegrationTabs.propertyIDs.href(visit),
            .done(
                replaced.map { "PMS property \($0) is \(attached) now; its residents stay." }
                    ?? "PMS property \(attached) is attached. Map its units next, under Unit Mapping."
            )
        )
    }

    // MARK: Detaching

    private struct Question: Sendable {
        struct Choice: Sendable {
            let value: String
            let label: String
            let help: String
            let isChosen: Bool
        }

        let title: String
        let lead: String
        let action: String
        let back: String
        let button: String
        let errors: FormErrors
        let choices: [Choice]
    }

    private static func found(_ visit: Visit) async throws -> Attachments.Attached {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        let id = try visit.parameter("attachment")
        guard let attachment = setUp.attachments.first(where: { $0.id.text == id }) else {
            throw Answer.Problem.notFound
        }
        return attachment
    }

    private static func question(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let attachment = try await found(visit)
        let resting = try await visit.operations.assignmentsResting(on: attachment)
        let stays = Wording.count(resting, "assignment")
        let code = attachment.pmsProperty.text
        var choices = [
            Question.Choice(
                value: Operations.DetachedResidents.freeze.rawValue,
                label: "Freeze them",
                help:
                    "The \(stays) stay as they are, and nothing about them changes until you come "
                    + "back here to keep or end them.",
                isChosen: true
            ),
            Question.Choice(
                value: Operations.DetachedResidents.keep.rawValue,
                label: "Keep them",
                help:
                    "The \(stays) stay, as if put there by hand; each ends when somebody ends it.",
                isChosen: attachment.isDetached
            ),
            Question.Choice(
                value: Operations.DetachedResidents.end.rawValue,
                label: "End them",
                help: "This ends \(stays) today. The people stay on the People page.",
                isChosen: false
            ),
        ]
        if attachment.isDetached { choices.removeFirst() }
        let model = Question(
            title: attachment.isDetached
                ? "Settle PMS property \(code)" : "Detach PMS property \(code)",
            lead: attachment.isDetached
                ? "It is detached; what rested on its residents alone is frozen: \(stays)."
                : "It is read no more. \(stays) at \(try visit.theProperty().name) "
                    + "\(resting == 1 ? "rests" : "rest") on its residents alone. What should become of "
                    + "\(resting == 1 ? "it" : "them")?",
            action: visit.at("integrations", "property-ids", attachment.id.text, "detach"),
            back: IntegrationTabs.propertyIDs.href(visit),
            button: attachment.isDetached ? "Save" : "Detach",
            errors: errors,
            choices: choices
        )
        return Page(
            template: "detach",
            title: model.title,
            section: .integrations,
            model: model
        )
    }

    private static func detach(_ visit: Visit) async throws -> Answer {
        let attachment = try await found(visit)
        guard
            let choice = Operations.DetachedResidents(rawValue: visit.form.text("residents"))
        else {
            throw FormErrors("Choose what becomes of them.", at: "residents")
        }
        let settled = try await visit.operations.detach(
            try visit.theProperty(),
            pmsProperty: attachment.pmsProperty.text,
            residents: choice
        )
        let stays = Wording.count(settled, "assignment")
        let became =
            switch choice {
            case .freeze: "Its residents stay as they are."
            case .keep: "\(stays) kept, as if put there by hand."
            case .end: "\(stays) ended."
            }
        return .redirect(
            to: IntegrationTabs.propertyIDs.href(visit),
            .done("PMS property \(attachment.pmsProperty) is detached. \(became)")
        )
    }
}

/// A PMS property that a connection shows, as a choice.
struct PMSPropertyOffer: Sendable {
    let value: String
    let id: String
    let name: String
    /// Where it is attached, in words; nil where it is nowhere.
    let attachedTo: String?
    let isFree: Bool
    let isHere: Bool

    /// What a connection shows, or the PMS's own words where it shows nothing.
    static func all(
        through source: Connections.Listed?,
        _ visit: Visit
    ) async -> (offers: [PMSPropertyOffer], error: String?) {
        guard let source else { return ([], nil) }
        do {
            let found = try await visit.operations.said {
                try await visit.operations.pmsProperties(through: source.id.text)
            }
            let offers = found.enumerated().map { index, offered in
                let place = offered.attachedTo
                return PMSPropertyOffer(
                    value: offered.property.id.text,
                    id: "offer-\(index)",
                    name: offered.property.name,
                    attachedTo: place.map { "Attached to \($0)" },
                    isFree: place == nil,
                    isHere: place != nil && place == visit.property?.name
                )
            }
            return (offers, nil)
        } catch {
            return ([], "\(error)")
        }
    }
}
