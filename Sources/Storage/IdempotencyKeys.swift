package import LintelModel
package import SQLEngine

/// The keys under which programs sent writes, and what each was answered.
package enum IdempotencyKeys {
    /// A request that was sent under a key.
    package struct Kept: Sendable {
        package let requestHash: String
        /// What it was answered, sealed; nil while that is not known.
        package let reply: String?
    }

    /// Takes a key, unless it is taken.
    ///
    /// - Parameters:
    ///   - key: as the program made it.
    ///   - token: whose key it is.
    ///   - requestHash: what is sent under it.
    ///   - now: the present.
    ///   - oldest: keys taken before are free again.
    ///   - connection: where they stand.
    /// - Returns: the request it was taken for before; nil where it was free.
    /// - Throws: ``SQLError``.
    package static func take(
        _ key: String,
        of token: TokenID,
        requestHash: String,
        at now: Timestamp,
        forgetting oldest: Timestamp,
        on connection: any SQLConnection
    ) throws -> Kept? {
        try connection.execute(
            "delete from idempotency_keys where begun_at < $1",
            [.time(oldest)]
        )
        let isNew = try connection.execute(
            """
            insert into idempotency_keys (token_id, key, request_hash, begun_at) values ($1, $2, $3, $4)
            on conflict (token_id, key) do nothing
            """,
            [.id(token), .text(key), .text(requestHash), .time(now)]
        )
        guard isNew == 0 else { return nil }
        return try connection.first(
            "select request_hash, reply from idempotency_keys where token_id = $1 and key = $2",
            [.id(token), .text(key)]
        ) { row in Kept(requestHash: try row.text(0), reply: try row.optionalText(1)) }
    }

    package static func keep(
        _ reply: String,
        under key: String,
        of token: TokenID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update idempotency_keys set reply = $3 where token_id = $1 and key = $2",
            [.id(token), .text(key), .text(reply)]
        )
    }

    /// Frees a key whose request did nothing.
    package static func free(
        _ key: String,
        of token: TokenID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "delete from idempotency_keys where token_id = $1 and key = $2",
            [.id(token), .text(key)]
        )
    }
}
