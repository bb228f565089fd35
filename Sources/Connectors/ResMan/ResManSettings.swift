import ConnectorKit

/// What ResMan's connector must be told, checked.
struct ResManSettings: Sendable, Equatable {
    /// Where ResMan's interface answers.
    static let standardURL = "https://api.myresman.com"

    let endpoint: EndpointURL
    let partnerID: String
    let accountID: String
    let apiKey: Secret

    /// The credential form, in ResMan's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "API address",
            help: "Leave empty for \(standardURL)",
            isRequired: false,
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "integration-partner-id",
            label: "Integration Partner ID",
            help: "The number ResMan gave the integration",
            demo: "1"
        ),
        SettingField(
            key: "account-id",
            label: "Account ID",
            help: "The number of the operator's ResMan account",
            demo: "400"
        ),
        SettingField(
            key: "api-key",
            label: "API key",
            help: "The key that ResMan gave the integration partner",
            isSecret: true,
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "ResMan", fields: Self.fields)
        endpoint = try reader.address("url", standard: Self.standardURL)
        partnerID = try reader.needed("integration-partner-id")
        accountID = try reader.needed("account-id")
        apiKey = try reader.neededSecret("api-key", isASCII: false)
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [apiKey] }
}
