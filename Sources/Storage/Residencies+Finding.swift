package import LintelModel
package import Reconciliation
package import SQLEngine

extension Residencies {
    /// The residencies of a property whose resident is nobody here, by a name, an e-mail address or a resident id
    /// that the PMS states; in the order of the names.
    package static func ofNobody(
        _ sought: SoughtText,
        of property: PropertyID,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [KnownResidency] {
        try connection.all(
            """
            select r.attachment_id, r.resident_id, r.lease_id, r.pms_unit_id, r.first_name, r.last_name,
                r.email, r.phone, r.role, r.status_word, r.status, r.lease_start, r.lease_end, r.move_in,
                r.move_out, r.begins_on, r.ended_on, r.missing_since, r.moves_to, r.revisit_on
            from attachments a join residencies r on r.attachment_id = a.id
            where a.property_id = $1
                and (r.name_key like $2 escape '!' and r.name_key like $3 escape '!'
                    and r.name_key like $4 escape '!' and r.name_key like $5 escape '!'
                    or r.email_key like $6 escape '!' or lower(r.resident_id) = $7)
                and not exists (select 1 from resident_links l
                    where l.resident_id = r.resident_id and l.connection_id = a.connection_id)
            order by r.name_key, r.resident_id, r.lease_id, r.pms_unit_id limit $8
            """,
            [.id(property)] + sought.values + [.integer(limit)],
            read
        )
    }

    /// How many PMS residents ``ofNobody(_:of:limit:on:)`` would find without a limit.
    package static func countOfNobody(
        _ sought: SoughtText,
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> Int {
        try connection.first(
            """
            select count(*) from (
                select distinct r.attachment_id, r.resident_id
                from attachments a join residencies r on r.attachment_id = a.id
                where a.property_id = $1
                    and (r.name_key like $2 escape '!' and r.name_key like $3 escape '!'
                        and r.name_key like $4 escape '!' and r.name_key like $5 escape '!'
                        or r.email_key like $6 escape '!' or lower(r.resident_id) = $7)
                    and not exists (select 1 from resident_links l
                        where l.resident_id = r.resident_id and l.connection_id = a.connection_id)
            ) found
            """,
            [.id(property)] + sought.values
        ) { try $0.int(0) } ?? 0
    }
}
