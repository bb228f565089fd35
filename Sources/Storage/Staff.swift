package import LintelModel
package import SQLEngine

/// Those who may sign in, and what they sign in with.
///
/// Secrets of sessions and invitations are kept as hashes alone: a copy of the database lets nobody in.
package enum Staff {
    package static func all(on connection: any SQLConnection) throws -> [StaffMember] {
        let reached = try connection.all(
            "select staff_id, property_id from staff_properties"
        ) { row in (staff: try row.id(0, StaffMember.self), property: try row.id(1, Property.self))
        }
        let named = Dictionary(grouping: reached, by: \.staff)
        return try connection.all(
            """
            select id, email, role, reaches_all, case when password is null then 0 else 1 end, is_disabled
            from staff order by email_key
            """
        ) { row in
            let properties = (named[try row.id(0)] ?? []).map(\.property)
            return try read(row, reaching: Set(properties))
        }
    }

    package static func count(on connection: any SQLConnection) throws -> Int {
        try connection.first("select count(*) from staff") { try $0.int(0) } ?? 0
    }

    package static func find(
        _ id: StaffID,
        on connection: any SQLConnection
    ) throws -> StaffMember? {
        let properties = try connection.all(
            "select property_id from staff_properties where staff_id = $1",
            [.id(id)]
        ) { row in try row.id(0, Property.self) }
        return try connection.first(
            """
            select id, email, role, reaches_all, case when password is null then 0 else 1 end, is_disabled
            from staff where id = $1
            """,
            [.id(id)]
        ) { row in try read(row, reaching: Set(properties)) }
    }

    private static func read(
        _ row: any SQLRow,
        reaching properties: Set<PropertyID>
    ) throws -> StaffMember {
        StaffMember(
            id: try row.id(0),
            email: try row.text(1),
            grant: Grant(
                try row.word(2),
                try row.flag(3) ? .everything : .properties(properties)
            ),
            hasPassword: try row.flag(4),
            isDisabled: try row.flag(5)
        )
    }

    /// The member of staff with that address and the hash of their password, nil while they have none.
    package static func signingIn(
        _ email: String,
        on connection: any SQLConnection
    ) throws -> (member: StaffMember, password: String?)? {
        let found = try connection.first(
            "select id, password from staff where email_key = $1",
            [.text(Folding.email(email))]
        ) { row in (id: try row.id(0, StaffMember.self), password: try row.optionalText(1)) }
        guard let found, let member = try find(found.id, on: connection) else { return nil }
        return (member, found.password)
    }

    /// Adds somebody.
    ///
    /// - Throws: ``SQLError`` with the code `alreadyExists` where the address is taken.
    package static func add(
        _ member: StaffMember,
        password: String?,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into staff (id, email, email_key, role, reaches_all, password, is_disabled, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .id(member.id), .text(member.email), .text(Folding.email(member.email)),
                .text(member.grant.role.rawValue), .flag(member.grant.reach == .everything),
                .text(password), .flag(member.isDisabled), .time(now),
            ]
        )
        try setProperties(member, on: connection)
    }

    /// Writes role, properties and whether somebody may sign in.
    package static func update(
        _ member: StaffMember,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update staff set role = $2, reaches_all = $3, is_disabled = $4 where id = $1",
            [
                .id(member.id), .text(member.grant.role.rawValue),
                .flag(member.grant.reach == .everything), .flag(member.isDisabled),
            ]
        )
        try connection.execute(
            "delete from staff_properties where staff_id = $1",
            [.id(member.id)]
        )
        try setProperties(member, on: connection)
    }

    /// Writes the hash of a password; every session and invitation of theirs ends.
    package static func setPassword(
        _ password: String,
        of id: StaffID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update staff set password = $2 where id = $1",
            [.id(id), .text(password)]
        )
        try connection.execute("delete from invitations where staff_id = $1", [.id(id)])
        try Sessions.endAll(of: id, on: connection)
    }

    private static func setProperties(
        _ member: StaffMember,
        on connection: any SQLConnection
    ) throws {
        guard case .properties(let named) = member.grant.reach else { return }
        for property in named.sorted() {
            try connection.execute(
                "insert into staff_properties (staff_id, property_id) values ($1, $2)",
                [.id(member.id), .id(property)]
            )
        }
    }

    // MARK: Invitations

    /// Keeps the hash of an invitation's secret; one made before is void.
    package static func invite(
        _ id: StaffID,
        secretHash: String,
        until expiry: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute("delete from invitations where staff_id = $1", [.id(id)])
        try connection.execute(
            "insert into invitations (secret_hash, staff_id, expires_at) values ($1, $2, $3)",
            [.text(secretHash), .id(id), .time(expiry)]
        )
    }

    /// Whom an invitation is for, while it stands.
    package static func invited(
        secretHash: String,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> StaffMember? {
        let id = try connection.first(
            "select staff_id from invitations where secret_hash = $1 and expires_at > $2",
            [.text(secretHash), .time(now)]
        ) { try $0.id(0, StaffMember.self) }
        return try id.flatMap { try find($0, on: connection) }
    }
}
