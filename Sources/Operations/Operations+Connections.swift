package import ConnectorKit
package import LintelModel
import SQLEngine
package import Storage
import SyncEngine

extension Operations {
    package func connections() async throws -> [Connections.Listed] {
        try await database.read { try Connections.all(on: $0) }
    }

    /// The one connection of that name or id.
    package func connection(_ reference: String) async throws -> Connections.Listed {
        let all = try await connections()
        guard let found = all.first(where: { $0.name == reference || $0.id.text == reference })
        else {
            throw OperationError(
                .notFound,
                "there is no connection “\(reference)”",
                see: "lintel connection list"
            )
        }
        return found
    }

    /// Stores a connection whose settings can work; nothing is asked of the PMS yet.
    package func addConnection(
        name: String,
        settings: ConnectionSettings
    ) async throws -> ConnectionID {
        let name = try Self.nonEmpty(name, "a connection's name")
        guard let vendor = vendors.first(where: { $0.id == settings.vendor }) else {
            throw OperationError(
                "there is no connector “\(settings.vendor)”; there are "
                    + vendors.map(\.id).joined(separator: ", ")
            )
        }
        _ = try vendor.makeConnector(settings, connectorEnvironment)
        guard try await !connections().contains(where: { $0.name == name }) else {
            throw OperationError(.conflict, "there is a connection “\(name)” already")
        }
        var ids = IDGenerator()
        let (id, now, vault): (ConnectionID, _, _) = (ids.next(at: now), now, vault)
        try await database.write { connection in
            try Connections.add(
                id,
                name: name,
                settings: settings,
                vault: vault,
                at: now,
                on: connection
            )
            try note(
                AuditLog.Draft("connection added", of: nil, name, after: vendor.name),
                on: connection
            )
        }
        return id
    }

    package func checkConnection(_ reference: String) async throws -> [OperationCheck] {
        let source = try await connection(reference)
        return try await environment.connector(source.id).check()
    }

    package func pmsProperties(
        through reference: String
    ) async throws -> [(property: PMSProperty, attachedTo: String?)] {
        let source = try await connection(reference)
        let offered = try await environment.connector(source.id).properties()
        let attached = try await database.read { try Attachments.all(through: source.id, on: $0) }
        let names = Dictionary(
            uniqueKeysWithValues: try await properties().map { ($0.property.id, $0.property.name) }
        )
        return offered.map { property in
            let place = attached.first { $0.pmsProperty == property.id && !$0.isDetached }
            return (property, place.flatMap { names[$0.property] })
        }
    }

    /// Removes a connection through which nothing is attached, or was ever synced.
    package func removeConnection(_ reference: String) async throws {
        let source = try await connection(reference)
        let attached = try await database.read { try Attachments.all(through: source.id, on: $0) }
        let open = attached.filter { !$0.isDetached }
        guard open.isEmpty else {
            throw OperationError(
                .conflict,
                "connection \(source.name) is attached: PMS property "
                    + open.map(\.pmsProperty.text).joined(separator: ", ")
                    + "; detach it first",
                see: "lintel property detach"
            )
        }
        do {
            try await database.write { connection in
                for attachment in attached {
                    try Attachments.remove(attachment.id, on: connection)
                }
                try Connections.remove(source.id, on: connection)
                try note(
                    AuditLog.Draft(
                        "connection removed",
                        of: nil,
                        source.name,
                        before: source.vendor
                    ),
                    on: connection
                )
            }
        } catch let error as SQLError where error.code == .notFound {
            throw OperationError(
                "connection \(source.name) stays: people here came in through it, "
                    + "and their history names it"
            )
        }
    }
}
