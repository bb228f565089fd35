import Foundation
import LintelModel
import Operations

/// One PMS unit of the Unit Mapping tab: the units it may be, mapping it, removing that.
enum PMSUnitPages {
    private static let base = "/properties/:property/integrations/unit-mapping"

    static let routes: [Route] = [
        .page(base + "/choices", choices),
        .form(
            base + "/save",
            refused: { try await edit($0, key: $0.form.text("key"), $1) },
            save
        ),
        .page(base + "/edit", needs: .operate) { .page(try await edit($0)) },
        .form(base + "/remove", remove),
    ]

    /// A PMS unit of an attachment as one text, for forms.
    static func key(_ row: PropertyView.PMSUnitRow) -> String {
        "\(row.mapped.attachment) \(row.pmsUnit.id)"
    }

    private static func found(_ key: String, _ visit: Visit) async throws -> PropertyView.PMSUnitRow
    {
        let view = try await visit.operations.view(of: try visit.theProperty())
        guard let row = row(key, in: view) else { throw Answer.Problem.notFound }
        return row
    }

    /// The PMS unit of a ``key(_:)``; nil where it is not there.
    static func row(_ key: String, in view: PropertyView) -> PropertyView.PMSUnitRow? {
        let parts = key.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return view.pmsUnit(PMSUnitID(parts[1]), in: AttachmentID(parts[0]))
    }

    /// The units somebody may mean: those suggested first, then those that have the text in them.
    private static func choices(_ visit: Visit) async throws -> Answer {
        struct Choice: Encodable {
            let id: String
            let label: String
            let detail: String
            let suggested: Bool
            let reason: String
        }
        let view = try await visit.operations.view(of: try visit.theProperty())
        let sought = visit.query.text("q")
        let row = row(visit.query.text("key"), in: view)
        let suggested = (row?.suggestion?.candidates ?? []).filter {
            sought.isEmpty || $0.unit.label.localizedCaseInsensitiveContains(sought)
        }
        let taken = Set(suggested.map(\.unit.id))
        let text = SearchText(sought)
        let others = view.units.lazy.filter { !taken.contains($0.unit.id) && $0.has(text) }
            .prefix(20)
        let choices =
            suggested.map { candidate in
                Choice(
                    id: candidate.unit.id.text,
                    label: candidate.unit.label,
                    detail: candidate.takenBy.isEmpty ? "" : "mapped already",
                    suggested: true,
                    reason: candidate.reason
                )
            }
            + others.map { unit in
                Choice(
                    id: unit.unit.id.text,
                    label: unit.unit.label,
                    detail: unit.pmsUnits.isEmpty ? "" : "mapped already",
                    suggested: false,
                    reason: ""
                )
            }
        return .json(Array(try JSONEncoder().encode(["units": choices])))
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let row = try await found(visit.form.text("key"), visit)
        let (id, typed) = (visit.form.text("unit-id"), visit.form.text("unit"))
        let base = visit.at("integrations", "unit-mapping")
        let back = visit.form.text("return")
        return try await FormErrors.about("unit") {
            // What is typed wins over an id that a module left behind.
            var unit = try? await visit.operations.unit(id, of: property)
            if let known = unit, !typed.isEmpty, known.label != typed { unit = nil }
            if unit == nil {
                guard !typed.isEmpty else { throw OperationError("choose a unit, then save") }
                unit = try await visit.operations.unit(typed, of: property)
            }
            guard let unit else { throw OperationError("choose a unit, then save") }
            try await visit.operations.map(
                [
                    Operations.MappingChoice(
                        row.pmsUnit.id,
                        in: row.mapped.attachment,
                        .unit(unit.id)
                    )
                ],
                of: property
            )
            let follow =
                row.residents == 0
                ? "" : " \(Wording.count(row.residents, "resident")) can follow with the next sync."
            return .redirect(
                to: back.hasPrefix(base) ? back : base,
                .done("\(row.pmsUnit.label) is mapped to \(unit.label).\(follow)")
            )
        }
    }

    private struct Edit: Sendable {
        let label: String
        let lead: String
        let base: String
        let key: String
        let unit: String
        let choices: String
        let help: String
        let isMapped: Bool
        let isIgnored: Bool
        let question: String
        let unassignHelp: String
        let errors: FormErrors
    }

    private static func edit(
        _ visit: Visit,
        key given: String? = nil,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let row = try await found(given ?? visit.query.text("key"), visit)
        let base = visit.at("integrations", "unit-mapping")
        let key = key(row)
        let view = try await visit.operations.view(of: try visit.theProperty())
        let standing = row.isMapped ? row.unit.flatMap { view.unit($0.id) } : nil
        let residents = (standing?.current ?? 0) + (standing?.upcoming ?? 0)
        let model = Edit(
            label: row.pmsUnit.label,
            lead: row.unit.map { "Mapped to \($0.label)" }
                ?? (row.isIgnored ? "Ignored: nobody is assigned through it" : "Not mapped yet"),
            base: base,
            key: key,
            unit: errors.isRefused ? visit.form.text("unit") : row.unit?.label ?? "",
            choices: path("\(base)/choices", [("key", key)]),
            help: residents == 0
                ? "Type a part of its name. Nobody is moved until the next sync."
                : "Another unit moves \(Wording.count(residents, "resident")) with the next sync.",
            isMapped: row.isMapped,
            isIgnored: row.isIgnored,
            question: residents == 0
                ? "Nobody stands in \(row.unit?.label ?? "the unit"). What if somebody does by then?"
                : "\(Wording.count(residents, "resident")) "
                    + "\(residents == 1 ? "stands" : "stand") in \(row.unit?.label ?? "the unit"). "
                    + "What becomes of them?",
            unassignHelp: residents == 0
                ? "Whoever is assigned by sync leaves the unit now."
                : "This ends \(Wording.count(residents, "assignment")) that a sync made; it shows in the "
                    + "history of each.",
            errors: errors
        )
        return Page(
            template: "mapping-edit",
            title: row.pmsUnit.label,
            section: .integrations,
            model: model
        )
    }

    private static func remove(_ visit: Visit) async throws -> Answer {
        let row = try await found(visit.form.text("key"), visit)
        let choice = Operations.ResidentsChoice(rawValue: visit.form.text("residents")) ?? .keep
        let count = try await visit.operations.unmap(
            row.pmsUnit.id,
            in: row.mapped.attachment,
            of: try visit.theProperty(),
            residents: choice
        )
        let became =
            count == 0
            ? ""
            : choice == .keep
                ? " \(Wording.count(count, "resident")) kept by hand."
                : " \(Wording.count(count, "resident")) unassigned."
        return .redirect(
            to: visit.at("integrations", "unit-mapping"),
            .done("The mapping of \(row.pmsUnit.label) is removed.\(became)")
        )
    }
}
