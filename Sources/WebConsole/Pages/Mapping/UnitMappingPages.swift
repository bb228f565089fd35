import Foundation
import LintelModel
import Operations
import Reconciliation
import Storage
import UnitMatching

/// The Unit Mapping tab: which PMS unit is which unit.
enum UnitMappingPages {
    private static let base = "/properties/:property/integrations/unit-mapping"

    static let routes: [Route] = [
        .page(base, list),
        .page(base + "/choices", choices),
        .form(base + "/save", save),
        .form(base + "/ignore", ignore),
        .form(base + "/accept-certain", acceptCertain),
        .page(base + "/edit", needs: .operate) { .page(try await edit($0)) },
        .form(base + "/remove", remove),
    ]

    /// A PMS unit of an attachment as one text, for forms.
    static func key(_ row: PropertyView.PMSUnitRow) -> String {
        "\(row.mapped.attachment) \(row.pmsUnit.id)"
    }

    // MARK: The list

    private struct List: Sendable {
        struct Other: Sendable {
            let id: String
            let label: String
            let of: String
            let reason: String
        }
        struct Row: Sendable {
            let number: Int
            let key: String
            let label: String
            let source: String
            let state: String
            let kind: String
            /// Whether it is still to be said what it is.
            let isOpen: Bool
            let chosen: String
            let chosenID: String
            let choices: String
            let unit: String
            let href: String?
            let reason: String?
            let hasOthers: Bool
            let others: [Other]
            let residents: String
            let edit: String
        }

        let lead: String
        let base: String
        let here: String
        let integrations: String
        let tabs: [Frame.Link]
        let mayOperate: Bool
        /// Whether there is something on this page to be ignored together.
        let maySelect: Bool
        let certain: String?
        let hasUnits: Bool
        let covered: String
        let countable: String
        let waiting: String
        let coverageText: String
        let mappedWidth: Int
        let suggestedWidth: Int
        let filters: [Filter]
        let show: String
        let search: String
        let isEmpty: Bool
        let rows: [Row]
        let pager: Pager
    }

    private enum Show: String, CaseIterable {
        case all, unmapped, suggested, mapped, ignored, attention

        var label: String {
            switch self {
            case .all: "All"
            case .unmapped: "Unmapped"
            case .suggested: "Suggested"
            case .mapped: "Mapped"
            case .ignored: "Ignored"
            case .attention: "Needs attention"
            }
        }

        /// Nil for all.
        var standing: PropertyView.Standing? {
            switch self {
            case .all: nil
            case .unmapped: .unmapped
            case .suggested: .suggested
            case .mapped: .mapped
            case .ignored: .ignored
            case .attention: .needsAttention
            }
        }
    }

    private static func list(_ visit: Visit) async throws -> Answer {
        let view = try await visit.operations.view(of: try visit.theProperty())
        let base = visit.at("integrations", "unit-mapping")
        let show = Show(rawValue: visit.query.text("show")) ?? .all
        let search = visit.query.text("search")
        let sought = SearchText(search)
        let found = sought.isEmpty ? view.pmsUnits : view.pmsUnits.filter { $0.has(sought) }
        func rows(_ show: Show) -> [PropertyView.PMSUnitRow] {
            guard let standing = show.standing else { return found }
            return sought.isEmpty
                ? view.pmsUnits(standing) : found.filter { $0.stands(standing) }
        }
        let shown = rows(show)
        func href(_ show: Show, page: Int = 1) -> String {
            path(
                base,
                [
                    ("show", show == .all ? "" : show.rawValue), ("search", search),
                    ("page", page > 1 ? String(page) : ""),
                ]
            )
        }
        let number = visit.query.number("page", in: 1...1_000_000, default: 1)
        let (page, pager) = Pager.page(shown, number, export: "\(base)/mapping.csv") {
            href(show, page: $0)
        }
        let (countable, covered) = (view.countable, view.covered)
        let suggested = view.pmsUnits(.suggested).count
        let certain = view.pmsUnits(.certain).count
        let whole = max(1, countable)
        let waiting = view.waiting
        let mapped = 100 * covered / whole
        let proposed = 100 * suggested / whole
        let model = List(
            lead:
                "Which PMS unit is which unit. Nobody is moved by a mapping; the next sync follows it.",
            base: base,
            here: href(show, page: number),
            integrations: visit.at("integrations"),
            tabs: IntegrationTabs.links(visit, at: .unitMapping),
            mayOperate: visit.may(.operate),
            maySelect: visit.may(.operate) && page.contains(where: \.isUnmapped),
            certain: certain > 0 ? Wording.grouped(certain) : nil,
            hasUnits: !view.pmsUnits.isEmpty,
            covered: Wording.grouped(covered),
            countable: Wording.grouped(countable),
            waiting: waiting.residents == 0
                ? "No resident waits on a unit"
                : "\(Wording.count(waiting.residents, "resident")) "
                    + "\(waiting.residents == 1 ? "waits" : "wait") on "
                    + Wording.count(waiting.pmsUnits, "unit"),
            coverageText: "\(mapped) percent mapped, \(proposed) percent suggested",
            mappedWidth: 1000 * covered / whole,
            suggestedWidth: 1000 * suggested / whole,
            filters: Show.allCases.map { choice in
                Filter(
                    label: choice.label,
                    count: Wording.grouped(rows(choice).count),
                    href: href(choice),
                    isCurrent: choice == show
                )
            },
            show: show == .all ? "" : show.rawValue,
            search: search,
            isEmpty: shown.isEmpty,
            rows: page.enumerated().map { row(of: $1, number: $0 + 1, visit, base) },
            pager: pager
        )
        return .page(
            Page(
                template: "unit-mapping",
                title: "Unit Mapping",
                section: .integrations,
                model: model
            )
        )
    }

    private static func row(
        of row: PropertyView.PMSUnitRow,
        number: Int,
        _ visit: Visit,
        _ base: String
    ) -> List.Row {
        let key = key(row)
        let (state, kind) = state(of: row)
        let candidates = row.suggestion?.candidates ?? []
        let isCertain = row.suggestion?.verdict == .certain
        let proposed = isCertain ? candidates.first : nil
        var source = "\(row.mapped.pmsProperty) · \(row.pmsUnit.id)"
        if !row.mapped.known.isListed { source += " · left the PMS's list" }
        if row.mapped.known.isRenamed, let before = row.mapped.known.mappedAs {
            source += " · mapped as \(before)"
        }
        var reason: String? = proposed?.reason
        if row.isMapped, row.mapped.isShared { reason = "other PMS units map to it too" }
        if row.isUnmapped, candidates.isEmpty { reason = "no unit here is like it" }
        if row.isThroughUnit { reason = "a space; it maps through its unit" }
        let others = isCertain ? [] : candidates.prefix(3)
        return List.Row(
            number: number,
            key: key,
            label: row.pmsUnit.label,
            source: source,
            state: state,
            kind: kind,
            isOpen: row.isUnmapped,
            chosen: proposed?.unit.label ?? "",
            chosenID: proposed?.unit.id.text ?? "",
            choices: path("\(base)/choices", [("key", key)]),
            unit: row.unit?.label ?? (row.isIgnored ? "nobody is assigned through it" : ""),
            href: row.unit.map { visit.at("units", $0.id.text) },
            reason: reason,
            hasOthers: !others.isEmpty,
            others: others.map { candidate in
                List.Other(
                    id: candidate.unit.id.text,
                    label: candidate.unit.label,
                    of: row.pmsUnit.label,
                    reason: candidate.reason
                )
            },
            residents: row.residents == 0
                ? "" : row.isUnmapped ? "\(row.residents) waiting" : String(row.residents),
            edit: path("\(base)/edit", [("key", key)])
        )
    }

    private static func state(of row: PropertyView.PMSUnitRow) -> (String, String) {
        if row.isIgnored { return ("Ignored", "plain") }
        if row.isMapped {
            if !row.mapped.known.isListed { return ("Vanished", "no") }
            return row.mapped.known.isRenamed ? ("Renamed", "see") : ("Mapped", "ok")
        }
        if row.isThroughUnit {
            return row.unit == nil ? ("Through its unit", "see") : ("Through its unit", "ok")
        }
        switch row.suggestion?.verdict {
        case .certain: return ("Certain", "sug")
        case .likely: return ("Likely", "sug")
        case .unclear: return ("Unclear", "see")
        case .noCounterpart, nil: return ("Unmapped", "see")
        }
    }

    // MARK: One PMS unit

    private static func found(_ key: String, _ visit: Visit) async throws -> PropertyView.PMSUnitRow
    {
        let view = try await visit.operations.view(of: try visit.theProperty())
        guard let row = row(key, in: view) else { throw Answer.Problem.notFound }
        return row
    }

    private static func row(_ key: String, in view: PropertyView) -> PropertyView.PMSUnitRow? {
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
        do {
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
        } catch let error as OperationError {
            return .page(try await edit(visit, key: key(row), error: error.description))
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
        let error: String?
    }

    private static func edit(
        _ visit: Visit,
        key given: String? = nil,
        error: String? = nil
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
            unit: error == nil ? row.unit?.label ?? "" : visit.form.text("unit"),
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
            error: error
        )
        return Page(
            template: "mapping-edit",
            title: row.pmsUnit.label,
            section: .integrations,
            model: model,
            isRefusal: error != nil
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

    // MARK: Many at once

    private static func ignore(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let keys = visit.form.all("row")
        let base = visit.at("integrations", "unit-mapping")
        let back = visit.form.text("return")
        let target = back.hasPrefix(base) ? back : base
        guard !keys.isEmpty else {
            return .redirect(to: target, .attention("Select the PMS units to ignore first."))
        }
        let view = try await visit.operations.view(of: property)
        let rows = Set(keys).sorted().compactMap { row($0, in: view) }.filter(\.isUnmapped)
        try await visit.operations.map(
            rows.map {
                Operations.MappingChoice($0.pmsUnit.id, in: $0.mapped.attachment, .ignored)
            },
            of: property
        )
        let waiting = rows.reduce(0) { $0 + $1.residents }
        let note =
            waiting == 0
            ? "" : " \(Wording.count(waiting, "resident")) in them will stand in no unit."
        return .redirect(
            to: target,
            .done("\(Wording.count(rows.count, "PMS unit")) ignored.\(note)")
        )
    }

    private static func acceptCertain(_ visit: Visit) async throws -> Answer {
        let accepted = try await visit.operations.acceptCertain(of: try visit.theProperty())
        return .redirect(
            to: visit.at("integrations", "unit-mapping"),
            accepted.isEmpty
                ? .attention("Nothing is certain any more; look at those suggested.")
                : .done(
                    "\(Wording.count(accepted.count, "PMS unit")) mapped. Residents follow with the "
                        + "next sync."
                )
        )
    }
}
