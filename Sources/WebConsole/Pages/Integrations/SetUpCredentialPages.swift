import ConnectorKit
import LintelModel
import Operations
import Storage

/// The step **Enter Credentials** of an integration's set-up: new ones, or those stored already.
enum SetUpCredentialPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/set-up/credentials", needs: .manage) {
            .page(try await credentials($0))
        },
        .form(
            "/properties/:property/integrations/set-up/credentials",
            needs: .manage,
            refused: { try await credentials($0, $1) },
            connect
        ),
        .form(
            "/properties/:property/integrations/set-up/credentials/stored",
            needs: .manage,
            refused: { try await credentials($0, $1) },
            use
        ),
    ]

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
        let errors: FormErrors
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
        _ errors: FormErrors = .none,
        checks: [OperationCheck] = []
    ) async throws -> Page {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        guard let vendor = vendor(visit, setUp) else {
            throw OperationError("Choose the PMS first, under Integrations, Set Up.")
        }
        let stored = try await visit.operations.connections().filter { $0.vendor == vendor.id }
        let isTyped = errors.isRefused && visit.form.has("name")
        var errors = errors
        if isTyped { errors.heading = "Nothing is stored." }
        let taken = Set(stored.map(\.name))
        let model = EnterCredentials(
            steps: try SetUpStep.shown(at: .credentials, setUp, visit),
            lead: "\(vendor.name). They are tested at once and stored for the whole portfolio, "
                + "encrypted; secrets are never shown again.",
            action: SetUpStep.credentials.href(visit),
            storedAction: "\(SetUpStep.credentials.href(visit))/stored",
            vendor: vendor.id,
            back: SetUpStep.pms.href(visit),
            errors: errors,
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
            fields: CredentialForm(vendor, form: isTyped ? visit.form : nil, errors).fields
        )
        return SetUpStep.credentials.page(model, isRefusal: errors.isRefused)
    }

    private static func connect(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let setUp = try await visit.operations.setUp(of: property)
        guard let vendor = vendor(visit, setUp) else {
            return .redirect(to: SetUpStep.pms.href(visit))
        }
        let name = visit.form.text("name")
        guard !name.isEmpty else { throw FormErrors("The connection needs a name.", at: "name") }
        guard try await !visit.operations.connections().contains(where: { $0.name == name }) else {
            throw FormErrors(
                "There is a connection “\(name)” already; give it another name.",
                at: "name"
            )
        }
        let (checks, id) = try await visit.operations.connect(
            name: name,
            settings: try CredentialForm.settings(vendor, visit.form)
        )
        guard let id else {
            let errors = FormErrors(CheckRow.refusal(checks, by: vendor))
            return .page(try await credentials(visit, errors, checks: checks))
        }
        try await visit.operations.choose(
            try await visit.operations.connection(id.text),
            for: property
        )
        return .redirect(
            to: SetUpStep.propertyIDs.href(visit),
            .done("\(vendor.name) accepts the credentials; they are stored.")
        )
    }

    private static func use(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let source = try await FormErrors.about("connection") {
            try await visit.operations.connection(visit.form.text("connection"))
        }
        let vendor = try CredentialPages.vendor(of: source, visit)
        let checks = try await FormErrors.about("connection") {
            try await visit.operations.said {
                try await visit.operations.checkConnection(source.id.text)
            }
        }
        guard checks.allSatisfy(\.isAllowed) else {
            let errors = FormErrors(
                CheckRow.refusal(checks, by: vendor)
                    + " Replace these credentials, under Credentials, or enter others.",
                at: "connection"
            )
            return .page(try await credentials(visit, errors, checks: checks))
        }
        try await visit.operations.choose(source, for: property)
        return .redirect(
            to: SetUpStep.propertyIDs.href(visit),
            .done("The PMS still accepts the credentials of \(source.name).")
        )
    }
}
