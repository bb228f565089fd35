package import ConnectorKit

/// What a CSV folder must be told, and how its connector is made.
package enum CSVSettings {
    /// The key under which the folder's path is stored.
    package static let directoryKey = "directory"

    package static let description = VendorDescription(
        id: "csv",
        name: "CSV folder",
        summary: "a folder with units.csv and residents.csv",
        fields: [
            SettingField(
                key: directoryKey,
                label: "Folder",
                help: "The folder on this server that holds units.csv and residents.csv.",
                isFolder: true
            )
        ],
        makeConnector: { (settings, _) throws(ConnectorError) -> any Connector in
            CSVConnector(directory: try directory(in: settings))
        }
    )

    private static func directory(
        in settings: ConnectionSettings
    ) throws(ConnectorError) -> String {
        guard let directory = settings.values[directoryKey], directory.hasPrefix("/"),
            !directory.utf8.contains(0)
        else {
            throw ConnectorError(
                .misconfigured,
                attempting: "setting up the CSV folder",
                "expected the full path of a folder, beginning with /"
            )
        }
        return directory
    }
}
