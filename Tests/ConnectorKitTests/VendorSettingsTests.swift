import ConnectorKit
import Testing

@Suite("What is typed into a vendor's form")
struct VendorSettingsTests {
    private static let vendor = VendorDescription(
        id: "elm",
        name: "Elm",
        summary: "Elm's interface",
        fields: [
            SettingField(key: "url", label: "Address", help: "Where it answers."),
            SettingField(key: "account", label: "Account", help: "Its number.", isRequired: false),
            SettingField(key: "key", label: "Key", help: "Elm gives it.", isSecret: true),
        ]
    ) { _, _ throws(ConnectorError) in
        throw ConnectorError(.misconfigured, attempting: "connecting", "there is no Elm")
    }

    @Test("becomes values and secrets; what is empty is left out")
    func typed() {
        let (settings, missing) = Self.vendor.settings(
            typed: ["url": "https://elm.example.com", "account": "", "key": "a key"]
        )
        #expect(
            settings
                == ConnectionSettings(
                    vendor: "elm",
                    values: ["url": "https://elm.example.com"],
                    secrets: ["key": Secret("a key")]
                )
        )
        #expect(missing.isEmpty)
    }

    @Test("is told for every field that is needed and empty, in the order of the form")
    func missing() {
        let missing = Self.vendor.settings(typed: ["account": "7", "key": ""]).missing
        #expect(missing.map(\.key) == ["url", "key"])
    }
}
