import HTTPTypes
import LintelModel
import Operations
import Storage
import SyncEngine

/// Syncs, their history, previews and undoing.
enum SyncEndpoints {
    private static let at = "/v1/properties/{property}"

    static let all: [Endpoint] = [
        .act(
            .post,
            at + "/syncs",
            "sync",
            "Ask for a sync, of the whole property or of one resident or PMS unit",
            takes: .object([
                .takes("pms_resident_id", .text(Schema.line), "Only this PMS resident."),
                .takes("pms_unit_id", .text(Schema.line), "Only those in this PMS unit."),
            ]),
            status: .accepted,
            answers: "It was asked for; or one that was asked for before is still under way.",
            sync
        ),
        .get(
            at + "/syncs/latest",
            "getSync",
            "How the sync last asked for stands",
            answers: "How it stands."
        ) { call in SyncState(call.desk.progress(of: try call.theProperty().id)) },
        .act(
            .post,
            at + "/sync-previews",
            "previewSync",
            "What a sync would do now; nothing is changed",
            takes: .object([
                .takes("pms_resident_id", .text(Schema.line), "Only this PMS resident.")
            ]),
            answers: "What it would do.",
            preview
        ),
        .list(
            at + "/runs",
            "listRuns",
            "The runs, the newest first",
            answers: "A page of runs.",
            runs
        ),
        .get(at + "/runs/{run}", "getRun", "One run", answers: "The run.") { call in
            try await run(call, from: 0, limit: 1).run
        },
        .list(
            at + "/runs/{run}/changes",
            "listRunChanges",
            "What a run changed, in its order, with what was before and after",
            answers: "A page of changes.",
            changes
        ),
        .act(
            .post,
            at + "/runs/{run}/undo-previews",
            "previewUndo",
            "What undoing a run would do; nothing is changed",
            answers: "What it would do, and what it would leave as it is."
        ) { call in
            let id = try await run(call, from: 0, limit: 1).run.id
            let report = try await call.operations.previewOfUndo(id, of: call.theProperty())
            return try await call.operations.planPreview(of: report)
        },
        .act(
            .post,
            at + "/runs/{run}/undo",
            "undoRun",
            "Undo a run: what nothing later has changed becomes as it was",
            status: .accepted,
            answers: "It was asked for.",
            undo
        ),
        .get(
            at + "/upcoming",
            "listUpcoming",
            "The move-ins, move-outs and transfers of the coming days",
            query: [
                Endpoint.Parameter(
                    "days",
                    .integer(1...365),
                    "How many days; 14 where it is not given."
                )
            ],
            answers: "The moves, by day."
        ) { call in
            Listing(
                try await call.operations.upcoming(
                    days: call.query.integer("days") ?? 14,
                    of: call.theProperty()
                )
            )
        },
    ]

    private static func sync(_ call: Call) async throws -> SyncState {
        let property = try call.theProperty()
        let (resident, pmsUnit) = (
            call.body.text("pms_resident_id"), call.body.text("pms_unit_id")
        )
        guard property.settings.userSync else {
            throw OperationError(
                .conflict,
                "User Sync is off at \(property.name): nothing is synced"
            )
        }
        let job: SyncJob
        switch (resident, pmsUnit) {
        case (nil, nil): job = .sync
        case (let resident?, nil): job = .part(.resident(PMSResidentID(resident)), isPreview: false)
        case (nil, let unit?): job = .part(.pmsUnit(PMSUnitID(unit)), isPreview: false)
        default:
            throw OperationError("name a PMS resident or a PMS unit, not both")
        }
        // Noted first: nothing is done of which nobody knows who asked for it.
        try await call.operations.noteRequest(
            "sync asked for",
            of: property,
            resident ?? pmsUnit ?? ""
        )
        call.desk.ask(job, of: property)
        return SyncState(call.desk.progress(of: property.id))
    }

    private static func preview(_ call: Call) async throws -> Operations.PlanPreview {
        let property = try call.theProperty()
        let report = try await call.operations.previewOfSync(
            of: call.body.text("pms_resident_id").map { PMSResidentID($0) },
            at: property
        )
        return try await call.operations.planPreview(of: report)
    }

    private static func runs(_ call: Call) async throws -> Page<RunRecord> {
        Page(
            try await call.operations.runs(
                of: call.theProperty(),
                olderThan: call.cursor().map { RunID($0.key) },
                limit: call.limit + 1
            ),
            call,
            key: \.id.text
        ) { $0 }
    }

    private static func run(
        _ call: Call,
        from position: Int,
        limit: Int
    ) async throws -> Operations.RunRecordPage {
        let page = try await call.operations.run(
            RunID(try call.parameter("run")),
            of: call.theProperty(),
            from: position,
            limit: limit
        )
        guard let page else { throw Problem.missing("run") }
        return page
    }

    private static func changes(_ call: Call) async throws -> Page<Operations.KeptChange> {
        var position = 0
        if let cursor = try call.cursor() {
            guard let given = Int(cursor.key), (0...1_000_000_000).contains(given) else {
                throw Call.cursorIsVoid
            }
            position = given
        }
        let found = try await run(call, from: position, limit: call.limit)
        let next = position + found.changes.count
        return Page(
            items: found.changes,
            next: next < found.tally.changes && !found.changes.isEmpty ? Cursor(String(next)) : nil
        )
    }

    private static func undo(_ call: Call) async throws -> SyncState {
        let property = try call.theProperty()
        let id = try await run(call, from: 0, limit: 1).run.id
        _ = try await call.operations.runToUndo(id.text)
        try await call.operations.noteRequest("undo asked for", of: property, id.text)
        guard call.desk.ask(.undo(id, isPreview: false), of: property) else {
            throw OperationError(
                .conflict,
                "another sync of \(property.name) is under way; undo once it is over"
            )
        }
        return SyncState(call.desk.progress(of: property.id))
    }
}

extension Operations.Move.Kind: Word {}

extension Operations.Move: Resource {
    static let resourceName = "Move"
    static let members: [Field<Operations.Move>] = [
        Field("date", "The day.") { CivilDate(iso: $0.date) },
        Field("kind", "What happens.") { $0.kind },
        Field("unit", "The unit, or the PMS unit where that is not mapped.") { $0.unit },
        Field("name", "First and last name as the PMS has them.") { $0.name },
        Field("person_id", "Who; null for a PMS resident who is nobody here yet.") { $0.person },
        Field("pms_resident_id", "The PMS resident.") { $0.pmsResidentId },
        Field("waits_on", "The alert it waits on; null where nothing is in the way.") {
            $0.waitsOn
        },
    ]
}
