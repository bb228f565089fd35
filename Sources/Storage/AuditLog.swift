import Crypto
package import LintelModel
package import SQLEngine

/// What people did: who, what, when, before and after.
///
/// Entries are only ever added. Each carries the SHA-256 of itself and of the entry before, so that one
/// changed or taken out later shows in ``verify(on:)``. People are named by id, whose names can be erased.
package enum AuditLog {
    /// One act.
    package struct Entry: Sendable, Equatable {
        package let position: Int
        package let at: Timestamp
        package let actor: AuditActor
        /// The act in a few words, as `unit added`.
        package let act: String
        package let property: PropertyID?
        /// What it was done to: an id, or a name that is not a person's.
        package let subject: String
        package let before: String?
        package let after: String?
        package fileprivate(set) var hash: String
    }

    /// What is to be written.
    package struct Draft: Sendable {
        package let act: String
        package let property: PropertyID?
        package let subject: String
        package let before: String?
        package let after: String?

        package init(
            _ act: String,
            of property: PropertyID?,
            _ subject: String,
            before: String? = nil,
            after: String? = nil
        ) {
            self.act = act
            self.property = property
            self.subject = subject
            self.before = before
            self.after = after
        }
    }

    /// Has whoever acts next wait for this transaction, whatever they do.
    ///
    /// - Returns: the place and the hash of the last entry.
    @discardableResult
    package static func takeHead(
        on connection: any SQLConnection
    ) throws -> (position: Int, hash: String) {
        let head = try connection.first(
            "update audit_head set position = position where id = 1 returning position, hash"
        ) { row in (position: try row.int(0), hash: try row.text(1)) }
        guard let head else {
            throw SQLError(.unavailable, "the audit log has no head: the database is damaged")
        }
        return head
    }

    /// Adds entries, in the transaction of the act itself.
    package static func add(
        _ drafts: [Draft],
        by actor: AuditActor,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        guard !drafts.isEmpty else { return }
        let head = try takeHead(on: connection)
        var last = head.hash
        let entries = drafts.enumerated().map { index, draft in
            var entry = Entry(
                position: head.position + index + 1,
                at: now,
                actor: actor,
                act: draft.act,
                property: draft.property,
                subject: draft.subject,
                before: draft.before,
                after: draft.after,
                hash: ""
            )
            entry.hash = hash(of: entry, after: last)
            last = entry.hash
            return entry
        }
        try insertion.write(entries) { entry, values in
            values.append(entry.position)
            values.append(now)
            values.append(actor.kind)
            values.append(actor.name)
            values.append(entry.act)
            values.append(entry.property)
            values.append(entry.subject)
            values.append(entry.before)
            values.append(entry.after)
            values.append(entry.hash)
        }.run(on: connection)
        try connection.execute(
            "update audit_head set position = $1, hash = $2 where id = 1",
            [.integer(head.position + drafts.count), .text(last)]
        )
    }

    private static let insertion = SQLBulkStatement(
        """
        insert into audit_log (position, at, actor_kind, actor, act, property_id, subject, before,
            after, hash)
        values {rows}
        """,
        columns: [.integer, .integer, .text, .text, .text, .text, .text, .text, .text, .text]
    )

    /// Entries, newest first.
    ///
    /// - Parameters:
    ///   - property: those of one property alone, nil for all.
    ///   - position: only those older than this one.
    ///   - limit: how many at most.
    ///   - connection: where they stand.
    /// - Returns: the entries.
    /// - Throws: ``SQLError``.
    package static func newest(
        of property: PropertyID?,
        before position: Int? = nil,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        let below = SQLValue.integer(position ?? Int.max)
        guard let property else {
            return try connection.all(
                """
                select position, at, actor_kind, actor, act, property_id, subject, before, after, hash
                from audit_log where position < $1 order by position desc limit $2
                """,
                [below, .integer(limit)],
                read
            )
        }
        return try connection.all(
            """
            select position, at, actor_kind, actor, act, property_id, subject, before, after, hash
            from audit_log where property_id = $1 and position < $2 order by position desc limit $3
            """,
            [.id(property), below, .integer(limit)],
            read
        )
    }

    /// The entries of a property about some subjects, oldest first.
    package static func about(
        _ subjects: [String],
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        var found: [Entry] = []
        try bySubject.run(subjects, leading: [.id(property)], on: connection) { row in
            found.append(try read(row))
        }
        return found.sorted { $0.position < $1.position }
    }

    private static let bySubject = BulkQuery(
        """
        select position, at, actor_kind, actor, act, property_id, subject, before, after, hash
        from audit_log where property_id = $1 and subject in ({rows})
        """,
        leading: 1
    )

    /// Recomputes every hash.
    ///
    /// - Returns: nil where all is as it was written, else a sentence that says which entry is not.
    package static func verify(on connection: any SQLConnection) throws -> String? {
        let head = try connection.first("select position, hash from audit_head where id = 1") {
            row in
            (position: try row.int(0), hash: try row.text(1))
        }
        guard let head else { return "the audit log has no head" }
        var last = (position: 0, hash: "")
        var fault: String?
        try connection.query(
            """
            select position, at, actor_kind, actor, act, property_id, subject, before, after, hash
            from audit_log order by position
            """,
            []
        ) { row in
            guard fault == nil else { return }
            let entry = try read(row)
            if entry.position != last.position + 1 {
                fault = "entry \(last.position + 1) of the audit log is missing"
            } else if entry.hash != hash(of: entry, after: last.hash) {
                fault = "entry \(entry.position) of the audit log is not as it was written"
            }
            last = (entry.position, entry.hash)
        }
        if let fault { return fault }
        guard head == last else { return "the last entries of the audit log are missing" }
        return nil
    }

    private static func hash(of entry: Entry, after previous: String) -> String {
        var hash = SHA256()
        let fields = [
            previous, String(entry.position), String(entry.at.milliseconds), entry.actor.kind,
            entry.actor.name, entry.act, entry.property?.text, entry.subject, entry.before,
            entry.after,
        ]
        // The length before each field keeps two lists of fields from running into each other.
        for field in fields {
            hash.update(data: Array("\(field?.utf8.count ?? -1):\(field ?? "")".utf8))
        }
        return hash.finalize().hexadecimal
    }

    private static func read(_ row: any SQLRow) throws -> Entry {
        guard let actor = AuditActor(kind: try row.text(2), name: try row.text(3)) else {
            throw SQLError(.unavailable, "the audit log names an actor of an unknown kind")
        }
        return Entry(
            position: try row.int(0),
            at: try row.time(1),
            actor: actor,
            act: try row.text(4),
            property: try row.optionalID(5),
            subject: try row.text(6),
            before: try row.optionalText(7),
            after: try row.optionalText(8),
            hash: try row.text(9)
        )
    }
}
