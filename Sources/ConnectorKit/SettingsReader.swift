/// Checks what was stored of a connection against a vendor's fields, and gives it out by key.
///
/// Errors have the code `misconfigured`, name the setting and never a secret.
package struct SettingsReader {
    private let settings: ConnectionSettings
    private let fields: [SettingField]
    private let vendor: String

    /// - Throws: ``ConnectorError`` where a setting is stored that the vendor does not have.
    package init(
        _ settings: ConnectionSettings,
        of vendor: String,
        fields: [SettingField]
    ) throws(ConnectorError) {
        self.settings = settings
        self.vendor = vendor
        self.fields = fields
        let unknown = Set(settings.values.keys).union(settings.secrets.keys)
            .subtracting(fields.map(\.key))
        guard unknown.isEmpty else {
            throw refusal("unknown: \(unknown.sorted().joined(separator: ", "))")
        }
    }

    /// A plain value, trimmed; nil where it is not given.
    ///
    /// - Throws: ``ConnectorError`` where it is missing and required, or cannot be sent.
    package func text(_ key: String) throws(ConnectorError) -> String? {
        let text = settings.values[key]?.trimmed ?? ""
        guard !text.isEmpty else {
            try requireNothing(key)
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw refusal("\(key) holds a line break or another character that cannot be sent")
        }
        return text
    }

    /// A plain value that is needed.
    package func needed(_ key: String) throws(ConnectorError) -> String {
        guard let text = try text(key) else { throw refusal("\(key) is missing") }
        return text
    }

    /// An address; `standard` where none is given.
    package func address(
        _ key: String,
        standard: String? = nil
    ) throws(ConnectorError) -> EndpointURL {
        guard let typed = try text(key) ?? standard else { throw refusal("\(key) is missing") }
        return try EndpointURL(typed, attempting: "\(vendor) setting \(key)")
    }

    /// A secret; nil where it is not given.
    ///
    /// `isASCII` tells whether it is sent where only ASCII may stand, such as in a header.
    ///
    /// - Throws: ``ConnectorError`` where it is missing and required, or cannot be sent.
    package func secret(
        _ key: String,
        isASCII: Bool = true
    ) throws(ConnectorError) -> Secret? {
        guard let secret = settings.secrets[key], !secret.revealed.isEmpty else {
            try requireNothing(key)
            return nil
        }
        let isSendable = secret.revealed.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && (scalar.isASCII || !isASCII)
        }
        guard isSendable else {
            throw refusal("\(key) holds a line break or another character that cannot be sent")
        }
        return secret
    }

    /// A secret that is needed.
    package func neededSecret(
        _ key: String,
        isASCII: Bool = true
    ) throws(ConnectorError) -> Secret {
        guard let secret = try secret(key, isASCII: isASCII) else {
            throw refusal("\(key) is missing")
        }
        return secret
    }

    /// A secret that a vendor gives as a file, which may be broken into lines; without them.
    package func neededSecret(joiningLinesOf key: String) throws(ConnectorError) -> Secret {
        guard let secret = settings.secrets[key] else { throw refusal("\(key) is missing") }
        let joined = secret.revealed.filter { !$0.isNewline && $0 != "\t" }.trimmed
        guard !joined.isEmpty else { throw refusal("\(key) is missing") }
        guard joined.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw refusal("\(key) holds a character that cannot be sent")
        }
        return Secret(joined)
    }

    /// An error about the settings.
    package func refusal(_ message: String) -> ConnectorError {
        ConnectorError(.misconfigured, attempting: "\(vendor) settings", message)
    }

    private func requireNothing(_ key: String) throws(ConnectorError) {
        guard fields.first(where: { $0.key == key })?.isRequired != true else {
            throw refusal("\(key) is missing")
        }
    }
}
