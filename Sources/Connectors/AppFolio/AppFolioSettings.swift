import ConnectorKit
import Foundation

/// What AppFolio's connector must be told, checked.
struct AppFolioSettings: Sendable, Equatable {
    /// Where AppFolio's Stack interface answers.
    static let standardURL = "https://api.appfolio.com"

    let interface: AppFolioInterface
    let endpoint: EndpointURL
    let clientID: String
    let clientSecret: Secret
    /// Empty where the Reports interface is read.
    let developerID: String

    /// The credential form, in AppFolio's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "API address",
            help: "Leave empty for \(standardURL); for Reports, https://DATABASE.appfolio.com",
            isRequired: false,
            demo: SettingField.demoURL
        ),
        SettingField(
            key: "interface",
            label: "Interface",
            help: "Stack (leave empty), or Reports where Stack is not licensed",
            isRequired: false,
            demo: AppFolioInterface.stack.rawValue
        ),
        SettingField(
            key: "client-id",
            label: "Client ID",
            help: "Made by the operator in AppFolio for the Stack partner, or for Reports",
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
            help:
                "AppFolio's id of the Stack partner, sent as X-AppFolio-Developer-ID; none for Reports",
            isRequired: false,
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "AppFolio", fields: Self.fields)
        let named = try reader.text("interface") ?? AppFolioInterface.stack.rawValue
        guard let interface = AppFolioInterface(rawValue: named) else {
            let known = AppFolioInterface.allCases.map(\.rawValue).joined(separator: " or ")
            throw reader.refusal("interface is neither \(known)")
        }
        self.interface = interface
        endpoint = try reader.address(
            "url",
            standard: interface == .stack ? Self.standardURL : nil
        )
        clientID = try reader.needed("client-id")
        clientSecret = try reader.neededSecret("client-secret")
        developerID = interface == .stack ? try reader.needed("developer-id") : ""
        guard !clientID.contains(":") else { throw reader.refusal("client-id holds a colon") }
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [clientSecret] }

    /// The headers that say who is calling.
    ///
    /// AppFolio compares the spelling of the developer header letter by letter.
    var headers: [(name: String, value: String)] {
        let basic = Data("\(clientID):\(clientSecret.revealed)".utf8).base64EncodedString()
        let authorization = (name: "Authorization", value: "Basic \(basic)")
        guard interface == .stack else { return [authorization] }
        return [authorization, (name: "X-AppFolio-Developer-ID", value: developerID)]
    }
}
