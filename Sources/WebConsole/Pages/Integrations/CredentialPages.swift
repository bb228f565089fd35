import ConnectorKit
import LintelModel
import Operations
import Storage

/// Credentials: through which connection a property reads its PMS, testing it, replacing what it is told.
enum CredentialPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/credentials") { .page(try await list($0)) },
        .form(
            "/properties/:property/integrations/credentials/:connection/test",
            needs: .manage,
            test
        ),
        .page(
            "/properties/:property/integrations/credentials/:connection/replace",
            needs: .manage
        ) { .page(try await form($0)) },
        .form(
            "/properties/:property/integrations/credentials/:connection/replace",
            needs: .manage,
            refused: { try await form($0, $1) },
            replace
        ),
    ]

    private struct List: Sendable {
        struct Fact: Sendable {
            let name: String
            let value: String
        }
        struct Connection: Sendable {
            let name: String
            let vendor: String
            let facts: [Fact]
            let attached: String
            let test: String
            let replace: String
            let hasChecks: Bool
            let result: String?
            let resultKind: String
            let checks: [CheckRow]
        }

        let lead: String
        let tabs: [Frame.Link]
        let mayManage: Bool
        let isEmpty: Bool
        let setUp: String
        let connections: [Connection]
    }

    /// What a test found, and of which connection.
    private struct Tested {
        let connection: ConnectionID
        var checks: [OperationCheck] = []
        /// What was refused, as sentences; nil for nothing.
        var error: String?
    }

    private static func list(_ visit: Visit, _ tested: Tested? = nil) async throws -> Page {
        let setUp = try await visit.operations.setUp(of: try visit.theProperty())
        var used = Set(setUp.attached.map(\.connection))
        if used.isEmpty, let chosen = setUp.connection { used.insert(chosen.id) }
        let listed = try await visit.operations.connections().filter { used.contains($0.id) }
        let mayManage = visit.may(.manage)
        let model = List(
            lead: listed.isEmpty
                ? "Nothing is connected yet"
                : "Read through \(listed.map(\.name).joined(separator: ", "))",
            tabs: IntegrationTabs.links(visit, at: .credentials),
            mayManage: mayManage,
            isEmpty: listed.isEmpty,
            setUp: visit.at("integrations", "set-up"),
            connections: listed.map { source in
                let own = setUp.attached.filter { $0.connection == source.id }
                let result = tested?.connection == source.id ? tested : nil
                return List.Connection(
                    name: source.name,
                    vendor: visit.operations.vendors.first { $0.id == source.vendor }?.name
                        ?? source.vendor,
                    facts: mayManage ? facts(source, visit) : [],
                    attached: own.isEmpty
                        ? "none here" : own.map(\.pmsProperty.text).joined(separator: ", "),
                    test: visit.at("integrations", "credentials", source.id.text, "test"),
                    replace: visit.at("integrations", "credentials", source.id.text, "replace"),
                    hasChecks: result?.checks.isEmpty == false,
                    result: result.map { $0.error ?? "The PMS allows all that a sync needs." },
                    resultKind: result?.error == nil ? "ok" : "no",
                    checks: result?.checks.map { CheckRow($0) } ?? []
                )
            }
        )
        return Page(
            template: "credentials",
            title: "Credentials",
            section: .integrations,
            model: model
        )
    }

    /// What a connection was told, secrets apart.
    private static func facts(_ source: Connections.Listed, _ visit: Visit) -> [List.Fact] {
        guard let vendor = visit.operations.vendors.first(where: { $0.id == source.vendor }) else {
            return []
        }
        return vendor.fields.compactMap { field in
            if field.isSecret { return nil }
            return source.values[field.key].map { List.Fact(name: field.label, value: $0) }
        }
    }

    private static func found(_ visit: Visit) async throws -> Connections.Listed {
        let id = try visit.parameter("connection")
        guard
            let source = try await visit.operations.connections().first(where: { $0.id.text == id })
        else { throw Answer.Problem.notFound }
        return source
    }

    /// Whose credentials a connection has.
    static func vendor(
        of source: Connections.Listed,
        _ visit: Visit
    ) throws -> VendorDescription {
        guard let vendor = visit.operations.vendors.first(where: { $0.id == source.vendor }) else {
            throw OperationError("This version of Lintel does not know the PMS \(source.vendor).")
        }
        return vendor
    }

    private static func test(_ visit: Visit) async throws -> Answer {
        let source = try await found(visit)
        var tested = Tested(connection: source.id)
        do {
            tested.checks = try await visit.operations.said {
                try await visit.operations.checkConnection(source.id.text)
            }
            if !tested.checks.allSatisfy(\.isAllowed) {
                tested.error =
                    CheckRow.refusal(tested.checks, by: try vendor(of: source, visit))
                    + " Until then syncs fail."
            }
        } catch let error as OperationError {
            tested.error = error.sentence
        }
        return .page(try await list(visit, tested))
    }

    // MARK: Replacing

    private struct Replacement: Sendable {
        let title: String
        let lead: String
        let action: String
        let back: String
        let errors: FormErrors
        let fields: [CredentialForm.Field]
        let hasChecks: Bool
        let checks: [CheckRow]
    }

    private static func form(
        _ visit: Visit,
        _ errors: FormErrors = .none,
        checks: [OperationCheck] = []
    ) async throws -> Page {
        let source = try await found(visit)
        let vendor = try vendor(of: source, visit)
        let form = CredentialForm(
            vendor,
            values: source.values,
            form: errors.isRefused ? visit.form : nil,
            errors
        )
        var errors = errors
        if errors.isRefused { errors.heading = "The credentials stay as they were." }
        let model = Replacement(
            title: "Replace credentials",
            lead: "\(Wording.count(source.attached, "PMS property", "PMS properties")) of the "
                + "portfolio \(source.attached == 1 ? "is" : "are") read through \(source.name). The new "
                + "credentials are tried first; they hold for all of them from the next sync on.",
            action: visit.at("integrations", "credentials", source.id.text, "replace"),
            back: IntegrationTabs.credentials.href(visit),
            errors: errors,
            fields: form.fields,
            hasChecks: !checks.isEmpty,
            checks: checks.map { CheckRow($0) }
        )
        return Page(
            template: "credential-replacement",
            title: model.title,
            section: .integrations,
            model: model,
            isRefusal: errors.isRefused
        )
    }

    private static func replace(_ visit: Visit) async throws -> Answer {
        let source = try await found(visit)
        let vendor = try vendor(of: source, visit)
        let (checks, isStored) = try await visit.operations.replaceCredentials(
            of: source.id.text,
            with: try CredentialForm.settings(vendor, visit.form)
        )
        guard isStored else {
            return .page(
                try await form(
                    visit,
                    FormErrors(CheckRow.refusal(checks, by: vendor)),
                    checks: checks
                )
            )
        }
        return .redirect(
            to: IntegrationTabs.credentials.href(visit),
            .done("The credentials of \(source.name) are replaced; the PMS accepts them.")
        )
    }
}
