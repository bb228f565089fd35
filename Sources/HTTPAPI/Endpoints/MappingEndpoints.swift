import DelimitedText
import HTTPTypes
import LintelModel
import Operations
import Reconciliation
import UnitMatching

/// PMS units and the units they are.
enum MappingEndpoints {
    private static let at = "/v1/properties/{property}"
    private static let one = at + "/attachments/{attachment}/pms-units/{pms_unit}"

    static let all: [Endpoint] = [
        .list(
            at + "/pms-units",
            "listPMSUnits",
            "The PMS units, each with what it is mapped to or may be",
            query: [
                Endpoint.Parameter(
                    "q",
                    .text(1...200),
                    "Only those with this in their name, PMS id or unit."
                ),
                Endpoint.Parameter(
                    "show",
                    .words(PropertyView.Standing.allCases.map(\.rawValue)),
                    "Only those that stand so."
                ),
            ],
            answers: "A page of PMS units, in natural order of building and name.",
            list
        ),
        .act(
            .put,
            one + "/mapping",
            "mapPMSUnit",
            "Say which unit a PMS unit is, or that nobody is assigned through it",
            takes: .object([
                .takes("unit_id", .text(Schema.line), "The id of the unit it is."),
                .takes("ignored", .flag, "True where nobody is assigned through it."),
            ]),
            answers: "The PMS unit as it is now.",
            map
        ),
        .act(
            .delete,
            one + "/mapping",
            "removeMapping",
            "Remove a mapping",
            query: [
                Endpoint.Parameter(
                    "residents",
                    .words(Operations.ResidentsChoice.allCases.map(\.rawValue)),
                    "What becomes of its residents: they stay as if put there by hand (`keep`, where "
                        + "nothing is said), or their assignments end now."
                )
            ],
            answers: "How many assignments were kept as by hand, or ended."
        ) { call -> Settled in
            let choice = call.query.text("residents")
                .flatMap { Operations.ResidentsChoice(rawValue: $0) }
            let settled = try await call.operations.unmap(
                row(call).pmsUnit.id,
                in: row(call).mapped.attachment,
                of: call.theProperty(),
                residents: choice ?? .keep
            )
            return Settled(assignments: settled)
        },
        .act(
            .post,
            at + "/mapping/accept-certain",
            "acceptCertain",
            "Map every unmapped PMS unit of which a rule proves what it is",
            answers: "Those that were mapped, each with the reason."
        ) { call in
            Listing(
                try await call.operations.acceptCertain(of: call.theProperty()).map {
                    Accepted(pmsUnit: $0.pmsUnit, unit: $0.unit, reason: $0.reason)
                }
            )
        },
        .act(
            .post,
            at + "/mapping/import-pms-units",
            "importPMSUnits",
            "Make units of unmapped PMS units, and map them",
            query: [Endpoint.Parameter("dry_run", .flag, "Only tells what would be made.")],
            answers: "What was made and mapped."
        ) { call -> Imported in
            Imported(
                outcome: try await call.operations.importPMSUnits(
                    of: call.theProperty(),
                    isPreview: call.query.flag("dry_run") ?? false
                )
            )
        },
        .file(
            at + "/mapping/export",
            "exportMapping",
            "The whole mapping as a file",
            answers: "A row for each PMS unit."
        ) { call in
            var writer = DelimitedWriter()
            writer.append(Operations.mappingColumns)
            for row in try await call.operations.exportMapping(of: call.theProperty()) {
                writer.append(row)
            }
            return writer.bytes
        },
        .act(
            .post,
            at + "/mapping/import",
            "importMapping",
            "Change the mapping by a file, all of it or nothing; a row without a mapping leaves it as it is",
            takes: .file("A header and rows as the export has them."),
            answers: "How many mappings changed, and the rows that were refused.",
            importFile
        ),
    ]

    private static func list(_ call: Call) async throws -> Page<PropertyView.PMSUnitRow> {
        let sought = SearchText(call.query.text("q") ?? "")
        let view = try await call.operations.view(of: call.theProperty())
        let show = call.query.text("show").flatMap { PropertyView.Standing(rawValue: $0) }
        let cursor = try call.cursor()
        let rows = (show.map(view.pmsUnits) ?? view.pmsUnits).lazy.filter { row in
            cursor.map { $0.key < row.key } ?? true && row.has(sought)
        }
        return Page(Array(rows.prefix(call.limit + 1)), call, key: \.key) { $0 }
    }

    private static func row(_ call: Call) async throws -> PropertyView.PMSUnitRow {
        let row = try await call.operations.view(of: call.theProperty()).pmsUnit(
            PMSUnitID(call.parameter("pms_unit")),
            in: AttachmentID(call.parameter("attachment"))
        )
        guard let row else { throw Problem.missing("PMS unit") }
        return row
    }

    private static func map(_ call: Call) async throws -> PropertyView.PMSUnitRow {
        let (property, row) = (try call.theProperty(), try await row(call))
        let mapping: UnitMapping
        switch (call.body.text("unit_id"), call.body.flag("ignored") ?? false) {
        case (let id?, false):
            mapping = .unit(try await call.operations.unit(id, of: property).id)
        case (nil, true): mapping = .ignored
        default: throw OperationError("give either a unit_id, or ignored as true")
        }
        try await call.operations.map(
            [Operations.MappingChoice(row.pmsUnit.id, in: row.mapped.attachment, mapping)],
            of: property
        )
        return try await self.row(call)
    }

    private static func importFile(_ call: Call) async throws -> MappingImport {
        let (changed, refused) = try await call.operations.importMapping(
            call.file,
            of: call.theProperty()
        )
        return MappingImport(changed: changed, refused: refused)
    }
}

extension PropertyView.Standing: Word {}
extension UnitProposal.Verdict: Word {}

extension PropertyView.PMSUnitRow: Resource {
    enum MappingWord: String, Word {
        case unit, ignored, unmapped
        case throughUnit = "through-unit"
    }

    static let resourceName = "PMSUnit"
    static let members: [Field<PropertyView.PMSUnitRow>] = [
        Field("attachment_id", "The attachment of its PMS property.") { $0.mapped.attachment },
        Field("pms_property_id", "The PMS's own code of its property.") { $0.mapped.pmsProperty },
        Field("pms_unit_id", "The PMS's own id.") { $0.pmsUnit.id },
        Field("parent_id", "The PMS unit it is a space of; null for a unit.") { $0.pmsUnit.parent },
        Field("building", "The building as the PMS has it.") { $0.pmsUnit.building },
        Field("name", "The name as the PMS has it.") { $0.pmsUnit.name },
        Field("floor", "The floor as the PMS has it.") { $0.pmsUnit.floor },
        Field("is_listed", "Whether the PMS still lists it.") { $0.mapped.known.isListed },
        Field(
            "mapping",
            "What it is here; a space that is not mapped itself goes through its unit."
        ) {
            row in
            if row.isMapped { return MappingWord.unit }
            if row.isIgnored { return .ignored }
            return row.isThroughUnit ? .throughUnit : .unmapped
        },
        Field("unit_id", "The unit it is, itself or through its unit.") { $0.unit?.id },
        Field("residents", "How many residents who live or will live there the PMS has in it.") {
            $0.residents
        },
        Field("verdict", "How sure the suggestions are; null for one that needs none.") {
            $0.suggestion?.verdict
        },
        Field("suggestions", "The units it may be, the best first.") {
            $0.suggestion?.candidates ?? []
        },
    ]
}

extension Operations.MappingSuggestion.Candidate: Resource {
    static let resourceName = "Suggestion"
    static let members: [Field<Operations.MappingSuggestion.Candidate>] = [
        Field("unit_id", "The unit.") { $0.unit.id },
        Field("label", "The unit as a person reads it.") { $0.unit.label },
        Field("confidence", "The share of suggestions of this kind that were right, from 0 to 1.") {
            $0.confidence
        },
        Field("reason", "Why, in words.") { $0.reason },
    ]
}

/// How many assignments something kept or ended.
struct Settled: Resource {
    let assignments: Int

    static let resourceName = "Settled"
    static let members: [Field<Settled>] = [
        Field("assignments", "How many assignments were kept as by hand, or ended.") {
            $0.assignments
        }
    ]
}

/// A PMS unit that was mapped because a rule proves what it is, or because a unit was made of it.
struct Accepted: Resource {
    let pmsUnit: PMSUnit
    let unit: Unit
    let reason: String

    static let resourceName = "Accepted"
    static let members: [Field<Accepted>] = [
        Field("pms_unit_id", "The PMS's own id.") { $0.pmsUnit.id },
        Field("pms_label", "The PMS unit as a person reads it.") { $0.pmsUnit.label },
        Field("unit_id", "The unit it is.") { $0.unit.id },
        Field("label", "The unit as a person reads it.") { $0.unit.label },
        Field("reason", "Why, in words.") { $0.reason },
    ]
}

/// What became of PMS units that were to be units.
struct Imported: Resource {
    let outcome: Operations.UnitImport

    static let resourceName = "PMSUnitImport"
    static let members: [Field<Imported>] = [
        Field("made", "How many units were made.") { $0.outcome.made },
        Field("mapped", "How many PMS units were mapped, to units made or found.") {
            $0.outcome.mapped
        },
        Field("refused", "Why others were not, a sentence each.") { $0.outcome.refused },
        Field("rows", "Each PMS unit that was mapped.") { imported in
            imported.outcome.rows.map {
                Accepted(
                    pmsUnit: $0.pmsUnit,
                    unit: $0.unit,
                    reason: $0.isNew ? "a unit was made of it" : "a unit of that name was there"
                )
            }
        },
    ]
}

/// What became of a file of mappings.
struct MappingImport: Resource {
    let changed: Int
    let refused: [Operations.Refusal]

    static let resourceName = "MappingImport"
    static let members: [Field<MappingImport>] = [
        Field("changed", "How many mappings changed; none where a row was refused.") { $0.changed },
        Field("refused", "The rows that were refused.") { $0.refused },
    ]
}

extension Operations.Refusal: Resource {
    static let resourceName = "RefusedRow"
    static let members: [Field<Operations.Refusal>] = [
        Field("line", "Its line in the file.") { $0.line },
        Field("value", "What it is about.") { $0.value },
        Field("why", "Why it is refused.") { $0.why },
    ]
}
