package import LintelModel
package import SQLEngine

/// The tokens of the API; of each secret, the hash alone.
package enum Tokens {
    /// Every token that was ever made, the newest first.
    package static func all(on connection: any SQLConnection) throws -> [APIToken] {
        let reached = try connection.all(
            "select token_id, property_id from token_properties"
        ) { row in (token: try row.id(0, APIToken.self), property: try row.id(1, Property.self)) }
        let named = Dictionary(grouping: reached, by: \.token)
        return try connection.all(
            """
            select id, name, role, reaches_all, made_by, made_at, expires_at, revoked_at, used_at
            from tokens order by id desc
            """
        ) { row in
            let properties = (named[try row.id(0)] ?? []).map(\.property)
            return try read(row, reaching: Set(properties))
        }
    }

    /// The token whose secret has that hash.
    package static func find(
        secretHash: String,
        on connection: any SQLConnection
    ) throws -> APIToken? {
        let found = try connection.first(
            """
            select id, name, role, reaches_all, made_by, made_at, expires_at, revoked_at, used_at
            from tokens where secret_hash = $1
            """,
            [.text(secretHash)]
        ) { row in try read(row, reaching: []) }
        guard var token = found, token.grant.reach != .everything else { return found }
        let properties = try connection.all(
            "select property_id from token_properties where token_id = $1",
            [.id(token.id)]
        ) { try $0.id(0, Property.self) }
        token.grant = Grant(token.grant.role, .properties(Set(properties)))
        return token
    }

    private static func read(
        _ row: any SQLRow,
        reaching properties: Set<PropertyID>
    ) throws -> APIToken {
        APIToken(
            id: try row.id(0),
            name: try row.text(1),
            grant: Grant(
                try row.word(2),
                try row.flag(3) ? .everything : .properties(properties)
            ),
            madeBy: try row.optionalID(4),
            madeAt: try row.time(5),
            expiresAt: try row.optionalTime(6),
            revokedAt: try row.optionalTime(7),
            usedAt: try row.optionalTime(8)
        )
    }

    package static func add(
        _ token: APIToken,
        secretHash: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into tokens (id, name, secret_hash, role, reaches_all, made_by, made_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .id(token.id), .text(token.name), .text(secretHash),
                .text(token.grant.role.rawValue), .flag(token.grant.reach == .everything),
                .id(token.madeBy), .time(token.madeAt), .time(token.expiresAt),
            ]
        )
        guard case .properties(let named) = token.grant.reach else { return }
        for property in named.sorted() {
            try connection.execute(
                "insert into token_properties (token_id, property_id) values ($1, $2)",
                [.id(token.id), .id(property)]
            )
        }
    }

    /// Ends a token.
    ///
    /// - Returns: how many there were: 0 or 1.
    package static func revoke(
        _ id: TokenID,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            "update tokens set revoked_at = $2 where id = $1 and revoked_at is null",
            [.id(id), .time(now)]
        )
    }

    package static func used(
        _ id: TokenID,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update tokens set used_at = $2 where id = $1",
            [.id(id), .time(now)]
        )
    }
}
