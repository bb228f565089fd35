import HTTPTypes
import LintelModel
import Operations
import Storage

/// Units, and who stands in them.
enum UnitEndpoints {
    private static let at = "/v1/properties/{property}/units"

    private static func details(isNew: Bool) -> [Schema.Member] {
        [
            .takes(
                "name",
                .text(1...200),
                "The unit's name, unique in its building.",
                isRequired: isNew
            ),
            .takes("building", .text(0...200), "The building; empty in a property of one."),
            .takes("floor", .text(0...100), "The floor."),
            .takes("external_id", .orNull(.text(1...200)), "What another system calls it."),
        ]
    }

    static let all: [Endpoint] = [
        .list(
            at,
            "listUnits",
            "The units, in natural order of building and name",
            query: [
                Endpoint.Parameter(
                    "q",
                    .text(1...200),
                    "Only those with this in their name or external id."
                ),
                Endpoint.Parameter(
                    "show",
                    .words(UnitShow.allCases.map(\.rawValue)),
                    "Only those that stand so; `unmapped` are those to which no PMS unit is mapped."
                ),
            ],
            answers: "A page of units, each with how many people stand in it.",
            list
        ),
        .act(
            .post,
            at,
            "addUnit",
            "Add a unit",
            takes: .object(details(isNew: true)),
            status: .created,
            answers: "The unit."
        ) { call in
            try await call.operations.addUnit(
                call.body.text("name") ?? "",
                building: call.body.text("building") ?? "",
                floor: call.body.text("floor") ?? "",
                externalID: call.body.text("external_id"),
                to: call.theProperty()
            )
        },
        .act(
            .post,
            at + "/import",
            "importUnits",
            "Add and change units from a file; safe to send again",
            query: [
                Endpoint.Parameter("dry_run", .flag, "Only tells every row's fate."),
                Endpoint.Parameter(
                    "skip_bad_rows",
                    .flag,
                    "Takes the good rows where others are refused; else nothing is written then."
                ),
            ],
            takes: .file("A header and rows of name, building, floor, external_id."),
            answers: "Every row's fate."
        ) { call in
            Listing(
                try await call.operations.importUnits(
                    call.file,
                    into: call.theProperty(),
                    isDryRun: call.query.flag("dry_run") ?? false,
                    skipsBadRows: call.query.flag("skip_bad_rows") ?? false
                )
            )
        },
        .get("/v1/units/{unit}", "getUnit", "One unit", answers: "The unit.") { try $0.theUnit() },
        .act(
            .patch,
            "/v1/units/{unit}",
            "editUnit",
            "Change a unit's details; those not named stay",
            takes: .object(details(isNew: false)),
            answers: "The unit as it is now.",
            edit
        ),
        .act(
            .delete,
            "/v1/units/{unit}",
            "deleteUnit",
            "Delete a unit in which nobody stands or will, and to which nothing is mapped",
            answers: "It is deleted."
        ) { call in
            try await call.operations.deleteUnit(call.theUnit().id.text, of: call.theProperty())
        },
        .get(
            "/v1/units/{unit}/residents",
            "listUnitResidents",
            "Who stands, will stand and stood in a unit",
            answers: "Current ones first, then upcoming, then ended ones from the last."
        ) { call in
            Listing(try await call.operations.record(of: call.theUnit().id).stays)
        },
        .get(
            "/v1/units/{unit}/history",
            "listUnitHistory",
            "What happened in a unit",
            answers: "The 50 changes made last, the newest first."
        ) { call in
            Listing(try await call.operations.record(of: call.theUnit().id).history)
        },
    ]

    private enum UnitShow: String, CaseIterable {
        case occupied, vacant, unmapped

        func shows(_ row: PropertyView.UnitRow) -> Bool {
            switch self {
            case .occupied: row.current > 0
            case .vacant: row.current == 0
            case .unmapped: row.pmsUnits.isEmpty
            }
        }
    }

    private static func list(_ call: Call) async throws -> Page<PropertyView.UnitRow> {
        let sought = SearchText(call.query.text("q") ?? "")
        let show = call.query.text("show").flatMap { UnitShow(rawValue: $0) }
        let cursor = try call.cursor()
        let rows = try await call.operations.view(of: call.theProperty()).units.lazy
            .filter { row in
                cursor.map { $0.key < row.key } ?? true && row.has(sought)
                    && show?.shows(row) ?? true
            }
        return Page(Array(rows.prefix(call.limit + 1)), call, key: \.key) { $0 }
    }

    private static func edit(_ call: Call) async throws -> Unit {
        let unit = try call.theUnit()
        let external =
            call.body["external_id"].map { _ in call.body.text("external_id") } ?? unit.externalID
        return try await call.operations.editUnit(
            unit.id,
            name: call.body.text("name") ?? unit.name,
            building: call.body.text("building") ?? unit.building,
            floor: call.body.text("floor") ?? unit.floor,
            externalID: external ?? "",
            of: call.theProperty()
        )
    }
}

extension Operations.UnitRow: Resource {
    enum FateWord: String, Word {
        case new, changed, unchanged, refused
    }

    static let resourceName = "UnitImportRow"
    static let members: [Field<Operations.UnitRow>] = [
        Field("line", "Its line in the file.") { $0.line },
        Field("value", "What it is about.") { $0.value },
        Field("fate", "What becomes of it.") { row -> FateWord in
            switch row.fate {
            case .new: .new
            case .changed: .changed
            case .unchanged: .unchanged
            case .refused: .refused
            }
        },
        Field("why", "Why it is refused; null where it is not.") { row -> String? in
            if case .refused(let why) = row.fate { why } else { nil }
        },
    ]
}
