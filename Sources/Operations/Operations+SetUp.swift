package import ConnectorKit
package import LintelModel
import SQLEngine
package import Storage
import SyncEngine

/// Connecting a property to its PMS, step by step.
extension Operations {
    /// How far the set-up of a property has come.
    package struct SetUp: Sendable {
        /// The connection that is attached, else the one chosen last for this property.
        package let connection: Connections.Listed?
        /// Every PMS property attached now or before.
        package let attachments: [Attachments.Attached]
        /// Whether somebody has looked at which lease statuses are left out.
        package let sawStatuses: Bool
        /// When the last run that read the PMS to its end began.
        package let lastGood: Timestamp?

        /// Those attached now.
        package var attached: [Attachments.Attached] { attachments.filter { !$0.isDetached } }
    }

    package func setUp(of property: Property) async throws -> SetUp {
        try await database.read { connection in
            let attachments = try Attachments.all(of: property.id, on: connection)
            let notes = try SetUpNotes.of(property.id, on: connection)
            let wanted =
                attachments.last { !$0.isDetached }?.connection ?? notes.connection
            return SetUp(
                connection: try wanted.flatMap { id in
                    try Connections.all(on: connection).first { $0.id == id }
                },
                attachments: attachments,
                sawStatuses: notes.sawStatuses,
                lastGood: try PastRuns.of(property.id, on: connection).lastGood
            )
        }
    }

    /// Remembers through which connection a property is to be set up.
    package func choose(_ source: Connections.Listed, for property: Property) async throws {
        try await database.write { connection in
            try SetUpNotes.choose(source.id, for: property.id, on: connection)
        }
    }

    /// Remembers that somebody has looked at which lease statuses of a property are left out.
    package func noteStatusesSeen(of property: Property) async throws {
        try await database.write { try SetUpNotes.sawStatuses(of: property.id, on: $0) }
    }

    /// What a vendor's connector is told, from what was typed; empty values are left out.
    ///
    /// - Parameters:
    ///   - vendor: the vendor's id in the catalogue.
    ///   - typed: values by the keys of the vendor's fields.
    /// - Returns: the settings.
    /// - Throws: ``OperationError`` that names the vendor, or the first field, that is not known, or that is
    ///   needed and empty.
    package func settings(
        of vendor: String,
        _ typed: [String: String]
    ) throws -> ConnectionSettings {
        guard let found = vendors.first(where: { $0.id == vendor }) else {
            throw OperationError(
                "there is no connector “\(vendor)”; there are "
                    + vendors.map(\.id).joined(separator: ", ")
            )
        }
        let keys = found.fields.map(\.key)
        if let unknown = typed.keys.sorted().first(where: { !keys.contains($0) }) {
            throw OperationError(
                "\(found.name) has no field “\(unknown)”; it has \(keys.joined(separator: ", "))"
            )
        }
        let (settings, missing) = found.settings(typed: typed)
        if let field = missing.first {
            throw OperationError("\(field.label) is needed. \(field.help)")
        }
        return settings
    }

    /// Asks the PMS whether settings that are not stored can do all that a sync needs.
    ///
    /// - Throws: ``OperationError`` with the PMS's own words where they cannot even be tried.
    package func check(_ settings: ConnectionSettings) async throws -> [OperationCheck] {
        try await said { try await connector(settings).check() }
    }

    /// Stores a connection that the PMS lets do all that a sync needs.
    ///
    /// - Returns: what was tried, and the connection; nil where something was refused, and nothing is stored.
    package func connect(
        name: String,
        settings: ConnectionSettings
    ) async throws -> (checks: [OperationCheck], connection: ConnectionID?) {
        let name = try Self.nonEmpty(name, "a connection's name")
        guard try await !connections().contains(where: { $0.name == name }) else {
            throw OperationError(
                .conflict,
                "there is a connection “\(name)” already; give it another name"
            )
        }
        let checks = try await check(settings)
        guard checks.allSatisfy(\.isAllowed) else { return (checks, nil) }
        return (checks, try await addConnection(name: name, settings: settings))
    }

    /// Puts other credentials in a connection's place, once the PMS lets them do all that a sync needs and
    /// they show every PMS property that is attached through it.
    ///
    /// - Returns: what was tried, and whether they were stored: not where something was refused.
    package func replaceCredentials(
        of reference: String,
        with settings: ConnectionSettings
    ) async throws -> (checks: [OperationCheck], isStored: Bool) {
        let source = try await connection(reference)
        guard settings.vendor == source.vendor else {
            throw OperationError(
                "connection \(source.name) is one to \(source.vendor); for another PMS add a connection"
            )
        }
        let checks = try await check(settings)
        guard checks.allSatisfy(\.isAllowed) else { return (checks, false) }
        let shown = try await said { try await connector(settings).properties().map(\.id) }
        let vault = vault
        try await database.write { connection in
            let attachments = try Attachments.all(through: source.id, on: connection)
            let missing = attachments.filter {
                !$0.isDetached && !shown.contains($0.pmsProperty)
            }
            guard missing.isEmpty else {
                throw OperationError(
                    "these credentials do not show PMS property "
                        + missing.map(\.pmsProperty.text).joined(separator: ", ")
                        + ", which is attached; nothing was replaced"
                )
            }
            try Connections.replace(source.id, settings: settings, vault: vault, on: connection)
            // Other credentials may show other residents under the same code.
            for attachment in attachments {
                try Attachments.forgetPages(of: attachment.id, on: connection)
            }
            try note(
                AuditLog.Draft("credentials replaced", of: nil, source.name, after: source.vendor),
                on: connection
            )
        }
        return (checks, true)
    }

    /// Does something that asks a PMS; what the PMS refuses is said as it said it.
    package func said<Result>(
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as ConnectorError {
            throw OperationError("\(error)")
        } catch let error as SyncFailure {
            throw OperationError("\(error)")
        }
    }

    private func connector(_ settings: ConnectionSettings) throws -> any Connector {
        guard let vendor = vendors.first(where: { $0.id == settings.vendor }) else {
            throw OperationError(
                "there is no connector “\(settings.vendor)”; there are "
                    + vendors.map(\.id).joined(separator: ", ")
            )
        }
        return try vendor.makeConnector(settings, connectorEnvironment)
    }
}
