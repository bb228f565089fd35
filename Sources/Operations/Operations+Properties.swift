import ConnectorKit
package import LintelModel
import Reconciliation
import SQLEngine
package import Storage
import SyncEngine

extension Operations {
    package func properties() async throws -> [Properties.Listed] {
        try await database.read { try Properties.all(on: $0) }
    }

    /// The one property of that id or name.
    ///
    /// - Throws: ``OperationError`` where there is none, or several of that name; it lists their ids.
    package func property(_ reference: String) async throws -> Property {
        let all = try await properties().map(\.property)
        if let exact = all.first(where: { $0.id.text == reference }) { return exact }
        let named = all.filter { $0.name == reference }
        let found =
            named.isEmpty ? all.filter { $0.name.lowercased() == reference.lowercased() } : named
        guard let property = found.first else {
            throw OperationError(
                .notFound,
                "there is no property “\(reference)”",
                see: "lintel property list"
            )
        }
        guard found.count == 1 else {
            throw OperationError(
                "“\(reference)” names \(found.count) properties; use one of the ids "
                    + found.map(\.id.text).joined(separator: ", ")
            )
        }
        return property
    }

    package func addProperty(name: String, timeZone: String) async throws -> Property {
        let name = try Self.nonEmpty(name, "a property's name")
        try Self.check(timeZone: timeZone)
        var ids = IDGenerator()
        let (id, now): (PropertyID, _) = (ids.next(at: now), now)
        let property = Property(id: id, name: name, timeZone: timeZone)
        try await database.write { connection in
            try Properties.add(property, at: now, on: connection)
            try note(
                AuditLog.Draft("property added", of: id, name, after: "time zone \(timeZone)"),
                on: connection
            )
        }
        return property
    }

    /// Attaches PMS properties and reads their units, so that they can be mapped before the first sync; where the PMS
    /// fails by then, they come with that sync.
    ///
    /// - Parameters:
    ///   - property: what they are attached to.
    ///   - connection: the connection through which they are read, by name or id.
    ///   - pmsProperties: the PMS's codes.
    ///   - replaced: the code that the one PMS property given had before; its residents, units and mapping
    ///     are carried over.
    /// - Throws: ``OperationError`` where a code is unknown to the PMS or attached already.
    package func attach(
        _ property: Property,
        to connection: String,
        pmsProperties: [String],
        replacing replaced: String? = nil
    ) async throws {
        let source = try await self.connection(connection)
        try await requireAttachable(pmsProperties, through: source, to: property)
        if let replaced {
            try await rename(replaced, to: pmsProperties, source, of: property)
            return try await readUnitsAhead(of: property)
        }
        try await database.write { connection in
            var ids = IDGenerator()
            for pmsProperty in pmsProperties {
                try Attachments.attach(
                    ids.next(at: now),
                    PMSPropertyID(pmsProperty),
                    of: source.id,
                    to: property.id,
                    on: connection
                )
                try note(
                    AuditLog.Draft(
                        "PMS property attached",
                        of: property.id,
                        pmsProperty,
                        after: "through \(source.name)"
                    ),
                    on: connection
                )
            }
        }
        try await readUnitsAhead(of: property)
    }

    /// Reads the PMS's units of a property; where the PMS fails they come with the first sync.
    private func readUnitsAhead(of property: Property) async throws {
        do {
            try await refreshPMSUnits(of: property)
        } catch is ConnectorError {
            // The property is attached, which is what was asked for.
        }
    }

    /// Gives an attached PMS property the code that the PMS uses for it now.
    private func rename(
        _ code: String,
        to codes: [String],
        _ source: Connections.Listed,
        of property: Property
    ) async throws {
        guard let new = codes.first, codes.count == 1 else {
            throw OperationError("one PMS property replaces another, not \(codes.count)")
        }
        let attached = try await database.read { try Attachments.all(of: property.id, on: $0) }
        guard let old = attached.first(where: { $0.pmsProperty.text == code }) else {
            throw OperationError("PMS property \(code) is not attached to \(property.name)")
        }
        guard old.connection == source.id else {
            throw OperationError(
                "PMS property \(code) is attached through another connection: residents are numbered "
                    + "anew there; change the PMS of \(property.name) instead",
                see: "lintel property change-pms"
            )
        }
        try await database.write { connection in
            try Attachments.rename(old, to: PMSPropertyID(new), on: connection)
            try note(
                AuditLog.Draft(
                    "PMS property has a new code",
                    of: property.id,
                    source.name,
                    before: code,
                    after: new
                ),
                on: connection
            )
        }
    }

    /// Refuses what a connection does not show, and what is attached already.
    func requireAttachable(
        _ pmsProperties: [String],
        through source: Connections.Listed,
        to property: Property
    ) async throws {
        let connector = try await environment.connector(source.id)
        let offered = Set(try await connector.properties().map(\.id.text))
        let missing = pmsProperties.filter { !offered.contains($0) }
        guard missing.isEmpty else {
            throw OperationError(
                "connection \(source.name) shows no PMS property "
                    + missing.joined(separator: ", "),
                see: "lintel connection properties \(source.name)"
            )
        }
        for pmsProperty in pmsProperties {
            try await refuseForeignAttachment(of: pmsProperty, source, to: property)
        }
    }

    private func refuseForeignAttachment(
        of pmsProperty: String,
        _ source: Connections.Listed,
        to property: Property
    ) async throws {
        let all = try await database.read { try Attachments.all(through: source.id, on: $0) }
        guard let other = all.first(where: { $0.pmsProperty.text == pmsProperty }) else { return }
        guard other.property == property.id else {
            let name = try await properties().first { $0.property.id == other.property }
            throw OperationError(
                "PMS property \(pmsProperty) is attached to \(name?.property.name ?? "another property")"
            )
        }
        guard other.isDetached else {
            throw OperationError(
                "PMS property \(pmsProperty) is attached to \(property.name) already"
            )
        }
    }

    /// What ``importProperties(through:timeZone:progress:)`` made of one PMS property.
    package struct ImportedProperty: Sendable {
        package let property: Property
        package let pmsProperty: PMSPropertyID
        package let units: Int
        package let refused: [String]
    }

    /// Onboards a portfolio: for every PMS property not attached yet it makes a property, attaches it,
    /// imports its PMS units as units, maps them and turns User Sync on.
    package func importProperties(
        through reference: String,
        timeZone: String,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> [ImportedProperty] {
        try Self.check(timeZone: timeZone)
        let source = try await connection(reference)
        let connector = try await environment.connector(source.id)
        let attached = try await database.read { connection in
            Set(
                try Attachments.all(through: source.id, on: connection).map(\.pmsProperty.text)
            )
        }
        let new = try await connector.properties().filter { !attached.contains($0.id.text) }
        var taken = Set(try await properties().map(\.property.name))
        var imported: [ImportedProperty] = []
        for pmsProperty in new {
            let isFree = !pmsProperty.name.isEmpty && taken.insert(pmsProperty.name).inserted
            let name = isFree ? pmsProperty.name : "\(pmsProperty.name) (\(pmsProperty.id))"
            let listed = try await listUnits(of: pmsProperty.id, through: connector)
            let now = now
            var ids = IDGenerator()
            var property = Property(id: ids.next(at: now), name: name, timeZone: timeZone)
            property.settings.userSync = true
            let attachment: AttachmentID = ids.next(at: now)
            let (made, ready) = (property, ids)
            let outcome = try await database.write { connection in
                var ids = ready
                try Properties.add(made, at: now, on: connection)
                try Attachments.attach(
                    attachment,
                    pmsProperty.id,
                    of: source.id,
                    to: made.id,
                    on: connection
                )
                try PMSUnits.remember(listed, of: attachment, on: connection)
                try note(
                    AuditLog.Draft(
                        "property imported",
                        of: made.id,
                        made.name,
                        after: "PMS property \(pmsProperty.id) through \(source.name), "
                            + "time zone \(timeZone), User Sync on"
                    ),
                    on: connection
                )
                return try Self.importUnits(of: made.id, ids: &ids, at: now, on: connection)
            }
            imported.append(
                ImportedProperty(
                    property: made,
                    pmsProperty: pmsProperty.id,
                    units: outcome.mapped,
                    refused: outcome.refused
                )
            )
            progress(imported.count, new.count)
        }
        return imported
    }

    static func nonEmpty(_ text: String, _ what: String) throws -> String {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { throw OperationError("\(what) is empty") }
        guard !trimmed.utf8.contains(0) else { throw OperationError("\(what) holds U+0000") }
        return trimmed
    }

    private static func check(timeZone: String) throws {
        guard CivilClock(name: timeZone) != nil else {
            throw OperationError(
                "“\(timeZone)” is no time zone; expected an IANA name such as America/New_York"
            )
        }
    }
}
