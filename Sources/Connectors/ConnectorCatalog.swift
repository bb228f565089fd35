package import ConnectorKit

/// Every vendor that can be connected.
package enum ConnectorCatalog {
    /// The vendors in the order in which they are offered.
    package static let vendors: [VendorDescription] = [
        CSVSettings.description,
        EntrataConnector.vendor,
        YardiConnector.vendor,
        RealPageConnector.vendor,
        MRIConnector.vendor,
        AppFolioConnector.vendor,
        ResManConnector.vendor,
        BuildiumConnector.vendor,
        RentManagerConnector.vendor,
    ]

    /// The vendor of that id, such as `entrata`; nil where there is none.
    package static func vendor(_ id: String) -> VendorDescription? {
        vendors.first { $0.id == id }
    }
}
