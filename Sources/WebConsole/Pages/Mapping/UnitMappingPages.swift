import LintelModel
import Operations
import Reconciliation
import Storage
import UnitMatching

/// The Unit Mapping tab: which PMS unit is which unit, and what is done with many at once.
enum UnitMappingPages {
    private static let base = "/properties/:property/integrations/unit-mapping"

    static let routes: [Route] = [
        .page(base, list),
        .form(base + "/ignore", ignore),
        .form(base + "/accept-certain", acceptCertain),
    ]

    // MARK: The list

    private struct List: Sendable {
        struct Other: Sendable {
            let id: String
            let label: String
            let of: String
            let reason: String
        }
        /// The form that says which unit it is.
        struct Choice: Sendable {
            let number: Int
            let action: String
            let csrf: String
            let back: String
            let key: String
            let chosen: String
            let chosenID: String
            let choices: String
            let hasOthers: Bool
            let others: [Other]
        }
        struct Row: Sendable {
            let key: String
            let label: String
            let source: String
            let state: String
            let kind: String
            /// Whether it is still to be said what it is.
            let isOpen: Bool
            /// For those who may say it.
            let choice: Choice?
            let unit: String?
            let href: String?
            let reason: String?
            let residents: String
            let edit: String?
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
        let show = try visit.query.choice("show", of: Show.self) ?? .all
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
        let number = try visit.query.page()
        let (page, pager) = Pager.page(shown, number, export: "\(base)/mapping.csv") {
            href(show, page: $0)
        }
        let here = href(show, page: number)
        let (countable, covered) = (view.countable, view.covered)
        let suggested = view.pmsUnits(.suggested).count
        let certain = view.pmsUnits(.certain).count
        let whole = max(1, countable)
        let mapped = 100 * covered / whole
        let proposed = 100 * suggested / whole
        let model = List(
            lead:
                "Which PMS unit is which unit. Nobody is moved by a mapping; the next sync follows it.",
            base: base,
            here: here,
            integrations: visit.at("integrations"),
            tabs: IntegrationTabs.links(visit, at: .unitMapping),
            mayOperate: visit.may(.operate),
            maySelect: visit.may(.operate) && page.contains(where: \.isUnmapped),
            certain: certain > 0 ? Wording.grouped(certain) : nil,
            hasUnits: !view.pmsUnits.isEmpty,
            covered: Wording.grouped(covered),
            countable: Wording.grouped(countable),
            waiting: view.waitingWords,
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
            rows: page.enumerated().map { row(of: $1, number: $0 + 1, visit, base, back: here) },
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
        _ base: String,
        back here: String
    ) -> List.Row {
        let key = PMSUnitPages.key(row)
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
        var choice: List.Choice?
        if row.isUnmapped, visit.may(.operate) {
            choice = List.Choice(
                number: number,
                action: "\(base)/save",
                csrf: visit.csrf,
                back: here,
                key: key,
                chosen: proposed?.unit.label ?? "",
                chosenID: proposed?.unit.id.text ?? "",
                choices: path("\(base)/choices", [("key", key)]),
                hasOthers: !others.isEmpty,
                others: others.map { candidate in
                    List.Other(
                        id: candidate.unit.id.text,
                        label: candidate.unit.label,
                        of: row.pmsUnit.label,
                        reason: candidate.reason
                    )
                }
            )
        }
        return List.Row(
            key: key,
            label: row.pmsUnit.label,
            source: source,
            state: state,
            kind: kind,
            isOpen: row.isUnmapped,
            choice: choice,
            unit: row.isUnmapped
                ? (choice == nil ? proposed?.unit.label : nil)
                : row.unit?.label ?? (row.isIgnored ? "nobody is assigned through it" : nil),
            href: row.unit.map { visit.at("units", $0.id.text) },
            reason: reason,
            residents: row.waiting > 0
                ? "\(Wording.grouped(row.waiting)) waiting"
                : row.residents > 0 ? Wording.grouped(row.residents) : "",
            edit: !row.isUnmapped && visit.may(.operate)
                ? path("\(base)/edit", [("key", key)]) : nil
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
        let rows = Set(keys).sorted().compactMap { PMSUnitPages.row($0, in: view) }.filter(
            \.isUnmapped
        )
        try await visit.operations.map(
            rows.map {
                Operations.MappingChoice($0.pmsUnit.id, in: $0.mapped.attachment, .ignored)
            },
            of: property
        )
        let waiting = rows.reduce(0) { $0 + $1.waiting }
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
