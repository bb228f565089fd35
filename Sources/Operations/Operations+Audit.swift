package import LintelModel
import SQLEngine
package import Storage

extension Operations {
    /// The same operations, done by somebody.
    package func acting(as actor: AuditActor) -> Operations {
        var operations = self
        operations.actor = actor
        return operations
    }

    /// Writes acts down in the transaction that does them.
    func note(_ drafts: [AuditLog.Draft], on connection: any SQLConnection) throws {
        try AuditLog.add(drafts, by: actor, at: now, on: connection)
    }

    func note(_ draft: AuditLog.Draft, on connection: any SQLConnection) throws {
        try note([draft], on: connection)
    }

    /// Writes down that somebody asked for what a run then does: a sync, an undo, the apply of a plan.
    package func noteRequest(
        _ act: String,
        of property: Property,
        _ subject: String = ""
    ) async throws {
        try await database.write { connection in
            try note(AuditLog.Draft(act, of: property.id, subject), on: connection)
        }
    }

    /// What people did, newest first.
    package func activity(
        of property: Property?,
        before position: Int? = nil,
        limit: Int
    ) async throws -> [AuditLog.Entry] {
        try await database.read { connection in
            try AuditLog.newest(
                of: property?.id,
                before: position,
                limit: limit,
                on: connection
            )
        }
    }

    /// Nil where the audit log is as it was written, else what is wrong with it.
    package func faultOfAuditLog() async throws -> String? {
        try await database.read { try AuditLog.verify(on: $0) }
    }
}
