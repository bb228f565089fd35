import LintelModel
import Operations
import Reconciliation

/// A change as a table shows it: what kind, whose, what was, what is, and why.
///
/// Shown with the partial `changes`, from the properties `changes`, `showsKind`, `showsUnit` and `showsBefore` of
/// what is around it.
struct ChangeRow: Sendable {
    /// The kinds, in the order in which a preview shows them: what takes away comes first.
    enum Kind: CaseIterable {
        case ends, datesChange, comesIn, assigned, linked, detailsChange, unlinked

        init(_ planned: PlannedChange) {
            switch planned.change {
            case .person(nil, _): self = .comesIn
            case .person: self = .detailsChange
            case .link(_, .some): self = .linked
            case .link(_, nil): self = .unlinked
            case .assignment:
                self = planned.isEnding ? .ends : planned.isGrant ? .assigned : .datesChange
            }
        }

        /// As the tag of a row.
        var tag: String {
            switch self {
            case .ends: "Ends"
            case .datesChange: "Stay changes"
            case .comesIn: "Comes in"
            case .assigned: "Assigned"
            case .linked: "Linked"
            case .detailsChange: "Details change"
            case .unlinked: "Unlinked"
            }
        }

        /// The soft colour of the tag.
        var colour: String {
            switch self {
            case .ends: "see"
            case .comesIn, .assigned: "ok"
            case .datesChange, .linked, .detailsChange, .unlinked: "plain"
            }
        }

        /// As the heading of a group of that many.
        func heading(_ count: Int) -> String {
            switch self {
            case .ends: Wording.count(count, "assignment ends", "assignments end")
            case .datesChange:
                Wording.count(count, "stay changes its dates", "stays change their dates")
            case .comesIn: Wording.count(count, "person comes in", "people come in")
            case .assigned:
                Wording.count(count, "person is put into a unit", "people are put into units")
            case .linked:
                Wording.count(
                    count,
                    "PMS resident is recognised",
                    "PMS residents are recognised"
                )
            case .detailsChange:
                Wording.count(count, "person's details change", "people's details change")
            case .unlinked:
                Wording.count(count, "PMS resident is unlinked", "PMS residents are unlinked")
            }
        }
    }

    let tag: String
    let colour: String
    let who: String
    let whoHref: String?
    let place: String?
    let placeHref: String?
    let before: String
    let after: String
    let why: String
    let undone: String?

    /// A change that is planned or was applied.
    ///
    /// - Parameters:
    ///   - planned: the change.
    ///   - visit: whose page it stands on.
    ///   - people: those it may be about; somebody who is not among them has no page.
    ///   - newcomer: whom it is about, where they are not here yet.
    ///   - units: those it may be about.
    ///   - undoneBy: the run that undid it.
    init(
        _ planned: PlannedChange,
        _ visit: Visit,
        people: [PersonID: Person],
        newcomer: Person? = nil,
        units: [UnitID: Unit],
        undoneBy: String? = nil
    ) {
        let kind = Kind(planned)
        (tag, colour) = (kind.tag, kind.colour)
        let person = people[planned.person]
        who = person?.name ?? newcomer?.name ?? "Somebody"
        whoHref = person.map { visit.at("people", $0.id.text) }
        let unit = planned.unit.flatMap { units[$0] }
        place = unit?.label
        placeHref = unit.map { visit.at("units", $0.id.text) }
        (before, after) = Self.words(planned.change, visit.today)
        why = visit.spoken(planned.reason.sentence).sentenceCased
        undone = undoneBy.map { visit.at("sync-history", $0) }
    }

    /// A change whose names have been erased since.
    init(erased sentence: String, _ kind: String, who: Person?, undoneBy: String?, _ visit: Visit) {
        tag = kind == "assignment" ? "Stay" : kind == "link" ? "Link" : "Person"
        colour = "plain"
        self.who = who?.name ?? "Somebody"
        whoHref = who.map { visit.at("people", $0.id.text) }
        (place, placeHref) = (nil, nil)
        (before, after) = ("", "The details of that time have been erased")
        why = visit.spoken(sentence).sentenceCased
        undone = undoneBy.map { visit.at("sync-history", $0) }
    }

    private static func words(
        _ change: Change,
        _ today: CivilDate
    ) -> (before: String, after: String) {
        switch change {
        case .person(nil, let after):
            return ("", [after.email, after.phone].compactMap(\.self).joined(separator: ", "))
        case .person(let before?, let after): return details(before, after)
        case .link(let before, let after):
            return (
                before.map { "PMS resident \($0.resident.resident)" } ?? "",
                after.map { "PMS resident \($0.resident.resident)" } ?? "Nobody's record"
            )
        case .assignment(let before, let after):
            return (before.map { stay($0, today) } ?? "", stay(after, today))
        }
    }

    private static func details(
        _ before: Person,
        _ after: Person
    ) -> (before: String, after: String) {
        var (was, becomes): ([String], [String]) = ([], [])
        func compare(_ old: String?, _ new: String?, _ none: String) {
            guard old != new else { return }
            was.append(old ?? none)
            becomes.append(new ?? none)
        }
        compare(before.name, after.name, "no name")
        compare(before.email, after.email, "no e-mail")
        compare(before.phone, after.phone, "no phone")
        compare(
            before.isArchived ? "archived" : "not archived",
            after.isArchived ? "archived" : "not archived",
            ""
        )
        return (was.joined(separator: ", "), becomes.joined(separator: ", "))
    }

    /// An assignment in words: `Current from 3 March, move-out expected 30 September`.
    private static func stay(_ assignment: Assignment, _ today: CivilDate) -> String {
        let from = Wording.day(assignment.from, today: today)
        var text = "\(assignment.state.title) from \(from)"
        if assignment.state == .ended {
            text = "Ended \(Wording.day(assignment.until, today: today)), was from \(from)"
        } else if let until = assignment.until {
            text += " until \(Wording.day(until, today: today))"
        }
        if let expected = assignment.expectedUntil {
            text += ", move-out expected \(Wording.day(expected, today: today))"
        }
        if assignment.source == .manual { text += ", by hand" }
        return text
    }
}

/// Changes of one kind, the first of them shown.
struct ChangeGroup: Sendable {
    /// How many rows of a kind a preview shows.
    static let length = 50

    let heading: String
    let changes: [ChangeRow]
    let more: String?
    // Which columns the partial `changes` has.
    let showsKind = false
    let showsUnit: Bool
    let showsBefore: Bool

    /// The groups of a plan.
    static func groups(
        of report: (changes: [PlannedChange], units: [UnitID: Unit]),
        _ visit: Visit
    ) async throws -> [ChangeGroup] {
        let byKind = Dictionary(grouping: report.changes) { ChangeRow.Kind($0) }
        let shown = byKind.values.flatMap { $0.prefix(length) }
        let people = try await visit.operations.people(Set(shown.map(\.person)))
        // Newcomers have no page yet; what they are linked and put into names them all the same.
        var newcomers: [PersonID: Person] = [:]
        for case .person(nil, let after) in report.changes.map(\.change) {
            newcomers[after.id] = after
        }
        return ChangeRow.Kind.allCases.compactMap { kind in
            guard let changes = byKind[kind] else { return nil }
            let more = changes.count - length
            let rows = changes.prefix(length).map { planned in
                ChangeRow(
                    planned,
                    visit,
                    people: people,
                    newcomer: newcomers[planned.person],
                    units: report.units
                )
            }
            return ChangeGroup(
                heading: kind.heading(changes.count),
                changes: rows,
                more: more > 0 ? "And \(Wording.grouped(more)) more like these." : nil,
                showsUnit: rows.contains { $0.place != nil },
                showsBefore: rows.contains { !$0.before.isEmpty }
            )
        }
    }
}
