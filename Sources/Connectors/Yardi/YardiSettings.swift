import ConnectorKit

/// What Yardi's connector must be told, checked.
struct YardiSettings: Sendable, Equatable {
    let endpoint: EndpointURL
    let interface: YardiInterface
    let username: String
    let password: Secret
    let server: String
    let database: String
    let platform: String
    let entity: String
    let license: Secret

    /// The credential form, in Yardi's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "Web services address",
            help: "https://HOST/CLIENT/webservices, the folder that holds ItfResidentData.asmx",
            demo: SettingField.demoURL + "/demo/webservices"
        ),
        SettingField(
            key: "interface",
            label: "Interface",
            help: "ItfResidentData (leave empty), or ItfResidentTransactions20 where that is what "
                + "the license allows",
            isRequired: false,
            demo: "ItfResidentData"
        ),
        SettingField(
            key: "username",
            label: "User name",
            help: "A Voyager user of its own for Lintel, with rights to the interface",
            demo: "demo"
        ),
        SettingField(
            key: "password",
            label: "Password",
            help: "Choose one without &: some versions refuse it",
            isSecret: true,
            demo: "demo"
        ),
        SettingField(
            key: "server-name",
            label: "Server name",
            help: "The database server, as Yardi names it",
            demo: "DEMO"
        ),
        SettingField(
            key: "database-name",
            label: "Database",
            help: "The Voyager database",
            demo: "demo"
        ),
        SettingField(
            key: "platform",
            label: "Platform",
            help: "Leave empty for SQL Server",
            isRequired: false,
            demo: "SQL Server"
        ),
        SettingField(
            key: "interface-entity",
            label: "Interface entity",
            help:
                "The vendor's name as Voyager's interface setup has it, with the properties it may see",
            demo: "Lintel"
        ),
        SettingField(
            key: "interface-license",
            label: "Interface license",
            help: "The text of the .lic file that Yardi issued to the vendor",
            isSecret: true,
            demo: "demo"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "Yardi", fields: Self.fields)
        endpoint = try reader.address("url")
        let named = try reader.text("interface") ?? YardiInterface.residentData.rawValue
        guard let interface = YardiInterface(rawValue: named) else {
            let known = YardiInterface.allCases.map(\.rawValue).joined(separator: " or ")
            throw reader.refusal("interface is neither \(known)")
        }
        self.interface = interface
        username = try reader.needed("username")
        password = try reader.neededSecret("password", isASCII: false)
        server = try reader.needed("server-name")
        database = try reader.needed("database-name")
        platform = try reader.text("platform") ?? "SQL Server"
        entity = try reader.needed("interface-entity")
        license = try reader.neededSecret(joiningLinesOf: "interface-license")
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [password, license] }
}

/// The interfaces of Voyager that can be read, by the names of their services.
enum YardiInterface: String, Sendable, CaseIterable {
    case residentData = "ItfResidentData"
    case residentTransactions = "ItfResidentTransactions20"
}
