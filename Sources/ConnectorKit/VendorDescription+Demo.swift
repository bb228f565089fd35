extension VendorDescription {
    /// What the form is filled with to reach the vendor's simulator at that address.
    package func demoSettings(at url: String) -> ConnectionSettings {
        var typed: [String: String] = [:]
        for field in fields {
            typed[field.key] = field.demo?.replacing(SettingField.demoURL, with: url)
        }
        return settings(typed: typed).settings
    }
}
