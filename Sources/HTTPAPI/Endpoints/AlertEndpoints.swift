import HTTPTypes
import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// What waits for a person, and deciding it.
enum AlertEndpoints {
    private static let at = "/v1/properties/{property}/alerts"

    static let all: [Endpoint] = [
        .list(
            at,
            "listAlerts",
            "The open alerts, in the recommended order of work",
            answers: "A page of alerts.",
            list
        ),
        .get(
            at + "/closed",
            "listClosedAlerts",
            "The alerts that were closed last",
            answers: "The 200 closed last, the newest first."
        ) { call in
            Listing(try await call.operations.closedAlerts(of: call.theProperty(), limit: 200))
        },
        .get(
            at + "/{alert}",
            "getAlert",
            "One open alert, with whom it is about and, of a held plan, the plan",
            answers: "The alert."
        ) { try await detail($0) },
        .act(
            .post,
            at + "/{alert}/decision",
            "decideAlert",
            "Take a way out of an alert; a sync that carries it out is asked for",
            takes: .object([
                .takes(
                    "way_out",
                    .words(WayOut.allCases.map(\.rawValue)),
                    "One of the alert's ways out.",
                    isRequired: true
                ),
                .takes(
                    "value",
                    .text(Schema.line),
                    "What the way out needs besides; `needs` of the alert says what."
                ),
                .takes("later", .flag, "True to wait for the next run instead of asking for one."),
            ]),
            status: .accepted,
            answers: "It is decided; how the sync stands that carries it out.",
            decide
        ),
    ]

    private static func list(_ call: Call) async throws -> Page<Alerts.Open> {
        let all = try await call.operations.alerts(of: call.theProperty()).map(\.alert)
        var rest = all[...]
        if let cursor = try call.cursor() {
            // One that was closed meanwhile leaves its place to those after it in the order.
            guard let place = Int(cursor.key.prefix { $0 != " " }), place >= 0 else {
                throw Call.cursorIsVoid
            }
            let last = cursor.key.drop { $0 != " " }.dropFirst()
            let known = all.firstIndex { $0.id == last }.map { $0 + 1 }
            rest = all.dropFirst(known ?? min(place, all.count))
        }
        let first = rest.startIndex
        return Page(
            items: Array(rest.prefix(call.limit)),
            next: rest.count > call.limit
                ? Cursor("\(first + call.limit) \(rest[first + call.limit - 1].id)") : nil
        )
    }

    private static func found(_ call: Call) async throws -> (Alerts.Open, heldPlan: String?) {
        let property = try call.theProperty()
        let found = try await call.operations.alert(try call.parameter("alert"))
        guard found.property.id == property.id else { throw Problem.missing("open alert") }
        return (found.alert, found.heldPlan)
    }

    private static func detail(_ call: Call) async throws -> AlertDetail {
        let (alert, heldPlan) = try await found(call)
        let subjects = try await call.operations.subjects(of: [alert], of: call.theProperty())
        return AlertDetail(
            alert: alert,
            subjects: alert.draft.residents.compactMap { subjects[$0] },
            heldPlan: try await call.operations.naming(
                (heldPlan ?? "").split(separator: "\n").map(String.init)
            )
        )
    }

    private static func decide(_ call: Call) async throws -> SyncState {
        let (alert, _) = try await found(call)
        let property = try call.theProperty()
        guard let way = WayOut(rawValue: call.body.text("way_out") ?? "") else {
            throw Problem.malformed([])
        }
        _ = try await call.operations.resolve(
            alert.id,
            with: way,
            value: call.body.text("value")
        )
        if !(call.body.flag("later") ?? false), property.settings.userSync {
            call.desk.ask(.sync, of: property)
        }
        return SyncState(call.desk.progress(of: property.id))
    }
}

extension AlertDraft.Kind: Word {}

extension Alerts.Open: Resource {
    /// A way out with what must be said besides.
    struct Way: Resource {
        let way: WayOut
        let needs: String?

        static let resourceName = "WayOut"
        static let members: [Field<Way>] = [
            Field("way_out", "The word to decide with.") { $0.way },
            Field("title", "As people read it.") { $0.way.title },
            Field("needs", "What `value` must say; null where nothing.") { $0.needs },
        ]
    }

    static let resourceName = "Alert"
    static let members: [Field<Alerts.Open>] = [
        Field("id", "Its id.") { $0.id },
        Field("kind", "What kind of alert it is.") { $0.draft.kind },
        Field("title", "The kind as people read it.") { $0.draft.kind.title },
        Field("detail", "What is wrong, without names or addresses.") { $0.draft.detail },
        Field("opened_at", "When it was raised.") { $0.openedAt },
        Field("person_id", "Whom it is about, where that is one person.") { $0.draft.person },
        Field("pms_resident_ids", "The PMS residents concerned.") { $0.draft.residents },
        Field("ways_out", "What can be done here; empty where only the PMS can put it right.") {
            alert in
            alert.draft.waysOut.map { Way(way: $0, needs: $0.value(for: alert.draft.kind)) }
        },
    ]
}

extension WayOut: Word {}

extension Operations.AlertSubject: Resource {
    static let resourceName = "AlertSubject"
    static let members: [Field<Operations.AlertSubject>] = [
        Field("pms_resident_id", "The PMS resident.") { $0.resident },
        Field("name", "The name in the PMS.") { $0.name },
        Field("email", "The address in the PMS.") { $0.email },
        Field("person_id", "Who they are here; null for nobody.") { $0.person },
        Field("person_email", "That person's address.") { $0.personEmail },
    ]
}

/// An alert with whom it is about.
struct AlertDetail: Resource {
    let alert: Alerts.Open
    let subjects: [Operations.AlertSubject]
    let heldPlan: [String]

    static let resourceName = "AlertDetail"
    static let members: [Field<AlertDetail>] = [
        Field("alert", "The alert.") { $0.alert },
        Field("subjects", "Whom it is about.") { $0.subjects },
        Field("held_plan", "Of a held plan, the plan: its summary, then a line for each change.") {
            $0.heldPlan
        },
    ]
}

extension Operations.ClosedAlert: Resource {
    static let resourceName = "ClosedAlert"
    static let members: [Field<Operations.ClosedAlert>] = [
        Field("id", "Its id.") { $0.alert.id },
        Field("kind", "What kind of alert it was.") { $0.alert.kind },
        Field("detail", "What was wrong.") { $0.alert.detail },
        Field("closed_at", "When it was closed.") { $0.alert.closedAt },
        Field("why", "Why it waits no more.") { $0.alert.why },
        Field("decided_by", "Whose decision it was; null where nobody decided.") {
            $0.decision.map { Actor(actor: $0.actor) }
        },
        Field("decision", "What was decided.") { $0.decision?.after },
    ]
}
