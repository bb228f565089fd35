extension VendorDescription {
    /// What the vendor's connector is told, from what was typed; empty values are left out.
    ///
    /// - Parameter typed: values by the keys of the vendor's fields.
    /// - Returns: the settings, and the fields that are needed and empty, in the vendor's order.
    package func settings(
        typed: [String: String]
    ) -> (settings: ConnectionSettings, missing: [SettingField]) {
        var settings = ConnectionSettings(vendor: id, values: [:])
        var missing: [SettingField] = []
        for field in fields {
            guard let value = typed[field.key], !value.isEmpty else {
                if field.isRequired { missing.append(field) }
                continue
            }
            if field.isSecret {
                settings.secrets[field.key] = Secret(value)
            } else {
                settings.values[field.key] = value
            }
        }
        return (settings, missing)
    }
}
