package import ConnectorKit
import LintelModel
import SQLEngine
import Storage

extension Operations {
    /// What a PMS answered, fit for a bug report.
    package struct Recording: Sendable {
        /// Requests and answers in order, redacted.
        package let exchanges: [String]
        /// What could not be read, in the order of the answers; its messages may name ids of residents.
        package let problems: [SnapshotProblem]
        /// What ended the reading before its end; nil where the property was read.
        package let failure: String?
    }

    /// Reads one PMS property and keeps what was said, without anything about anybody; nothing is stored.
    ///
    /// - Parameters:
    ///   - reference: the connection, by name or id.
    ///   - pmsProperty: what the PMS calls the property.
    /// - Returns: the exchanges, also where the read failed.
    /// - Throws: ``OperationError`` where the connection exchanges nothing, as a folder does.
    package func record(
        _ reference: String,
        pmsProperty: String
    ) async throws -> Recording {
        let source = try await connection(reference)
        let vault = vault
        let stored = try await database.read { connection in
            try Connections.settings(of: source.id, vault: vault, on: connection)
        }
        guard let settings = stored,
            let vendor = vendors.first(where: { $0.id == settings.vendor })
        else { throw OperationError(.notFound, "connection \(source.name) is gone") }
        let transport = RecordingTransport(
            connectorEnvironment.transport,
            hiding: Array(settings.secrets.values)
        )
        let connector = try vendor.makeConnector(
            settings,
            ConnectorEnvironment(transport: transport, sleeper: connectorEnvironment.sleeper)
        )
        let property = PMSPropertyID(pmsProperty)
        var problems: [SnapshotProblem] = []
        var failure: String?
        do {
            _ = try await connector.properties()
            var decoder = connector.decoder(for: property)
            try await connector.fetch(property) { page in
                problems += try decoder.decode(page).problems
            }
            problems += try decoder.finish().problems
        } catch let error as ConnectorError {
            failure = "\(error)"
        }
        let exchanges = await transport.exchanges
        guard !exchanges.isEmpty else {
            throw OperationError("connection \(source.name) reads files: there is no exchange")
        }
        return Recording(exchanges: exchanges, problems: problems, failure: failure)
    }
}
