import ConnectorKit
import LintelModel
import Operations
import Storage

/// The form of a vendor's credentials, made from the vendor's own description.
///
/// Shown with the partial `credential-fields`, from properties `fields` and `checks` of what is around it.
struct CredentialForm: Sendable {
    struct Field: Sendable {
        let id: String
        let label: String
        let help: String
        let type: String
        let completion: String
        let value: String
        let isNeeded: Bool
        let fault: String?
    }

    let vendor: VendorDescription
    let fields: [Field]

    /// - Parameters:
    ///   - vendor: whose credentials.
    ///   - values: what stands in the fields that are no secrets.
    ///   - form: what was typed, where it could not be taken; secrets are never shown again.
    init(_ vendor: VendorDescription, values: [String: String] = [:], form: Form? = nil) {
        self.vendor = vendor
        fields = vendor.fields.map { field in
            let typed = form?.text("field-\(field.key)")
            let isMissing = field.isRequired && typed == ""
            return Field(
                id: "field-\(field.key)",
                label: field.label,
                help: field.help,
                type: field.isSecret ? "password" : "text",
                completion: field.isSecret ? "new-password" : "off",
                value: field.isSecret ? "" : typed ?? values[field.key] ?? "",
                isNeeded: field.isRequired,
                fault: isMissing ? "\(field.label) is needed." : nil
            )
        }
    }

    /// The settings that were typed; empty fields are left out.
    ///
    /// - Throws: ``OperationError`` that names the first field that is needed and empty.
    static func settings(_ vendor: VendorDescription, _ form: Form) throws -> ConnectionSettings {
        var settings = ConnectionSettings(vendor: vendor.id, values: [:])
        for field in vendor.fields {
            guard let typed = form.optional("field-\(field.key)") else {
                guard !field.isRequired else {
                    throw OperationError("\(field.label) is needed. \(field.help)")
                }
                continue
            }
            if field.isSecret {
                settings.secrets[field.key] = Secret(typed)
            } else {
                settings.values[field.key] = typed
            }
        }
        return settings
    }
}

/// What a PMS lets credentials do, as a table shows it with the partial `checks`.
struct CheckRow: Sendable {
    let operation: String
    let state: String
    let kind: String
    let words: String

    init(_ check: OperationCheck) {
        operation = check.operation
        state = check.isAllowed ? "Allowed" : "Refused"
        kind = check.isAllowed ? "ok" : "no"
        words = check.detail
    }

    /// An error as a sentence that another may follow.
    static func sentence(_ error: OperationError) -> String {
        let text = error.description
        return text.hasSuffix(".") || text.hasSuffix("…") ? text : text + "."
    }

    /// What to say of checks of which one at least was refused.
    static func refusal(_ checks: [OperationCheck], _ consequence: String) -> String {
        let refused = checks.filter { !$0.isAllowed }
        return "The PMS refuses \(refused.map(\.operation).joined(separator: ", ")): "
            + "\(refused.map(\.detail).joined(separator: "; ")). \(consequence)"
    }
}
