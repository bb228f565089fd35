import ConnectorKit

/// What Rent Manager's connector must be told, checked.
struct RentManagerSettings: Sendable, Equatable {
    let endpoint: EndpointURL
    let username: String
    let password: Secret
    let location: Int

    /// The credential form, in Rent Manager's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "Web API address",
            help: "https://CORPID.api.rentmanager.com, with your company's code",
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "username",
            label: "User name",
            help: "A user of its own for Lintel, with Web API access and read rights",
            demo: "demo"
        ),
        SettingField(
            key: "password",
            label: "Password",
            help: "The password of that user",
            isSecret: true,
            demo: "demo"
        ),
        SettingField(
            key: "location-id",
            label: "Location ID",
            help: "Leave empty for location 1; each location is a connection of its own",
            isRequired: false,
            demo: "1"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "Rent Manager", fields: Self.fields)
        endpoint = try reader.address("url")
        username = try reader.needed("username")
        password = try reader.neededSecret("password", isASCII: false)
        guard let location = Int(try reader.text("location-id") ?? "1"), location > 0 else {
            throw reader.refusal("location-id is no number from 1")
        }
        self.location = location
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [password] }
}
