import ConnectorKit

/// What RealPage's connector must be told, checked.
struct RealPageSettings: Sendable, Equatable {
    let endpoint: EndpointURL
    let companyID: String
    let licenseKey: Secret
    let system: String

    /// The credential form, in RealPage's words.
    static let fields = [
        SettingField(
            key: "url",
            label: "RPX service address",
            help:
                "https://gateway.rpx.realpage.com/rpxgateway/partner/PARTNER/PARTNER.svc, as RealPage "
                + "gave it",
            demo: SettingField.demoURL + "/rpxgateway/partner/Demo/Demo.svc"
        ),
        SettingField(
            key: "pmc-id",
            label: "PMC ID",
            help: "RealPage's number of the management company; its sites are listed",
            demo: "4001"
        ),
        SettingField(
            key: "license-key",
            label: "License key",
            help: "The key of the partner's contract; it decides which operations are allowed",
            isSecret: true,
            demo: "demo"
        ),
        SettingField(
            key: "system",
            label: "System",
            help: "Leave empty for Onesite",
            isRequired: false,
            demo: "Onesite"
        ),
    ]

    /// Checks what was stored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, naming the setting and never a secret.
    init(_ settings: ConnectionSettings) throws(ConnectorError) {
        let reader = try SettingsReader(settings, of: "RealPage", fields: Self.fields)
        endpoint = try reader.address("url")
        companyID = try reader.needed("pmc-id")
        licenseKey = try reader.neededSecret("license-key", isASCII: false)
        system = try reader.text("system") ?? "Onesite"
    }

    /// What must never appear in words shown.
    var secrets: [Secret] { [licenseKey] }
}
