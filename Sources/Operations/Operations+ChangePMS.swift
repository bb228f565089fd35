package import LintelModel
import Reconciliation
import SQLEngine
package import Storage
import SyncEngine
import UnitMatching

/// Moving a property from one PMS to another, with its people, units and history.
///
/// The PMS property that takes over is attached first in a way that nothing reads it; its units are mapped
/// from suggestions. Then the change is shown as a preview of the sync that follows it, and made.
extension Operations {
    /// A change of PMS that is prepared and not made yet.
    package struct PreparedPMSChange: Sendable {
        package let old: Attachments.Attached
        package let new: Attachments.Attached
    }

    /// What a change of PMS would do.
    package struct PMSChangePreview: Sendable {
        /// PMS units of the new PMS that are mapped.
        package let mapped: Int
        /// Those that a person has to map after the change, by their labels.
        package let unmapped: [String]
        /// Residents of the new PMS who are people here already.
        package let recognised: Int
        /// People whom the new PMS brings in.
        package let created: Int
        /// What the first sync does.
        package let plan: PlanPreview
    }

    /// Prepares a change.
    ///
    /// It remembers the units of the PMS property that takes over, and maps those whose counterpart a rule
    /// proves. Syncs go on with the old one alone.
    ///
    /// - Parameters:
    ///   - property: what moves.
    ///   - code: the PMS property attached now.
    ///   - reference: the connection to the PMS that takes over, by name or id.
    ///   - newCode: what that PMS calls the property.
    /// - Returns: the change, to be seen and made.
    /// - Throws: ``OperationError`` where `code` is not attached, or `newCode` cannot be.
    package func preparePMSChange(
        of property: Property,
        from code: String,
        to reference: String,
        pmsProperty newCode: String
    ) async throws -> PreparedPMSChange {
        let source = try await connection(reference)
        let attached = try await database.read { try Attachments.all(of: property.id, on: $0) }
        guard let old = attached.first(where: { $0.pmsProperty.text == code && !$0.isDetached })
        else { throw OperationError("PMS property \(code) is not attached to \(property.name)") }
        guard old.connection != source.id else {
            throw OperationError(
                "PMS property \(code) is read through \(source.name) already; where it has a new code "
                    + "there, attach that in its place",
                see: "lintel property attach --replaces \(code)"
            )
        }
        try await requireAttachable([newCode], through: source, to: property)
        let connector = try await environment.connector(source.id)
        let listed = try await listUnits(of: PMSPropertyID(newCode), through: connector)
        let before = try await words(old.pmsProperty, old.connection)
        let after = try await words(PMSPropertyID(newCode), source.id)
        let now = now
        let new = try await database.write { connection in
            func found() throws -> Attachments.Attached? {
                try Attachments.all(of: property.id, on: connection).first {
                    $0.connection == source.id && $0.pmsProperty.text == newCode
                }
            }
            if try found() == nil {
                var ids = IDGenerator()
                try Attachments.attach(
                    ids.next(at: now),
                    PMSPropertyID(newCode),
                    of: source.id,
                    to: property.id,
                    on: connection
                )
                if let made = try found() {
                    try Attachments.detach(made, at: now, on: connection)
                }
            }
            guard let new = try found() else {
                throw SQLError(.notFound, "attachment \(newCode) is not there any more")
            }
            try PMSUnits.remember(listed, of: new.id, on: connection)
            try note(
                AuditLog.Draft(
                    "PMS change prepared",
                    of: property.id,
                    property.name,
                    before: before,
                    after: after
                ),
                on: connection
            )
            return new
        }
        try await mapCertain(of: new, property)
        return PreparedPMSChange(old: old, new: new)
    }

    /// A change that was prepared, by the ids of its attachments.
    ///
    /// - Throws: ``OperationError`` where either is not there, or not as a change needs it.
    package func preparedPMSChange(
        of property: Property,
        from old: AttachmentID,
        to new: AttachmentID
    ) async throws -> PreparedPMSChange {
        let all = try await database.read { try Attachments.all(of: property.id, on: $0) }
        guard let old = all.first(where: { $0.id == old && !$0.isDetached }),
            let new = all.first(where: { $0.id == new && $0.isDetached }),
            old.connection != new.connection
        else {
            throw OperationError(.notFound, "this change of PMS is not prepared, or made already")
        }
        return PreparedPMSChange(old: old, new: new)
    }

    /// What a prepared change would do; nothing is written.
    package func preview(
        _ change: PreparedPMSChange,
        of property: Property
    ) async throws -> PMSChangePreview {
        var property = property
        property.settings.userSync = true
        let rows = try await rows(of: change.new).filter { $0.known.unit.parent == nil }
        let report = try await preview(
            .change(from: change.old.id, to: change.new.id),
            of: property
        )
        return PMSChangePreview(
            mapped: rows.count { $0.known.mapping != nil },
            unmapped: rows.filter { $0.known.mapping == nil && $0.known.isListed }
                .map(\.known.unit.label),
            recognised: report.record.linked,
            created: report.record.created,
            plan: try await planPreview(of: report)
        )
    }

    /// Makes a prepared change: from the next sync on the new PMS is read, and the old one no more.
    ///
    /// Everybody stays as they are until that sync, which recognises them; who is not in the new PMS stays
    /// until somebody settles what rested on the old one.
    package func change(_ change: PreparedPMSChange, of property: Property) async throws {
        let before = try await words(change.old.pmsProperty, change.old.connection)
        let after = try await words(change.new.pmsProperty, change.new.connection)
        let now = now
        try await database.write { connection in
            var ids = IDGenerator()
            try Attachments.detach(change.old, at: now, on: connection)
            try Attachments.attach(
                ids.next(at: now),
                change.new.pmsProperty,
                of: change.new.connection,
                to: property.id,
                on: connection
            )
            try note(
                AuditLog.Draft(
                    "PMS changed",
                    of: property.id,
                    property.name,
                    before: before,
                    after: after
                ),
                on: connection
            )
        }
    }

    /// What the audit log calls a PMS property.
    private func words(
        _ pmsProperty: PMSPropertyID,
        _ source: ConnectionID
    ) async throws -> String {
        let name = try await connections().first { $0.id == source }?.name
        return "\(pmsProperty) through \(name ?? "")"
    }

    private func rows(of attachment: Attachments.Attached) async throws -> [MappedUnit] {
        try await database.read { connection in
            try Self.mapping(
                of: attachment.property,
                where: { $0.id == attachment.id },
                on: connection
            )
        }
    }

    /// Maps what a rule proves of one attachment: what the old PMS calls the same units does not count.
    private func mapCertain(
        of attachment: Attachments.Attached,
        _ property: Property
    ) async throws {
        let suggestions = Self.suggestions(
            try await rows(of: attachment),
            try await units(of: property)
        )
        try await write(
            suggestions.compactMap { suggestion in
                guard suggestion.verdict == .certain, let proven = suggestion.candidates.first
                else { return nil }
                return (suggestion.row, .unit(proven.unit.id))
            },
            of: property
        )
    }
}
