package import ConnectorKit
package import LintelModel

/// Reads a PMS through the two files it exports into a folder: `units.csv` and `residents.csv`.
///
/// Both files hold every property of the connection. Each is read once to find where the rows of each
/// property lie, and again only when it was replaced; a fetch then reads the rows of its property alone.
/// The format is described in `docs/connectors/csv.md`.
package struct CSVConnector: Connector {
    private let folder: CSVFolder

    /// - Parameter directory: the full path of the folder; nothing is read before the first call.
    package init(directory: String) {
        self.init(folder: CSVFolder(directory: directory))
    }

    init(folder: CSVFolder) {
        self.folder = folder
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        try await folder.properties()
    }

    package func check() async throws(ConnectorError) -> [OperationCheck] {
        try await folder.check()
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for page in try await folder.pages(of: property) {
            try Task.checkCancellation()
            try await receive(page)
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        CSVSnapshotDecoder(property: property)
    }

    /// Nil: a file cannot be asked.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }
}
