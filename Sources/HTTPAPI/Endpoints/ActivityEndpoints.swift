import LintelModel
import Operations
import Storage

/// The audit log: who did what.
enum ActivityEndpoints {
    static let all: [Endpoint] = [
        .list(
            "/v1/activity",
            "listActivity",
            "What was done in the portfolio",
            at: .portfolio,
            needs: .manage,
            answers: "A page of the audit log, the newest first.",
            list
        ),
        .list(
            "/v1/properties/{property}/activity",
            "listPropertyActivity",
            "What was done at a property",
            answers: "A page of the audit log, the newest first.",
            list
        ),
    ]

    private static func list(_ call: Call) async throws -> Page<AuditLog.Entry> {
        var before: Int?
        if let cursor = try call.cursor() {
            guard let position = Int(cursor.key) else { throw Call.cursorIsVoid }
            before = position
        }
        let entries = try await call.operations.activity(
            of: call.property,
            before: before,
            limit: call.limit + 1
        )
        return Page(entries, call, key: \.position.description) { $0 }
    }
}

/// Who did something.
struct Actor: Resource {
    enum Kind: String, Word {
        case commandLine = "command-line"
        case staff, token
    }

    let actor: AuditActor

    static let resourceName = "Actor"
    static let members: [Field<Actor>] = [
        Field("kind", "What kind of actor.") { actor -> Kind in
            switch actor.actor {
            case .commandLine: .commandLine
            case .staff: .staff
            case .token: .token
            }
        },
        Field("id", "The id of the member of staff or the token, or the user's name.") {
            $0.actor.name
        },
    ]
}

extension AuditLog.Entry: Resource {
    static let resourceName = "ActivityEntry"
    static let members: [Field<AuditLog.Entry>] = [
        Field("position", "Its place in the log.") { $0.position },
        Field("at", "When.") { $0.at },
        Field("by", "Who.") { Actor(actor: $0.actor) },
        Field("act", "The act in a few words.") { $0.act },
        Field("property_id", "At which property.") { $0.property },
        Field("subject", "What it was done to: an id, or a name that is not a person's.") {
            $0.subject
        },
        Field("before", "What was before.") { $0.before },
        Field("after", "What is after.") { $0.after },
    ]
}
