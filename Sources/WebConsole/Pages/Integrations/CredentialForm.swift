import ConnectorKit
import Foundation
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
        let error: String?
    }

    let vendor: VendorDescription
    let fields: [Field]

    /// - Parameters:
    ///   - vendor: whose credentials.
    ///   - values: what stands in the fields that are no secrets.
    ///   - form: what was typed, where it could not be taken; secrets are never shown again.
    ///   - errors: what was wrong with it.
    init(
        _ vendor: VendorDescription,
        values: [String: String] = [:],
        form: Form? = nil,
        _ errors: FormErrors = .none
    ) {
        self.vendor = vendor
        fields = vendor.fields.map { field in
            let id = Self.id(of: field.key)
            let typed = form?.text(id)
            return Field(
                id: id,
                label: field.label,
                help: field.help,
                type: field.isSecret ? "password" : "text",
                completion: field.isSecret ? "new-password" : "off",
                value: field.isSecret ? "" : typed ?? values[field.key] ?? "",
                isNeeded: field.isRequired,
                error: errors.at[id]
            )
        }
    }

    private static func id(of key: String) -> String { "field-\(key)" }

    /// The settings that were typed; empty fields are left out.
    ///
    /// - Throws: ``FormErrors`` where fields are empty that are needed.
    static func settings(_ vendor: VendorDescription, _ form: Form) throws -> ConnectionSettings {
        var typed: [String: String] = [:]
        for field in vendor.fields { typed[field.key] = form.optional(id(of: field.key)) }
        let (settings, missing) = vendor.settings(typed: typed)
        guard missing.isEmpty else {
            throw FormErrors(missing.map { (id(of: $0.key), "\($0.label) is needed.") })
        }
        return settings
    }
}

/// What a PMS lets credentials do, as a table shows it with the partial `checks`.
struct CheckRow: Sendable {
    /// How a connector begins what it says of an operation that it could not even ask for.
    private static let untried = "not tried: "

    let operation: String
    let state: String
    let kind: String
    let words: String

    init(_ check: OperationCheck) {
        let isUntried = !check.isAllowed && check.detail.hasPrefix(Self.untried)
        operation = check.operation
        state = check.isAllowed ? "Allowed" : isUntried ? "Not tried" : "Refused"
        kind = check.isAllowed ? "ok" : isUntried ? "plain" : "no"
        words = isUntried ? String(check.detail.dropFirst(Self.untried.count)) : check.detail
    }

    /// What to say of checks of which one at least was refused: what was said, and what to do.
    ///
    /// - Parameters:
    ///   - checks: all of them.
    ///   - vendor: who was asked.
    /// - Returns: sentences.
    static func refusal(_ checks: [OperationCheck], by vendor: VendorDescription) -> String {
        let refused = checks.filter { !$0.isAllowed }.map { CheckRow($0) }
        let said = refused.filter { $0.kind == "no" }
        guard !said.isEmpty else {
            return "\(list(refused.map(\.operation))) could not be tried: "
                + "\(refused.first?.words ?? ""). Give these credentials access to a property in "
                + "\(vendor.name), then test again."
        }
        var words: [String] = []
        for row in said where !words.contains(quoted(row.words)) { words.append(quoted(row.words)) }
        let quotation = words.joined(separator: " ")
        guard vendor.fields.contains(where: \.isSecret) else {
            return "\(vendor.name) cannot be read: \(quotation) Put that right, then test again."
        }
        guard checks.contains(where: \.isAllowed) else {
            return "\(vendor.name) did not accept these credentials. It said: \(quotation) Compare "
                + "them with what \(vendor.name) shows, then test again."
        }
        return "\(vendor.name) accepts these credentials, but not for "
            + "\(list(said.map(\.operation))). It said: \(quotation) Have that allowed for them in "
            + "\(vendor.name), then test again."
    }

    /// The words of a PMS in quotation marks, with the code they came with behind them.
    private static func quoted(_ words: String) -> String {
        guard words.hasPrefix("HTTP "), let colon = words.range(of: ": ") else {
            return "“\(words)”."
        }
        return "“\(words[colon.upperBound...])” (\(words[..<colon.lowerBound]))."
    }

    private static func list(_ operations: [String]) -> String {
        guard let last = operations.last, operations.count > 1 else { return operations.joined() }
        return "\(operations.dropLast().joined(separator: ", ")) and \(last)"
    }
}
