extension VendorDescription {
    /// What the form is filled with to reach the vendor's simulator at that address.
    package func demoSettings(at url: String) -> ConnectionSettings {
        var settings = ConnectionSettings(vendor: id, values: [:])
        for field in fields {
            guard let demo = field.demo else { continue }
            if field.isSecret {
                settings.secrets[field.key] = Secret(demo)
            } else {
                settings.values[field.key] = demo.replacing(SettingField.demoURL, with: url)
            }
        }
        return settings
    }
}
