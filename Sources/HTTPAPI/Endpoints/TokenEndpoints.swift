import LintelModel

/// What a token is.
enum TokenEndpoints {
    static let all: [Endpoint] = [
        .get(
            "/v1/token",
            "getToken",
            "The token that is sent",
            at: .anyToken,
            answers: "What it may do, and where."
        ) { $0.token }
    ]
}

extension Role: Word {}

extension APIToken: Resource {
    static let resourceName = "Token"
    static let members: [Field<APIToken>] = [
        Field("id", "Its id.") { $0.id },
        Field("name", "What it is for.") { $0.name },
        Field("role", "What it may do.") { $0.grant.role },
        Field("property_ids", "Where; null for everywhere.") { $0.grant.reach.propertyIDs },
        Field("made_at", "When it was made.") { $0.madeAt },
        Field("expires_at", "When it stops working; null for never.") { $0.expiresAt },
    ]
}

extension Reach {
    /// The properties it names, in order; nil where it reaches all.
    var propertyIDs: [PropertyID]? {
        guard case .properties(let named) = self else { return nil }
        return named.sorted()
    }
}
