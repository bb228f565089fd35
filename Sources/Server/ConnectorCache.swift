import ConnectorKit
import Connectors
import LintelModel
import SQLEngine
import Storage
import SyncEngine

/// One connector a connection, so that the limits and files of a PMS are shared by all its properties.
actor ConnectorCache {
    private let database: any SQLDatabase
    private let vault: CredentialVault
    private let lent: ConnectorEnvironment
    private var connectors: [ConnectionID: (settings: ConnectionSettings, made: any Connector)] =
        [:]

    init(database: any SQLDatabase, vault: CredentialVault, lent: ConnectorEnvironment) {
        self.database = database
        self.vault = vault
        self.lent = lent
    }

    /// The connector of a connection; a new one where its settings have changed.
    func connector(of id: ConnectionID) async throws -> any Connector {
        let vault = vault
        let found = try await database.read { connection in
            try Connections.settings(of: id, vault: vault, on: connection)
        }
        guard let settings = found, let vendor = ConnectorCatalog.vendor(settings.vendor) else {
            throw SyncFailure("connection \(id) is gone, or of a vendor this version does not know")
        }
        if let known = connectors[id], known.settings == settings { return known.made }
        let made = try vendor.makeConnector(settings, lent)
        connectors[id] = (settings, made)
        return made
    }
}
