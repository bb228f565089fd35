package import LintelModel
package import SQLEngine

/// The people of the portfolio.
package enum People {
    package static func of(
        _ ids: some Collection<PersonID>,
        on connection: any SQLConnection
    ) throws -> [Person] {
        var found: [Person] = []
        try byID.run(ids.map(\.text), on: connection) { found.append(try read($0)) }
        return found
    }

    /// The people who hold one of these folded e-mail addresses.
    package static func withEmails(
        _ keys: some Collection<String>,
        on connection: any SQLConnection
    ) throws -> [Person] {
        var found: [Person] = []
        try byEmail.run(keys, on: connection) { found.append(try read($0)) }
        return found
    }

    /// The people put into a unit of that property by hand, today or ever.
    package static func byHand(
        in property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Person] {
        try connection.all(
            """
            select p.id, p.first_name, p.last_name, p.email, p.phone, p.is_archived, p.version
            from people p where p.id in
                (select a.person_id from assignments a where a.property_id = $1 and a.source = 'manual')
            """,
            [.id(property)],
            read
        )
    }

    /// New people, to be written.
    package static func adding(_ people: [Person]) -> SQLBulkWrite {
        insertion.write(people) { person, values in
            values.append(person.id)
            values.append(person.firstName)
            values.append(person.lastName)
            values.append(person.email)
            values.append(person.email.map(Folding.email))
            values.append(person.phone)
            values.append(person.isArchived)
            values.append(person.version)
        }
    }

    /// Writes a person that is as it was when the change was planned.
    ///
    /// - Throws: ``SQLError`` with the code `conflict` where it has changed since.
    package static func update(_ person: Person, on connection: any SQLConnection) throws {
        let changed = try connection.execute(
            """
            update people set first_name = $3, last_name = $4, email = $5, email_key = $6, phone = $7,
                is_archived = $8, version = version + 1
            where id = $1 and version = $2
            """,
            [
                .id(person.id), .integer(person.version - 1), .text(person.firstName),
                .text(person.lastName), .text(person.email),
                .text(person.email.map(Folding.email)), .text(person.phone),
                .flag(person.isArchived),
            ]
        )
        guard changed == 1 else {
            throw SQLError(.conflict, "person \(person.id) was changed by somebody else meanwhile")
        }
    }

    static func read(_ row: any SQLRow) throws -> Person {
        Person(
            id: try row.id(0),
            firstName: try row.text(1),
            lastName: try row.text(2),
            email: try row.optionalText(3),
            phone: try row.optionalText(4),
            isArchived: try row.flag(5),
            version: try row.int(6)
        )
    }

    private static let byID = BulkQuery(
        """
        select id, first_name, last_name, email, phone, is_archived, version
        from people where id in ({rows})
        """
    )

    private static let byEmail = BulkQuery(
        """
        select id, first_name, last_name, email, phone, is_archived, version
        from people where email_key in ({rows})
        """
    )

    private static let insertion = SQLBulkStatement(
        """
        insert into people (id, first_name, last_name, email, email_key, phone, is_archived, version)
        values {rows}
        """,
        columns: [.text, .text, .text, .text, .text, .text, .integer, .integer]
    )
}
