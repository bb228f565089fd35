import ConnectorKit
import Foundation

/// What MRI's connector must be told, checked.
struct MRISettings: Sendable, Equatable {
    let endpoint: EndpointURL
    let clientID: String
    let database: String
    let user: String
    let partnerKey: Secret
    let password: Secret

    /// The credential form, in MRI's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "Web services address",
            help: "https://HOST of your MRI web services; /mriapiservices/api.asp is appended",
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "client-id",
            label: "Client ID",
            help: "MRI's code of the operator",
            demo: "C1"
        ),
        SettingField(
            key: "database-name",
            label: "Database",
            help: "The database that the web service user reads",
            demo: "DEMO"
        ),
        SettingField(
            key: "user",
            label: "Web service user",
            help: "A user with the MRI_S-PMRM residential web services",
            demo: "lintel"
        ),
        SettingField(
            key: "partner-key",
            label: "Partner key",
            help: "MRI's key of the integration partner",
            isSecret: true,
            demo: "demo"
        ),
        SettingField(
            key: "password",
            label: "Password",
            help: "The password of the web service user",
            isSecret: true,
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "MRI", fields: Self.fields)
        endpoint = try reader.address("url")
        clientID = try reader.needed("client-id")
        database = try reader.needed("database-name")
        user = try reader.needed("user")
        partnerKey = try reader.neededSecret("partner-key", isASCII: false)
        password = try reader.neededSecret("password", isASCII: false)
        for part in [clientID, database, user, partnerKey.revealed] {
            // The user name is a path of the four, and ends at the colon.
            guard !part.contains("/"), !part.contains(":") else {
                throw reader.refusal(
                    "client-id, database, user and partner-key may hold neither / nor :"
                )
            }
        }
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [partnerKey, password] }

    /// The header that says who is calling: the partner key is part of the user name.
    var authorization: (name: String, value: String) {
        let name = "\(clientID)/\(database)/\(user)/\(partnerKey.revealed)"
        let basic = Data("\(name):\(password.revealed)".utf8).base64EncodedString()
        return (name: "Authorization", value: "Basic \(basic)")
    }
}
