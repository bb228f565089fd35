import LintelModel
import Operations
import Storage

/// Who may sign in, with which role.
enum StaffPages {
    static let routes: [Route] = [
        .page("/staff", at: .portfolio, needs: .manage) { .page(try await list($0)) },
        .form(
            "/staff",
            at: .portfolio,
            needs: .manage,
            refused: { try await list($0, errors: $1) },
            invite
        ),
        .page("/staff/:member", at: .portfolio, needs: .manage) { .page(try await member($0)) },
        .form(
            "/staff/:member",
            at: .portfolio,
            needs: .manage,
            refused: { try await member($0, $1, isTyped: true) },
            save
        ),
        .form("/staff/:member/invitation", at: .portfolio, needs: .manage, inviteAgain),
        .form(
            "/staff/:member/state",
            at: .portfolio,
            needs: .manage,
            refused: { try await member($0, $1) },
            setState
        ),
    ]

    struct Choice: Sendable {
        let value: String
        let label: String
        var help = ""
        var isChosen = false
    }

    // MARK: The list

    private struct List: Sendable {
        struct Member: Sendable {
            let id: String
            let email: String
            let role: String
            let properties: String
            let state: String
            let kind: String
        }
        /// A one-time link, shown once.
        struct Link: Sendable {
            let email: String
            let shown: String
        }

        let lead: String
        let members: [Member]
        let roles: [Choice]
        let properties: [Choice]
        var link: Link?
        let email: String
        let errors: FormErrors
    }

    private static func list(
        _ visit: Visit,
        link: List.Link? = nil,
        errors: FormErrors = .none
    ) async throws -> Page {
        let staff = try await visit.operations.staff()
        let properties = try await visit.operations.propertyNames(within: .everything, limit: .max)
        let names = Dictionary(uniqueKeysWithValues: properties.map { ($0.id, $0.name) })
        let model = List(
            lead: "\(Wording.count(staff.count, "person", "people")) may sign in, or are invited",
            members: staff.map { member in
                List.Member(
                    id: member.id.text,
                    email: member.email,
                    role: member.grant.role.title,
                    properties: reach(of: member.grant, names),
                    state: state(of: member),
                    kind: member.isDisabled ? "plain" : member.hasPassword ? "ok" : "sug"
                )
            },
            roles: roles(chosen: Role(rawValue: visit.form.text("role"))),
            properties: choices(properties, chosen: Set(visit.form.all("property"))),
            link: link,
            email: errors.isRefused ? visit.form.text("email") : "",
            errors: errors
        )
        return Page(template: "staff", title: "Staff", section: .staff, model: model)
    }

    static func reach(of grant: Grant, _ names: [PropertyID: String]) -> String {
        guard case .properties(let named) = grant.reach else { return "All" }
        return named.map { names[$0] ?? $0.text }.sorted().joined(separator: ", ")
    }

    private static func state(of member: StaffMember) -> String {
        if member.isDisabled { return "Disabled" }
        return member.hasPassword ? "Active" : "Invited"
    }

    static func roles(chosen: Role?) -> [Choice] {
        Role.allCases.map { role in
            let help =
                switch role {
                case .portfolioManager:
                    "Everything: set-up, credentials, off switches, Safety, staff."
                case .propertyManager:
                    "Units, people, mapping, sync, alerts, approvals and undo of the properties named."
                case .viewer: "Sees, and changes nothing."
                }
            return Choice(
                value: role.rawValue,
                label: role.title,
                help: help,
                isChosen: role == chosen
            )
        }
    }

    static func choices(
        _ properties: [Properties.Named],
        chosen: Set<String>
    ) -> [Choice] {
        properties.map {
            Choice(value: $0.id.text, label: $0.name, isChosen: chosen.contains($0.id.text))
        }
    }

    private static func invite(_ visit: Visit) async throws -> Answer {
        let grant = try await grant(visit)
        let (member, secret) = try await FormErrors.about("email") {
            try await visit.operations.invite(visit.form.text("email"), grant)
        }
        return .page(try await list(visit, link: link(member, secret, visit)))
    }

    /// The role and the properties that were chosen.
    static func grant(_ visit: Visit) async throws -> Grant {
        let role = visit.form.text("role")
        guard Role(rawValue: role) != nil else { throw FormErrors("Choose a role.", at: "role") }
        return try await FormErrors.about("property") {
            try await visit.operations.grant(role, properties: visit.form.all("property"))
        }
    }

    private static func link(
        _ member: StaffMember,
        _ secret: BearerSecret,
        _ visit: Visit
    ) -> List.Link {
        List.Link(
            email: member.email,
            shown: "\(visit.origin)/invitation/\(secret.revealed)"
        )
    }

    // MARK: One member

    private struct Member: Sendable {
        let id: String
        let email: String
        let state: String
        let isDisabled: Bool
        let roles: [Choice]
        let properties: [Choice]
        let errors: FormErrors
    }

    private static func found(_ visit: Visit) async throws -> StaffMember {
        let id = StaffID(try visit.parameter("member"))
        guard let member = try await visit.operations.staff().first(where: { $0.id == id }) else {
            throw Answer.Problem.notFound
        }
        return member
    }

    private static func member(
        _ visit: Visit,
        _ errors: FormErrors = .none,
        isTyped: Bool = false
    ) async throws -> Page {
        let member = try await found(visit)
        let properties = try await visit.operations.propertyNames(within: .everything, limit: .max)
        var chosen: Set<String> = []
        if case .properties(let named) = member.grant.reach { chosen = Set(named.map(\.text)) }
        if isTyped { chosen = Set(visit.form.all("property")) }
        let role = isTyped ? Role(rawValue: visit.form.text("role")) : member.grant.role
        return Page(
            template: "staff-member",
            title: member.email,
            section: .staff,
            model: Member(
                id: member.id.text,
                email: member.email,
                state: state(of: member),
                isDisabled: member.isDisabled,
                roles: roles(chosen: role),
                properties: choices(properties, chosen: chosen),
                errors: errors
            )
        )
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        let member = try await found(visit)
        let grant = try await grant(visit)
        try await FormErrors.about("role") {
            try await visit.operations.setGrant(grant, of: member.id)
        }
        return .redirect(to: "/staff", .done("\(member.email) is saved."))
    }

    private static func inviteAgain(_ visit: Visit) async throws -> Answer {
        let member = try await found(visit)
        let secret = try await visit.operations.inviteAgain(member.id)
        return .page(try await list(visit, link: link(member, secret, visit)))
    }

    private static func setState(_ visit: Visit) async throws -> Answer {
        let member = try await found(visit)
        let isDisabled = visit.form.text("disabled") == "1"
        try await visit.operations.setDisabled(isDisabled, of: member.id)
        return .redirect(
            to: "/staff",
            .done(
                "\(member.email) \(isDisabled ? "cannot sign in any more" : "may sign in again")."
            )
        )
    }
}
