/// What a connection needs to reach its PMS, as it is stored: plain values, and secrets apart.
package struct ConnectionSettings: Sendable, Equatable {
    /// The vendor's id in the catalogue, such as `entrata`.
    package var vendor: String
    /// Plain values by the key of their ``SettingField``.
    package var values: [String: String]
    /// Secrets by the key of their ``SettingField``; stored encrypted, never shown again.
    package var secrets: [String: Secret]

    package init(vendor: String, values: [String: String], secrets: [String: Secret] = [:]) {
        self.vendor = vendor
        self.values = values
        self.secrets = secrets
    }
}

/// One thing a vendor's connector must be told, in the vendor's own words.
package struct SettingField: Sendable, Equatable {
    package let key: String
    package let label: String
    package let help: String
    package let isSecret: Bool
    package let isRequired: Bool
    /// Whether the value is a folder of this machine, which a command makes a full path.
    package let isFolder: Bool
    /// What the simulated PMS of that vendor is reached with; nil where it needs no value.
    package let demo: String?

    /// Where a simulated PMS answers unless told otherwise.
    package static let demoURL = "http://127.0.0.1:4547"

    package init(
        key: String,
        label: String,
        help: String,
        isSecret: Bool = false,
        isRequired: Bool = true,
        isFolder: Bool = false,
        demo: String? = nil
    ) {
        self.key = key
        self.label = label
        self.help = help
        self.isSecret = isSecret
        self.isRequired = isRequired
        self.isFolder = isFolder
        self.demo = demo
    }
}
