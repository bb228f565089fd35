import HTTPTypes
import LintelModel
import Operations

/// Who may sign in to the console.
enum StaffEndpoints {
    private static let role = Schema.Member.takes(
        "role",
        .words(Role.allCases.map(\.rawValue)),
        "What they may do.",
        isRequired: true
    )
    private static let properties = Schema.Member.takes(
        "property_ids",
        .list(.text(Schema.line)),
        "Where: a property manager needs one, a viewer without any sees all."
    )

    static let all: [Endpoint] = [
        .get(
            "/v1/staff",
            "listStaff",
            "Who may sign in, or is invited",
            at: .portfolio,
            needs: .manage,
            answers: "The members of staff."
        ) { Listing(try await $0.operations.staff()) },
        .act(
            .post,
            "/v1/staff",
            "inviteStaff",
            "Invite somebody",
            at: .portfolio,
            needs: .manage,
            takes: .object([
                .takes("email", .text(3...254), "Their e-mail address.", isRequired: true), role,
                properties,
            ]),
            status: .created,
            answers:
                "Who, and the secret with which they choose a password within seven days, once."
        ) { call -> Invitation in
            let (member, secret) = try await call.operations.invite(
                call.body.text("email") ?? "",
                grant(call)
            )
            return Invitation(member: member, secret: secret)
        },
        .act(
            .put,
            "/v1/staff/{member}/role",
            "setStaffRole",
            "Give somebody another role, or let it hold elsewhere",
            at: .portfolio,
            needs: .manage,
            takes: .object([role, properties]),
            answers: "Who, as they are now."
        ) { call in
            let id = try await found(call).id
            try await call.operations.setGrant(grant(call), of: id)
            return try await found(call)
        },
        .act(
            .put,
            "/v1/staff/{member}/disabled",
            "setStaffDisabled",
            "Keep somebody from signing in, or let them again",
            at: .portfolio,
            needs: .manage,
            takes: .object([
                .takes("is_disabled", .flag, "Whether they may not sign in.", isRequired: true)
            ]),
            answers: "Who, as they are now."
        ) { call in
            let id = try await found(call).id
            try await call.operations.setDisabled(call.body.flag("is_disabled") ?? false, of: id)
            return try await found(call)
        },
        .act(
            .post,
            "/v1/staff/{member}/invitation",
            "inviteStaffAgain",
            "A new secret for somebody who lost their invitation or their password",
            at: .portfolio,
            needs: .manage,
            answers: "Who, and the secret."
        ) { call -> Invitation in
            let member = try await found(call)
            return Invitation(
                member: member,
                secret: try await call.operations.inviteAgain(member.id)
            )
        },
    ]

    private static func grant(_ call: Call) async throws -> Grant {
        try await call.operations.grant(
            call.body.text("role") ?? "",
            properties: call.body.texts("property_ids")
        )
    }

    private static func found(_ call: Call) async throws -> StaffMember {
        let id = StaffID(try call.parameter("member"))
        guard let member = try await call.operations.staff().first(where: { $0.id == id }) else {
            throw Problem.missing("member of staff")
        }
        return member
    }
}

extension StaffMember: Resource {
    static let resourceName = "StaffMember"
    static let members: [Field<StaffMember>] = [
        Field("id", "Their id.") { $0.id },
        Field("email", "Their e-mail address.") { $0.email },
        Field("role", "What they may do.") { $0.grant.role },
        Field("property_ids", "Where; null for everywhere.") { $0.grant.reach.propertyIDs },
        Field("has_password", "Whether they have accepted their invitation.") { $0.hasPassword },
        Field("is_disabled", "Whether they may not sign in.") { $0.isDisabled },
    ]
}

/// An invitation to hand over.
struct Invitation: Resource {
    let member: StaffMember
    let secret: BearerSecret

    static let resourceName = "Invitation"
    static let members: [Field<Invitation>] = [
        Field("member", "Who.") { $0.member },
        Field("path", "The path of the page, on this server, on which they choose a password.") {
            "/invitation/\($0.secret.revealed)"
        },
    ]
}
