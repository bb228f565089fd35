package import LintelModel
package import Reconciliation
package import SQLEngine

/// PMS properties attached to properties.
package enum Attachments {
    package struct Attached: Sendable {
        package let id: AttachmentID
        package let property: PropertyID
        package let connection: ConnectionID
        package let pmsProperty: PMSPropertyID
        /// The counts of the last complete snapshot; nil before the first.
        package let counts: SnapshotCounts?
        /// The hashes of that snapshot's pages in order; empty where none may be skipped.
        package let pageHashes: [String]
        package let isDetached: Bool
        /// When the last read of everything that was complete, and is applied, began; nil where none may be
        /// relied on, or the vendor tells no changes.
        package let fullyReadAt: Timestamp?
        /// When the last read that is applied began, of everything or of what changed.
        package let readAt: Timestamp?
    }

    /// A read that is applied, as it is remembered.
    package struct Read: Sendable, Equatable {
        package let attachment: AttachmentID
        /// When it began.
        package let at: Timestamp
        /// When the last complete read of everything began, this one included; nil where it was none.
        package let fullyReadAt: Timestamp?

        package init(of attachment: AttachmentID, at: Timestamp, fullyReadAt: Timestamp?) {
            self.attachment = attachment
            self.at = at
            self.fullyReadAt = fullyReadAt
        }
    }

    /// Attaches a PMS property, or attaches again one that was detached from the same property.
    ///
    /// - Throws: ``SQLError`` with the code `alreadyExists` where it is attached to another property.
    package static func attach(
        _ id: AttachmentID,
        _ pmsProperty: PMSPropertyID,
        of source: ConnectionID,
        to property: PropertyID,
        on connection: any SQLConnection
    ) throws {
        let again = try connection.execute(
            """
            update attachments set detached_at = null
            where connection_id = $1 and pms_property_id = $2 and property_id = $3
                and detached_at is not null
            """,
            [.id(source), .id(pmsProperty), .id(property)]
        )
        if again == 0 {
            try connection.execute(
                """
                insert into attachments (id, property_id, connection_id, pms_property_id, page_hashes)
                values ($1, $2, $3, $4, '')
                """,
                [.id(id), .id(property), .id(source), .id(pmsProperty)]
            )
        }
        try Properties.touch(property, on: connection)
    }

    /// Detaches a PMS property: its people stay as they are, nothing of it is read any more.
    package static func detach(
        _ attachment: Attached,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update attachments set detached_at = $2, page_hashes = '', fully_read_at = null
            where id = $1
            """,
            [.id(attachment.id), .time(now)]
        )
        try Properties.touch(attachment.property, on: connection)
    }

    /// Has an attachment be that of another code, the PMS having given its property a new one.
    ///
    /// Residents, units and mapping stay.
    package static func rename(
        _ attachment: Attached,
        to pmsProperty: PMSPropertyID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update attachments set pms_property_id = $2, page_hashes = '', fully_read_at = null,
                detached_at = null
            where id = $1
            """,
            [.id(attachment.id), .id(pmsProperty)]
        )
        try Properties.touch(attachment.property, on: connection)
    }

    /// Removes an attachment through which no resident was ever remembered.
    package static func remove(_ id: AttachmentID, on connection: any SQLConnection) throws {
        try connection.execute("delete from pms_units where attachment_id = $1", [.id(id)])
        try connection.execute("delete from attachments where id = $1", [.id(id)])
    }

    /// The attachments of a property, detached ones included, in the order of their ids.
    package static func all(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Attached] {
        try connection.all(
            """
            select id, property_id, connection_id, pms_property_id, units_listed, residents_listed,
                page_hashes, detached_at, fully_read_at, read_at
            from attachments where property_id = $1 order by id
            """,
            [.id(property)],
            read
        )
    }

    /// Every attachment of a connection, detached ones included.
    package static func all(
        through source: ConnectionID,
        on connection: any SQLConnection
    ) throws -> [Attached] {
        try connection.all(
            """
            select id, property_id, connection_id, pms_property_id, units_listed, residents_listed,
                page_hashes, detached_at, fully_read_at, read_at
            from attachments where connection_id = $1 order by pms_property_id
            """,
            [.id(source)],
            read
        )
    }

    /// The connection through which a PMS property is attached.
    package static func connection(
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> ConnectionID? {
        try connection.first(
            "select connection_id from attachments where id = $1",
            [.id(attachment)]
        ) { try $0.id(0) }
    }

    /// The connections through which each property is read.
    package static func connections(
        on connection: any SQLConnection
    ) throws -> [PropertyID: Set<ConnectionID>] {
        var found: [PropertyID: Set<ConnectionID>] = [:]
        try connection.query(
            "select property_id, connection_id from attachments where detached_at is null",
            []
        ) { row in found[try row.id(0), default: []].insert(try row.id(1)) }
        return found
    }

    /// Whether a PMS property was attached once and is no more.
    package static func isDetached(
        _ attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> Bool {
        try connection.first(
            "select detached_at from attachments where id = $1",
            [.id(attachment)]
        ) { try $0.optionalInteger(0) != nil } ?? false
    }

    /// Notes what a complete snapshot listed, and the hashes by which it is recognised next time.
    ///
    /// - Returns: whether anything of it was new.
    @discardableResult
    package static func note(
        _ counts: SnapshotCounts,
        pageHashes: [String],
        of attachment: AttachmentID,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Bool {
        let hashes = pageHashes.joined(separator: " ")
        let changed = try connection.execute(
            """
            update attachments set units_listed = $2, residents_listed = $3, page_hashes = $4,
                listed_at = $5
            where id = $1 and (units_listed is distinct from $2 or residents_listed is distinct from $3
                or page_hashes <> $4)
            """,
            [
                .id(attachment), .integer(counts.units), .integer(counts.residents), .text(hashes),
                .time(now),
            ]
        )
        return changed > 0
    }

    /// Notes when a read began of a PMS that tells changes, so that the next asks for them from there.
    package static func note(_ read: Read, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            update attachments set read_at = $2, fully_read_at = $3
            where id = $1 and detached_at is null
            """,
            [.id(read.attachment), .time(read.at), .time(read.fullyReadAt)]
        )
    }

    /// Has the next snapshot read whole, and decoded whatever its pages hash to.
    package static func forgetPages(
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update attachments set page_hashes = '', fully_read_at = null
            where id = $1 and (page_hashes <> '' or fully_read_at is not null)
            """,
            [.id(attachment)]
        )
    }

    private static func read(_ row: any SQLRow) throws -> Attached {
        let units = try row.optionalInteger(4)
        let residents = try row.optionalInteger(5)
        return Attached(
            id: try row.id(0),
            property: try row.id(1),
            connection: try row.id(2),
            pmsProperty: try row.id(3),
            counts: units.flatMap { units in
                residents.map { SnapshotCounts(units: Int(units), residents: Int($0)) }
            },
            pageHashes: try row.text(6).split(separator: " ").map(String.init),
            isDetached: try row.optionalInteger(7) != nil,
            fullyReadAt: try row.optionalTime(8),
            readAt: try row.optionalTime(9)
        )
    }
}
