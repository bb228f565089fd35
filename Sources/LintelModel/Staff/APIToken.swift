package typealias TokenID = Identifier<APIToken>

/// What a program brings along to use the API.
package struct APIToken: Sendable, Equatable {
    package var id: TokenID
    /// What it is for, as `Key management`.
    package var name: String
    package var grant: Grant
    /// Who made it.
    package var madeBy: StaffID?
    package var madeAt: Timestamp
    /// When it stops working; nil for never.
    package var expiresAt: Timestamp?
    package var revokedAt: Timestamp?
    /// When it was used last, to the minute.
    package var usedAt: Timestamp?

    package init(
        id: TokenID,
        name: String,
        grant: Grant,
        madeBy: StaffID?,
        madeAt: Timestamp,
        expiresAt: Timestamp?,
        revokedAt: Timestamp? = nil,
        usedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.grant = grant
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.usedAt = usedAt
    }

    package func works(at now: Timestamp) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}
