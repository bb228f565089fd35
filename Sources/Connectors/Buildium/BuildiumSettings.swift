import ConnectorKit

/// What Buildium's connector must be told, checked.
struct BuildiumSettings: Sendable, Equatable {
    /// Where Buildium's interface answers.
    static let standardURL = "https://api.buildium.com"

    let endpoint: EndpointURL
    let clientID: String
    let clientSecret: Secret

    /// The credential form, in Buildium's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "API address",
            help: "Leave empty for \(standardURL). Sandbox: https://apisandbox.buildium.com",
            isRequired: false,
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "client-id",
            label: "Client ID",
            help:
                "From Buildium, Settings › Developer Tools › Create API Key; View on Rental properties "
                + "and units, Leases, and Tenants",
            demo: "demo"
        ),
        SettingField(
            key: "client-secret",
            label: "Client secret",
            help: "Shown once by Buildium when the key is made",
            isSecret: true,
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "Buildium", fields: Self.fields)
        endpoint = try reader.address("url", standard: Self.standardURL)
        clientID = try reader.needed("client-id")
        clientSecret = try reader.neededSecret("client-secret")
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [clientSecret] }
}
