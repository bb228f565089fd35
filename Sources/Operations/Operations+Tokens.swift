package import LintelModel
import SQLEngine
import Storage

/// The tokens with which programs use the API.
extension Operations {
    /// Every token that was ever made, the newest first.
    package func tokens() async throws -> [APIToken] {
        try await database.read { try Tokens.all(on: $0) }
    }

    /// Makes a token.
    ///
    /// - Parameters:
    ///   - name: what it is for.
    ///   - grant: what it may do, and where.
    ///   - days: after how many days it stops working; nil for never.
    /// - Returns: the token, and its secret, which is not stored and cannot be had again.
    /// - Throws: ``OperationError`` where the name is empty or the days are none.
    package func makeToken(
        _ name: String,
        _ grant: Grant,
        days: Int?
    ) async throws -> (token: APIToken, secret: BearerSecret) {
        let name = try Self.nonEmpty(name, "the token's name")
        guard name.count <= 100 else {
            throw OperationError(
                "the token's name has \(name.count) characters; expected 100 at most"
            )
        }
        if let days, !(1...3650).contains(days) {
            throw OperationError("a token works for 1 to 3,650 days, not \(days)")
        }
        var ids = IDGenerator()
        let now = now
        var madeBy: StaffID?
        if case .staff(let id) = actor { madeBy = id }
        let token = APIToken(
            id: ids.next(at: now),
            name: name,
            grant: grant,
            madeBy: madeBy,
            madeAt: now,
            expiresAt: days.map { now.adding(milliseconds: Int64($0) * 86_400_000) }
        )
        let secret = BearerSecret.random(prefix: "lintel_")
        try await database.write { connection in
            try Tokens.add(token, secretHash: secret.hash, on: connection)
            try note(
                AuditLog.Draft("token made", of: nil, token.id.text, after: Self.words(token)),
                on: connection
            )
        }
        return (token, secret)
    }

    private static func words(_ token: APIToken) -> String {
        let end = token.expiresAt.map { "until \($0.iso8601)" } ?? "without an end"
        return "\(token.name): \(words(token.grant)), \(end)"
    }

    /// Ends a token at once.
    package func revokeToken(_ id: TokenID) async throws {
        let now = now
        let revoked = try await database.write { connection in
            let revoked = try Tokens.revoke(id, at: now, on: connection)
            if revoked > 0 {
                try note(AuditLog.Draft("token revoked", of: nil, id.text), on: connection)
            }
            return revoked
        }
        guard revoked > 0 else {
            throw OperationError(.notFound, "that token was revoked already, or never was")
        }
    }

    /// A token that works, and what the address of its request names.
    package struct Caller: Sendable {
        package let token: APIToken
        /// The property that is named, or that of the unit that is.
        package let property: Property?
        package let unit: Unit?
    }

    /// The token of a secret and what a request names, read together; nil where no token that works has it.
    ///
    /// Whether the token may have what is named is not judged here.
    package func caller(
        with secret: BearerSecret,
        naming property: PropertyID?,
        or unit: UnitID?
    ) async throws -> Caller? {
        let (hash, now) = (secret.hash, now)
        let found: Caller? = try await database.read { connection in
            guard let token = try Tokens.find(secretHash: hash, on: connection),
                token.works(at: now)
            else { return nil }
            let unit = try unit.flatMap { try Units.find($0, on: connection) }
            let place = try (unit?.property ?? property).flatMap {
                try Properties.find($0, on: connection)?.property
            }
            return Caller(token: token, property: place, unit: unit)
        }
        if let token = found?.token,
            token.usedAt.map({ $0.adding(milliseconds: 60_000) < now }) ?? true
        {
            try await database.write { try Tokens.used(token.id, at: now, on: $0) }
        }
        return found
    }
}
