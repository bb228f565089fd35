import HTTPTypes
import LintelModel
import Operations
import Reconciliation
import Storage

/// People, why they stand as they do, and what is done by hand.
enum PeopleEndpoints {
    private static let at = "/v1/properties/{property}"
    private static let one = at + "/people/{person}"

    static let all: [Endpoint] = [
        .list(
            at + "/people",
            "listPeople",
            "The people of a property, by last and first name",
            query: [
                Endpoint.Parameter(
                    "q",
                    .text(1...200),
                    "Only those with this in their name or e-mail address."
                ),
                Endpoint.Parameter(
                    "show",
                    .words(PeopleIndex.Show.allCases.map(\.rawValue)),
                    "Only those that stand so."
                ),
            ],
            answers: "A page of people, each with their units.",
            list
        ),
        .get(one, "getPerson", "One person, as the property knows them", answers: "The person.") {
            try await record($0)
        },
        .get(
            one + "/history",
            "listPersonHistory",
            "What happened to a person at the property",
            answers: "Every change, the newest first."
        ) { Listing(try await record($0).history) },
        .get(
            one + "/why",
            "explainPerson",
            "Why a person stands as they do",
            answers: "The reasons: rule, run and what the PMS says."
        ) { Listing(try await record($0).why) },
        .act(
            .post,
            one + "/assignments",
            "assign",
            "Put a person into a unit by hand",
            takes: .object([
                .takes("unit_id", .text(Schema.line), "The unit's id.", isRequired: true),
                .takes(
                    "from",
                    .text(10...10, format: "date"),
                    "The first day; today where it is not given."
                ),
                .takes(
                    "until",
                    .text(10...10, format: "date"),
                    "The last day; open where it is not given."
                ),
            ]),
            answers: "What was done."
        ) { call in
            try await call.operations.assign(
                record(call).person.id.text,
                to: call.body.text("unit_id") ?? "",
                of: call.theProperty(),
                from: call.body.text("from"),
                until: call.body.text("until")
            )
        },
        .act(
            .post,
            one + "/unassign",
            "unassign",
            "Take a person out of a unit, and keep them out while the PMS says what it says now",
            takes: .object([
                .takes("unit_id", .text(Schema.line), "The unit's id.", isRequired: true)
            ]),
            answers: "What was done."
        ) { call in
            try await call.operations.unassign(
                record(call).person.id.text,
                from: call.body.text("unit_id") ?? "",
                of: call.theProperty()
            )
        },
        .act(
            .post,
            one + "/archive",
            "archive",
            "End every assignment of a person, and keep the PMS from bringing them back",
            answers: "What was done."
        ) { call in
            try await call.operations.archive(
                record(call).person.id.text,
                within: call.token.grant.reach
            )
        },
        .get(
            at + "/find",
            "find",
            "Find anyone and anything: people, units, PMS units, and residents whom only the PMS knows, "
                + "with why they are not here",
            query: [Endpoint.Parameter("q", .text(1...200), "What to look for.")],
            answers: "The first 20 of each kind."
        ) { call in
            try await call.operations.find(call.query.text("q") ?? "", of: call.theProperty())
        },
        .get(
            at + "/decisions",
            "listDecisions",
            "The decisions of people that hold until the PMS says something else",
            answers: "The decisions, the oldest first."
        ) { Listing(try await $0.operations.pins(of: $0.theProperty())) },
        .act(
            .delete,
            at + "/decisions/{decision}",
            "releaseDecision",
            "Let go of a decision: the next run does again what the PMS says",
            answers: "It holds no longer."
        ) { call in
            try await call.operations.releasePin(
                call.parameter("decision"),
                of: call.theProperty()
            )
        },
    ]

    private static func list(_ call: Call) async throws -> Page<Operations.PersonRow> {
        let property = try call.theProperty()
        let show = call.query.text("show").flatMap { PeopleIndex.Show(rawValue: $0) } ?? .all
        let cursor = try call.cursor()
        let found = try await call.operations.peopleIndex(of: property)
            .found(SoughtText(call.query.text("q") ?? ""))
            .lazy.filter { entry in
                cursor.map { $0.key < entry.key } ?? true && entry.isShown(in: show)
            }
        let page = Array(found.prefix(call.limit + 1))
        return Page(
            items: try await call.operations.rows(of: page.prefix(call.limit), at: property),
            next: page.count > call.limit ? Cursor(page[call.limit - 1].key) : nil
        )
    }

    private static func record(_ call: Call) async throws -> Operations.PersonRecord {
        let found = try await call.operations.record(
            of: PersonID(call.parameter("person")),
            at: call.theProperty()
        )
        guard let found else { throw Problem.missing("person at this property") }
        return found
    }
}

extension Operations.PersonRecord: Resource {
    static let resourceName = "PersonRecord"
    static let members: [Field<Operations.PersonRecord>] = [
        Field("person", "Who.") { $0.person },
        Field("units", "Current ones first, then upcoming, then ended ones from the last.") {
            $0.stays
        },
        Field("residencies", "What the PMS says of them at this property.") { $0.residencies },
        Field("decisions", "The decisions about them that hold.") { $0.pins },
        Field("other_properties", "How many other properties they belong to.") {
            $0.otherProperties
        },
    ]
}

extension LeaseStatus: Word {}

extension Operations.PersonRecord.Residency: Resource {
    static let resourceName = "Residency"
    static let members: [Field<Operations.PersonRecord.Residency>] = [
        Field("pms_property_id", "The PMS's own code of the property.") { $0.pmsProperty },
        Field("pms_resident_id", "The PMS's own id of the resident.") { $0.resident },
        Field("lease_id", "The PMS's own id of the lease.") { $0.known.stated.key.lease },
        Field("pms_unit_id", "The PMS's own id of the unit.") { $0.known.stated.key.unit },
        Field("unit_id", "The unit that it is mapped to.") { $0.unit?.id },
        Field("status_word", "The PMS's own word for how it stands.") {
            $0.known.stated.statusWord
        },
        Field("status", "What the word means here.") { $0.status },
        Field("is_excluded", "Whether residents with that word are left out.") { $0.isExcluded },
        Field("lease_start", "The first day of the lease.") { $0.known.stated.leaseStart },
        Field("lease_end", "The last day of the lease.") { $0.known.stated.leaseEnd },
        Field("move_in", "The day of the move-in.") { $0.known.stated.moveIn },
        Field("move_out", "The day of the move-out.") { $0.known.stated.moveOut },
        Field("missing_since", "Since when the PMS lists it no longer.") { $0.known.missingSince },
    ]
}

extension Pins.Listed: Resource {
    static let resourceName = "Decision"
    static let members: [Field<Pins.Listed>] = [
        Field("id", "Its id.") { $0.pin.id },
        Field("what", "What was decided, as a sentence.") { $0.pin.sentence },
        Field("person_id", "Whom it concerns, where that is one person.") { $0.pin.person },
        Field("pms_resident_id", "The PMS resident it concerns, where that is one.") {
            $0.pin.resident?.resident
        },
        Field("made_at", "When.") { $0.madeAt },
        Field("run_id", "The run or act that made it, where one did.") { $0.batch },
    ]
}

extension Operations.Act: Resource {
    static let resourceName = "Act"
    static let members: [Field<Operations.Act>] = [
        Field("person_id", "Who.") { $0.person },
        Field("changes", "How many assignments began, ended or changed.") { $0.changes },
        Field("decisions", "How many decisions keep the next sync from reversing it.") { $0.pins },
    ]
}

extension Operations.Finding: Resource {
    static let resourceName = "Finding"
    static let members: [Field<Operations.Finding>] = [
        Field("people", "People.") { $0.people },
        Field("people_count", "How many there are.") { $0.peopleCount },
        Field("units", "Units.") { $0.units },
        Field("unit_count", "How many there are.") { $0.unitCount },
        Field("pms_units", "PMS units.") { $0.pmsUnits },
        Field("pms_unit_count", "How many there are.") { $0.pmsUnitCount },
        Field("pms_residents", "PMS residents who are nobody here.") { $0.records },
        Field("pms_resident_count", "How many there are.") { $0.recordCount },
    ]
}

extension Operations.Finding.Record: Resource {
    static let resourceName = "UnknownResident"
    static let members: [Field<Operations.Finding.Record>] = [
        Field("pms_resident_id", "The PMS's own id.") { $0.resident },
        Field("name", "The name in the PMS.") { $0.name },
        Field("email", "The e-mail address in the PMS.") { $0.email },
        Field("pms_unit", "The unit in the PMS.") { $0.pmsUnit },
        Field("says", "What the PMS says of them.") { $0.says },
        Field("why", "Why they are nobody here.") { $0.why },
    ]
}
