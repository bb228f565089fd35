import LintelModel
import Operations
import Storage

/// API Tokens: what programs bring along, made here, shown once, revoked here.
enum TokenPages {
    static let routes: [Route] = [
        .page("/tokens", at: .portfolio, needs: .manage) { .page(try await list($0)) },
        .form(
            "/tokens",
            at: .portfolio,
            needs: .manage,
            refused: { try await list($0, errors: $1) },
            make
        ),
        .page("/tokens/:token/revoke", at: .portfolio, needs: .manage) {
            .page(try await question($0))
        },
        .form("/tokens/:token/revoke", at: .portfolio, needs: .manage, revoke),
    ]

    /// After how many days a token may be made to end; 0 for never.
    private static let days = [30, 90, 365, 0]

    private struct List: Sendable {
        struct Token: Sendable {
            let name: String
            let role: String
            let properties: String
            let madeBy: String
            let made: Moment
            let used: Moment?
            let ends: String
            let state: String
            let kind: String
            let revoke: String?
        }
        /// A secret, shown once.
        struct Made: Sendable {
            let name: String
            let shown: String
        }

        let lead: String
        let hasTokens: Bool
        let tokens: [Token]
        let roles: [StaffPages.Choice]
        let properties: [StaffPages.Choice]
        let days: [StaffPages.Choice]
        let made: Made?
        let name: String
        let errors: FormErrors
    }

    private static func list(
        _ visit: Visit,
        made: List.Made? = nil,
        errors: FormErrors = .none
    ) async throws -> Page {
        let tokens = try await visit.operations.tokens()
        let names = try await visit.operations.actorNames()
        let properties = try await visit.operations.propertyNames(within: .everything, limit: .max)
        let propertyNames = Dictionary(uniqueKeysWithValues: properties.map { ($0.id, $0.name) })
        let now = visit.operations.now
        let working = tokens.count { $0.works(at: now) }
        let chosen = errors.isRefused ? visit.form.text("days") : "90"
        let model = List(
            lead: working == 0
                ? "No program uses the API" : "\(Wording.count(working, "token")) for programs",
            hasTokens: !tokens.isEmpty,
            tokens: tokens.map { token in
                let works = token.works(at: now)
                return List.Token(
                    name: token.name,
                    role: token.grant.role.title,
                    properties: StaffPages.reach(of: token.grant, propertyNames),
                    madeBy: token.madeBy.map { names.name(of: .staff($0)) } ?? "",
                    made: Moment(token.madeAt, now: now, visit.clock),
                    used: token.usedAt.map { Moment($0, now: now, visit.clock) },
                    ends: token.expiresAt.map {
                        Wording.day(visit.clock.day(at: $0), today: visit.today)
                    } ?? "Never",
                    state: works ? "Works" : token.revokedAt == nil ? "Ended" : "Revoked",
                    kind: works ? "ok" : "plain",
                    revoke: works ? "/tokens/\(token.id)/revoke" : nil
                )
            },
            roles: StaffPages.roles(
                chosen: made == nil ? Role(rawValue: visit.form.text("role")) : nil
            ),
            properties: StaffPages.choices(
                properties,
                chosen: made == nil ? Set(visit.form.all("property")) : []
            ),
            days: days.map {
                StaffPages.Choice(
                    value: String($0),
                    label: $0 == 0 ? "Never" : "After \($0) days",
                    isChosen: String($0) == chosen
                )
            },
            made: made,
            name: errors.isRefused ? visit.form.text("name") : "",
            errors: errors
        )
        return Page(
            template: "tokens",
            title: "API Tokens",
            section: .tokens,
            model: model
        )
    }

    private static func make(_ visit: Visit) async throws -> Answer {
        let grant = try await StaffPages.grant(visit)
        guard let after = Int(visit.form.text("days")), days.contains(after) else {
            throw FormErrors("Choose when it stops working.", at: "days")
        }
        let (token, secret) = try await FormErrors.about("name") {
            try await visit.operations.makeToken(
                visit.form.text("name"),
                grant,
                days: after == 0 ? nil : after
            )
        }
        return .page(
            try await list(visit, made: List.Made(name: token.name, shown: secret.revealed))
        )
    }

    private struct Question: Sendable {
        let name: String
        let action: String
        let used: String
    }

    private static func found(_ visit: Visit) async throws -> APIToken {
        let id = TokenID(try visit.parameter("token"))
        guard let token = try await visit.operations.tokens().first(where: { $0.id == id }) else {
            throw Answer.Problem.notFound
        }
        return token
    }

    private static func question(_ visit: Visit) async throws -> Page {
        let token = try await found(visit)
        let used = token.usedAt.map {
            "It was used last \(Wording.time($0, now: visit.operations.now, visit.clock))."
        }
        return Page(
            template: "token-revoke",
            title: "Revoke \(token.name)",
            section: .tokens,
            model: Question(
                name: token.name,
                action: "/tokens/\(token.id)/revoke",
                used: used ?? "It was never used."
            )
        )
    }

    private static func revoke(_ visit: Visit) async throws -> Answer {
        let token = try await found(visit)
        do {
            try await visit.operations.revokeToken(token.id)
        } catch let error as OperationError {
            return .redirect(to: "/tokens", .attention("\(token.name): \(error)."))
        }
        return .redirect(
            to: "/tokens",
            .done("\(token.name) is revoked; it opens nothing any more.")
        )
    }
}
