package import LintelModel
package import Reconciliation
package import SQLEngine

/// Which PMS resident is which person.
package enum ResidentLinks {
    /// The links of some residents of one connection.
    package static func of(
        _ residents: some Collection<PMSResidentID>,
        of source: ConnectionID,
        on connection: any SQLConnection
    ) throws -> [ResidentLink] {
        var found: [ResidentLink] = []
        try byResident.run(residents.map(\.text), leading: [.id(source)], on: connection) { row in
            found.append(try read(row))
        }
        return found
    }

    /// Every link of some people, whichever the connection.
    package static func of(
        _ people: some Collection<PersonID>,
        on connection: any SQLConnection
    ) throws -> [ResidentLink] {
        var found: [ResidentLink] = []
        try byPerson.run(people.map(\.text), on: connection) { row in
            found.append(try read(row))
        }
        return found
    }

    /// Links as they are from now on, to be written.
    package static func remembering(_ links: [ResidentLink]) -> SQLBulkWrite {
        upsert.write(links) { link, values in
            values.append(link.resident.connection)
            values.append(link.resident.resident)
            values.append(link.person)
            values.append(link.accepted?.firstName)
            values.append(link.accepted?.lastName)
            values.append(link.accepted?.email)
        }
    }

    /// Has a PMS resident be nobody again.
    package static func remove(
        _ resident: ResidentKey,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "delete from resident_links where connection_id = $1 and resident_id = $2",
            [.id(resident.connection), .id(resident.resident)]
        )
    }

    private static func read(_ row: any SQLRow) throws -> ResidentLink {
        let firstName = try row.optionalText(3)
        return ResidentLink(
            resident: ResidentKey(connection: try row.id(0), resident: try row.id(1)),
            person: try row.id(2),
            accepted: try firstName.map { firstName in
                AcceptedIdentity(
                    firstName: firstName,
                    lastName: try row.optionalText(4) ?? "",
                    email: try row.optionalText(5)
                )
            }
        )
    }

    private static let byResident = BulkQuery(
        """
        select connection_id, resident_id, person_id, accepted_first_name, accepted_last_name,
            accepted_email
        from resident_links where connection_id = $1 and resident_id in ({rows})
        """,
        leading: 1
    )

    private static let byPerson = BulkQuery(
        """
        select connection_id, resident_id, person_id, accepted_first_name, accepted_last_name,
            accepted_email
        from resident_links where person_id in ({rows})
        """
    )

    private static let upsert = SQLBulkStatement(
        """
        insert into resident_links (connection_id, resident_id, person_id, accepted_first_name,
            accepted_last_name, accepted_email)
        values {rows}
        on conflict (connection_id, resident_id) do update set person_id = excluded.person_id,
            accepted_first_name = excluded.accepted_first_name,
            accepted_last_name = excluded.accepted_last_name, accepted_email = excluded.accepted_email
        """,
        columns: [.text, .text, .text, .text, .text, .text]
    )
}
