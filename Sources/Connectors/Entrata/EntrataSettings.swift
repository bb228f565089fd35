package import ConnectorKit
import Foundation

/// What a connection to Entrata must be told, checked.
package struct EntrataSettings: Sendable {
    /// How Entrata is asked who is calling.
    package enum Access: Sendable {
        /// The gateway: `{url}/ext/orgs/{organization}/v1/{service}` with `X-Api-Key`.
        case gateway(organization: String, apiKey: Secret)
        /// The older way: `{url}/api/v1/{service}` with HTTP Basic.
        case legacy(username: String, password: Secret)
    }

    /// Where Entrata's gateway answers.
    package static let defaultURL = "https://apis.entrata.com"

    package let endpoint: EndpointURL
    package let access: Access

    /// The credential form, in Entrata's words.
    package static let fields = [
        SettingField(
            key: "url",
            label: "API address",
            help: "Leave empty for \(defaultURL). Legacy access: https://SUBDOMAIN.entrata.com",
            isRequired: false,
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "organization",
            label: "Entrata subdomain",
            help: "The SUBDOMAIN of https://SUBDOMAIN.entrata.com; needed with an API key",
            isRequired: false,
            demo: "demo"
        ),
        SettingField(
            key: "api-key",
            label: "API key",
            help: "From Entrata, Setup › Company › API Access; sent as X-Api-Key",
            isSecret: true,
            isRequired: false,
            demo: "demo"
        ),
        SettingField(
            key: "username",
            label: "User name (legacy)",
            help: "Only where Entrata has not moved the account to API keys",
            isRequired: false
        ),
        SettingField(
            key: "password",
            label: "Password (legacy)",
            help: "The password of that user",
            isSecret: true,
            isRequired: false
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    package init(_ settings: ConnectionSettings) throws(ConnectorError) {
        func value(_ key: String) -> String { settings.values[key]?.trimmed ?? "" }
        let known = Set(Self.fields.map(\.key))
        let unknown = Set(settings.values.keys).union(settings.secrets.keys).subtracting(known)
        guard unknown.isEmpty else {
            throw Self.refusal("unknown: \(unknown.sorted().joined(separator: ", "))")
        }
        let typed = value("url")
        endpoint = try EndpointURL(
            typed.isEmpty ? Self.defaultURL : typed,
            attempting: "Entrata setting url"
        )
        let apiKey = try Self.secret("api-key", in: settings)
        let password = try Self.secret("password", in: settings)
        switch (apiKey, password) {
        case (let apiKey?, nil):
            let organization = value("organization")
            guard !organization.isEmpty else {
                throw Self.refusal("organization is missing: the subdomain of the Entrata account")
            }
            guard organization.utf8.allSatisfy(Self.isPathWord) else {
                throw Self.refusal("organization may hold letters, digits, - and _ only")
            }
            access = .gateway(organization: organization, apiKey: apiKey)
        case (nil, let password?):
            let username = value("username")
            guard !username.isEmpty, !username.contains(":") else {
                throw Self.refusal("username is missing or holds a colon")
            }
            access = .legacy(username: username, password: password)
        case (nil, nil):
            throw Self.refusal("api-key is missing (or, for legacy access, username and password)")
        case (_?, _?):
            throw Self.refusal("api-key and password exclude each other")
        }
    }

    /// What must never appear in words shown.
    var secrets: [Secret] {
        switch access {
        case .gateway(_, let apiKey): [apiKey]
        case .legacy(_, let password): [password]
        }
    }

    /// The address of a service, without query.
    func url(of service: String) -> String {
        switch access {
        case .gateway(let organization, _):
            "\(endpoint.text)/ext/orgs/\(organization)/v1/\(service)"
        case .legacy: "\(endpoint.text)/api/v1/\(service)"
        }
    }

    /// The header that says who is calling.
    var authorization: (name: String, value: String) {
        switch access {
        case .gateway(_, let apiKey): ("X-Api-Key", apiKey.revealed)
        case .legacy(let username, let password):
            (
                "Authorization",
                "Basic " + Data("\(username):\(password.revealed)".utf8).base64EncodedString()
            )
        }
    }

    /// The word for ``access`` in a request's body.
    var authenticationType: String {
        switch access {
        case .gateway: "apikey"
        case .legacy: "basic"
        }
    }

    private static func secret(
        _ key: String,
        in settings: ConnectionSettings
    ) throws(ConnectorError) -> Secret? {
        guard let secret = settings.secrets[key], !secret.revealed.isEmpty else { return nil }
        let isSendable = secret.revealed.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && (key == "password" || scalar.isASCII)
        }
        guard isSendable else {
            throw refusal("\(key) holds a line break or another character that cannot be sent")
        }
        return secret
    }

    private static func refusal(_ message: String) -> ConnectorError {
        ConnectorError(.misconfigured, attempting: "Entrata settings", message)
    }

    private static func isPathWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
