package import ConnectorKit
package import LintelModel
package import SQLEngine
package import Storage
package import SyncEngine

/// What a person can do with Lintel, the same for commands, pages and API: each operation checks what it
/// is given, does all of it or nothing, and says what it did.
package struct Operations: Sendable {
    package let environment: SyncEnvironment
    package let vault: CredentialVault
    package let vendors: [VendorDescription]
    package let connectorEnvironment: ConnectorEnvironment
    package let passwords = PasswordHasher()
    package let views = PropertyViews()
    let peopleIndexes = PeopleIndexes()
    /// Who does what is done, for the audit log.
    package var actor: AuditActor

    package init(
        environment: SyncEnvironment,
        vault: CredentialVault,
        vendors: [VendorDescription],
        connectorEnvironment: ConnectorEnvironment,
        actor: AuditActor
    ) {
        self.environment = environment
        self.vault = vault
        self.vendors = vendors
        self.connectorEnvironment = connectorEnvironment
        self.actor = actor
    }

    package var database: any SQLDatabase { environment.database }
    package var now: Timestamp { environment.now }
}

/// Why an operation was refused.
package struct OperationError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// What was given cannot be, or cannot be done as things are.
        case invalid
        /// What was named is not there.
        case notFound
        /// It is taken, or in use.
        case conflict
    }

    package let kind: Kind
    /// A sentence that says what was found and what to do, without a stop.
    package let description: String
    /// The command that shows or does what is missing, for those at the command line.
    package let command: String?

    package init(_ description: String, see command: String? = nil) {
        self.init(.invalid, description, see: command)
    }

    package init(_ kind: Kind, _ description: String, see command: String? = nil) {
        self.kind = kind
        self.description = description
        self.command = command
    }
}
