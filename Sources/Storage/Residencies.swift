package import LintelModel
package import Reconciliation
package import SQLEngine

/// The mirror: every residency as the last applied snapshot left it.
package enum Residencies {
    /// What a run compares a snapshot against without loading the records.
    package struct Fingerprint: Sendable {
        package let hash: String
        package let isMissing: Bool
        package let revisitOn: CivilDate?
    }

    package static func fingerprints(
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [ResidencyKey: Fingerprint] {
        var found: [ResidencyKey: Fingerprint] = [:]
        try connection.query(
            """
            select resident_id, lease_id, pms_unit_id, hash, missing_since, revisit_on
            from residencies where attachment_id = $1
            """,
            [.id(attachment)]
        ) { row in
            let key = ResidencyKey(
                resident: try row.id(0),
                lease: try row.text(1),
                unit: try unit(row, 2)
            )
            found[key] = Fingerprint(
                hash: try row.text(3),
                isMissing: try row.optionalInteger(4) != nil,
                revisitOn: try row.optionalDate(5)
            )
        }
        return found
    }

    /// The residents with a residency that must be planned again on that day though its facts stand.
    package static func due(
        _ attachment: AttachmentID,
        on day: CivilDate,
        on connection: any SQLConnection
    ) throws -> Set<PMSResidentID> {
        Set(
            try connection.all(
                """
                select resident_id from residencies
                where attachment_id = $1 and revisit_on is not null and revisit_on <= $2
                """,
                [.id(attachment), .date(day)]
            ) { try $0.id(0) }
        )
    }

    /// Whether anybody's absence is being counted: such residencies are planned again on every run.
    package static func isAbsenceCounted(
        in attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> Bool {
        try connection.first(
            """
            select 1 from residencies
            where attachment_id = $1 and revisit_on is not null and revisit_on <= $2
                and missing_since is not null
            limit 1
            """,
            [.id(attachment), .date(KnownResidency.everyRun)]
        ) { try $0.integer(0) } != nil
    }

    /// Every residency of one attachment.
    package static func all(
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try connection.all(
            """
            select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
                r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
                r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
            from residencies r where r.attachment_id = $1
            """,
            [.id(attachment)],
            read
        )
    }

    /// Every residency of some residents in one attachment.
    package static func of(
        _ residents: some Collection<PMSResidentID>,
        in attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try collect(
            byResident,
            residents.map(\.text),
            leading: [.id(attachment)],
            on: connection
        )
    }

    /// Every residency of some residents, wherever it is.
    package static func anywhere(
        _ residents: some Collection<PMSResidentID>,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try collect(byResidentAnywhere, residents.map(\.text), leading: [], on: connection)
    }

    /// The residencies of one attachment with one of these folded e-mail addresses.
    package static func withEmails(
        _ keys: some Collection<String>,
        in attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try collect(byEmail, keys, leading: [.id(attachment)], on: connection)
    }

    /// The residencies of one attachment with one of these folded names.
    package static func withNames(
        _ keys: some Collection<String>,
        in attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try collect(byName, keys, leading: [.id(attachment)], on: connection)
    }

    /// Residencies as they are from now on, to be written.
    package static func remembering(_ residencies: [KnownResidency]) -> SQLBulkWrite {
        upsert.write(residencies) { known, values in
            let stated = known.stated
            values.append(known.attachment)
            values.append(stated.key.resident)
            values.append(stated.key.lease)
            values.append(stated.key.unit?.text ?? "")
            values.append(stated.hash.text)
            values.append(stated.firstName)
            values.append(stated.lastName)
            values.append(stated.email)
            values.append(stated.phone)
            values.append(stated.role.rawValue)
            values.append(stated.statusWord)
            values.append(stated.status.rawValue)
            values.append(stated.leaseStart)
            values.append(stated.leaseEnd)
            values.append(stated.moveIn)
            values.append(stated.moveOut)
            values.append(PersonName.key(stated.firstName, stated.lastName))
            values.append(stated.email.map(Folding.email))
            values.append(known.beginsOn)
            values.append(known.endedOn)
            values.append(known.missingSince)
            values.append(known.movesTo)
            values.append(known.revisitOn)
        }
    }

    private static func collect(
        _ query: BulkQuery,
        _ keys: some Collection<String>,
        leading: [SQLValue],
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        var found: [KnownResidency] = []
        try query.run(keys, leading: leading, on: connection) { found.append(try read($0)) }
        return found
    }

    private static func unit(_ row: any SQLRow, _ column: Int) throws(SQLError) -> PMSUnitID? {
        let text = try row.text(column)
        return text.isEmpty ? nil : PMSUnitID(text)
    }

    static func read(_ row: any SQLRow) throws -> KnownResidency {
        KnownResidency(
            attachment: try row.id(0),
            stated: PMSResidency(
                key: ResidencyKey(
                    resident: try row.id(1),
                    lease: try row.text(2),
                    unit: try unit(row, 3)
                ),
                firstName: try row.text(4),
                lastName: try row.text(5),
                email: try row.optionalText(6),
                phone: try row.optionalText(7),
                role: try row.word(8),
                statusWord: try row.text(9),
                status: try row.word(10),
                leaseStart: try row.optionalDate(11),
                leaseEnd: try row.optionalDate(12),
                moveIn: try row.optionalDate(13),
                moveOut: try row.optionalDate(14)
            ),
            beginsOn: try row.optionalDate(15),
            endedOn: try row.optionalDate(16),
            missingSince: try row.optionalTime(17),
            movesTo: try row.optionalID(18),
            revisitOn: try row.optionalDate(19)
        )
    }

    private static let byResident = BulkQuery(
        """
        select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
            r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
            r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
        from residencies r where r.attachment_id = $1 and r.resident_id in ({rows})
        """,
        leading: 1
    )

    private static let byResidentAnywhere = BulkQuery(
        """
        select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
            r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
            r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
        from residencies r where r.resident_id in ({rows})
        """
    )

    private static let byEmail = BulkQuery(
        """
        select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
            r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
            r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
        from residencies r where r.attachment_id = $1 and r.email_key in ({rows})
        """,
        leading: 1
    )

    private static let byName = BulkQuery(
        """
        select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
            r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
            r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
        from residencies r where r.attachment_id = $1 and r.name_key in ({rows})
        """,
        leading: 1
    )

    private static let upsert = SQLBulkStatement(
        """
        insert into residencies (attachment_id, resident_id, lease_id, pms_unit_id, hash, first_name,
            last_name, email, phone, role, status_word, status, lease_start, lease_end, move_in,
            move_out, name_key, email_key, begins_on, ended_on, missing_since, moves_to, revisit_on)
        values {rows}
        on conflict (attachment_id, resident_id, lease_id, pms_unit_id) do update set
            hash = excluded.hash, first_name = excluded.first_name, last_name = excluded.last_name,
            email = excluded.email, phone = excluded.phone, role = excluded.role,
            status_word = excluded.status_word, status = excluded.status,
            lease_start = excluded.lease_start, lease_end = excluded.lease_end,
            move_in = excluded.move_in, move_out = excluded.move_out, name_key = excluded.name_key,
            email_key = excluded.email_key, begins_on = excluded.begins_on,
            ended_on = excluded.ended_on, missing_since = excluded.missing_since,
            moves_to = excluded.moves_to, revisit_on = excluded.revisit_on
        """,
        columns: [
            .text, .text, .text, .text, .text, .text, .text, .text, .text, .text, .text, .text,
            .text, .text, .text, .text, .text, .text, .text, .text, .integer, .text, .text,
        ]
    )
}
