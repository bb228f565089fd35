import ConnectorKit
import Foundation

/// What AppFolio's connector must be told, checked.
struct AppFolioSettings: Sendable, Equatable {
    /// Where AppFolio's Stack interface answers.
    static let standardURL = "https://api.appfolio.com"

    let endpoint: EndpointURL
    let clientID: String
    let clientSecret: Secret
    let developerID: String

    /// The credential form, in AppFolio's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "API address",
            help: "Leave empty for \(standardURL)",
            isRequired: false,
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "client-id",
            label: "Client ID",
            help: "Made by the operator in AppFolio for the Stack partner",
            demo: "demo"
        ),
        SettingField(
            key: "client-secret",
            label: "Client secret",
            help: "Shown beside the client ID when it is made",
            isSecret: true,
            demo: "demo"
        ),
        SettingField(
            key: "developer-id",
            label: "Developer ID",
            help: "AppFolio's id of the Stack partner, sent as X-AppFolio-Developer-ID",
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "AppFolio", fields: Self.fields)
        endpoint = try reader.address("url", standard: Self.standardURL)
        clientID = try reader.needed("client-id")
        clientSecret = try reader.neededSecret("client-secret")
        developerID = try reader.needed("developer-id")
        guard !clientID.contains(":") else { throw reader.refusal("client-id holds a colon") }
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [clientSecret] }

    /// The headers that say who is calling.
    ///
    /// AppFolio compares the spelling of the developer header letter by letter.
    var headers: [(name: String, value: String)] {
        let basic = Data("\(clientID):\(clientSecret.revealed)".utf8).base64EncodedString()
        return [
            (name: "Authorization", value: "Basic \(basic)"),
            (name: "X-AppFolio-Developer-ID", value: developerID),
        ]
    }
}
