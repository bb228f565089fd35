import Foundation
import LintelModel
import Operations
import Storage

/// Access › Units: the list, one unit, adding and editing one.
enum UnitPages {
    static let routes: [Route] = [
        .page("/properties/:property/units", list),
        .page("/properties/:property/units/new", needs: .operate) { visit in
            .page(form(visit))
        },
        .form("/properties/:property/units/new", refused: { form($0, $1) }, add),
        .page("/properties/:property/units/:unit") { .page(try await unit($0)) },
        .page("/properties/:property/units/:unit/edit", needs: .operate, edit),
        .form(
            "/properties/:property/units/:unit/edit",
            refused: { form($0, of: try await found($0).unit, $1) },
            save
        ),
        .form("/properties/:property/units/:unit/delete", delete),
    ]

    // MARK: The list

    private struct List: Sendable {
        struct Row: Sendable {
            let label: String
            let external: String?
            let href: String
            let state: String
            let kind: String
            let floor: String
            let pms: String
            let residents: String
        }

        let lead: String
        let base: String
        let mayOperate: Bool
        let filters: [Filter]
        let show: String
        let search: String
        let rows: [Row]
        let pager: Pager
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
        let offersUnits: Bool
    }

    private enum Show: String, CaseIterable {
        case all, vacant, occupied, unmapped

        var label: String {
            switch self {
            case .all: "All"
            case .vacant: "Vacant"
            case .occupied: "Occupied"
            case .unmapped: "Unmapped"
            }
        }

        func includes(_ row: PropertyView.UnitRow) -> Bool {
            switch self {
            case .all: true
            case .vacant: row.current == 0
            case .occupied: row.current > 0
            case .unmapped: row.pmsUnits.isEmpty
            }
        }
    }

    private static func list(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let view = try await visit.operations.view(of: property)
        let show = try visit.query.choice("show", of: Show.self) ?? .all
        let search = visit.query.text("search")
        let base = visit.at("units")
        let text = SearchText(search)
        let sought = text.isEmpty ? view.units : view.units.filter { $0.has(text) }
        let shown = show == .all ? sought : sought.filter(show.includes)
        func href(_ show: Show, page: Int = 1) -> String {
            path(
                base,
                [
                    ("show", show == .all ? "" : show.rawValue), ("search", search),
                    ("page", page > 1 ? String(page) : ""),
                ]
            )
        }
        let (page, pager) = Pager.page(
            shown,
            try visit.query.page()
        ) { href(show, page: $0) }
        let occupied = view.occupied
        let model = List(
            lead:
                "\(Wording.count(view.units.count, "unit")), \(Wording.grouped(occupied)) occupied, "
                + "\(Wording.grouped(view.units.count - occupied)) vacant",
            base: base,
            mayOperate: visit.may(.operate),
            filters: Show.allCases.map { choice in
                Filter(
                    label: choice.label,
                    count: Wording.grouped(sought.count(where: choice.includes)),
                    href: href(choice),
                    isCurrent: choice == show
                )
            },
            show: show.rawValue,
            search: search,
            rows: page.map { row(of: $0, base) },
            pager: pager,
            isEmpty: shown.isEmpty,
            emptyTitle: view.units.isEmpty ? "No units yet" : "No unit is like that",
            emptyText: view.units.isEmpty
                ? "Add them one by one, from a CSV file, or import the PMS units under Unit Mapping."
                : "Search for something else, or show all units.",
            offersUnits: view.units.isEmpty && visit.may(.operate)
        )
        return .page(Page(template: "units", title: "Units", section: .units, model: model))
    }

    private static func row(of row: PropertyView.UnitRow, _ base: String) -> List.Row {
        let upcoming = row.upcoming > 0 ? "\(row.upcoming) upcoming" : ""
        let current = row.current > 0 ? String(row.current) : ""
        return List.Row(
            label: row.unit.label,
            external: row.unit.externalID,
            href: "\(base)/\(row.unit.id)",
            state: row.current > 0 ? "Occupied" : "Vacant",
            kind: row.current > 0 ? "ok" : "plain",
            floor: row.unit.floor,
            pms: row.pmsUnits.map(\.label).joined(separator: ", "),
            residents: [current, upcoming].filter { !$0.isEmpty }.joined(separator: ", ")
        )
    }

    // MARK: One unit

    private struct Unit: Sendable {
        struct Stay: Sendable {
            let name: String
            let href: String
            let state: String
            let kind: String
            let from: String
            let until: String
            let source: String
        }
        struct PMSUnit: Sendable {
            let label: String
            let href: String
        }
        struct Event: Sendable {
            let at: Moment
            let what: String
            let why: String
        }

        let label: String
        let lead: String
        let base: String
        let mayOperate: Bool
        let building: String
        let name: String
        let floor: String
        let external: String
        let hasStays: Bool
        let stays: [Stay]
        let mapping: String
        let pmsUnits: [PMSUnit]
        let history: [Event]
        let canDelete: Bool
        let deletion: String
    }

    private static func found(_ visit: Visit) async throws -> PropertyView.UnitRow {
        let view = try await visit.operations.view(of: try visit.theProperty())
        guard let row = view.unit(UnitID(try visit.parameter("unit"))) else {
            throw Answer.Problem.notFound
        }
        return row
    }

    private static func unit(_ visit: Visit) async throws -> Page {
        let row = try await found(visit)
        let record = try await visit.operations.record(of: row.unit.id)
        let (now, clock, today) = (visit.operations.now, visit.clock, visit.today)
        let names = Dictionary(
            record.stays.map { ($0.person.id, $0.person.name) },
            uniquingKeysWith: { $1 }
        )
        let model = Unit(
            label: row.unit.label,
            lead: row.current > 0
                ? "Occupied: \(Wording.count(row.current, "resident"))"
                : row.upcoming > 0
                    ? "Vacant; \(Wording.count(row.upcoming, "resident")) to move in" : "Vacant",
            base: visit.at("units", row.unit.id.text),
            mayOperate: visit.may(.operate),
            building: row.unit.building,
            name: row.unit.name,
            floor: row.unit.floor,
            external: row.unit.externalID ?? "",
            hasStays: !record.stays.isEmpty,
            stays: record.stays.map { stay in
                let assignment = stay.assignment
                return Unit.Stay(
                    name: stay.person.name,
                    href: visit.at("people", stay.person.id.text),
                    state: assignment.state.title,
                    kind: assignment.state.kind,
                    from: Wording.day(assignment.from, today: today),
                    until: StayWords.until(assignment, today: today),
                    source: assignment.source == .sync ? "by sync" : "by hand"
                )
            },
            mapping: visit.at("integrations", "unit-mapping"),
            pmsUnits: row.pmsUnits.map { unit in
                Unit.PMSUnit(
                    label: unit.label,
                    href: path(
                        visit.at("integrations", "unit-mapping"),
                        [("search", unit.name)]
                    )
                )
            },
            history: record.history.map { entry in
                Unit.Event(
                    at: Moment(entry.at, now: now, clock),
                    what: entry.person.flatMap { names[$0] } ?? "Somebody",
                    why: visit.spoken(entry.sentence).sentenceCased
                )
            },
            canDelete: record.hindrances.isEmpty,
            deletion: record.hindrances.isEmpty
                ? "Nobody stands here and no PMS unit is mapped to it. History keeps what happened."
                : "It cannot be deleted now: \(record.hindrances.joined(separator: "; "))."
        )
        return Page(template: "unit", title: row.unit.label, section: .units, model: model)
    }

    private static func delete(_ visit: Visit) async throws -> Answer {
        let row = try await found(visit)
        try await visit.operations.deleteUnit(row.unit.id.text, of: try visit.theProperty())
        return .redirect(to: visit.at("units"), .done("\(row.unit.label) is deleted."))
    }

    // MARK: The form

    private struct Fields: Sendable {
        var name = ""
        var building = ""
        var floor = ""
        var external = ""

        init() {}

        init(_ form: Form) {
            name = form.text("name")
            building = form.text("building")
            floor = form.text("floor")
            external = form.text("external")
        }

        init(_ unit: LintelModel.Unit) {
            name = unit.name
            building = unit.building
            floor = unit.floor
            external = unit.externalID ?? ""
        }
    }

    private struct UnitForm: Sendable {
        let title: String
        let lead: String?
        let action: String
        let back: String
        let name: String
        let building: String
        let floor: String
        let external: String
        let upload: String?
        let template: String
        let errors: FormErrors
    }

    /// The form of a unit: with what was typed where that was refused, else with what is so.
    static func form(
        _ visit: Visit,
        of unit: LintelModel.Unit? = nil,
        _ errors: FormErrors = .none
    ) -> Page {
        let fields = errors.isRefused ? Fields(visit.form) : unit.map { Fields($0) } ?? Fields()
        let base = visit.at("units")
        let place = unit.map { "\(base)/\($0.id)" }
        return Page(
            template: "unit-form",
            title: unit.map { "Edit \($0.label)" } ?? "Add Unit",
            section: .units,
            model: UnitForm(
                title: unit.map { "Edit \($0.label)" } ?? "Add Unit",
                lead: unit == nil ? "One unit by its details, or many from a CSV file" : nil,
                action: place.map { "\($0)/edit" } ?? "\(base)/new",
                back: place ?? base,
                name: fields.name,
                building: fields.building,
                floor: fields.floor,
                external: fields.external,
                upload: unit == nil ? "\(base)/upload" : nil,
                template: "\(base)/template.csv",
                errors: errors
            )
        )
    }

    /// Adds or changes a unit; what is refused is about its name or its external id.
    private static func checked(
        _ fields: Fields,
        of unit: UnitID?,
        _ visit: Visit,
        _ body: () async throws -> LintelModel.Unit
    ) async throws -> LintelModel.Unit {
        guard !fields.name.isEmpty else { throw FormErrors("The unit needs a name.", at: "name") }
        let units = try await visit.operations.view(of: try visit.theProperty()).units
        let isTaken = units.contains { row in
            row.unit.id != unit && row.unit.building == fields.building
                && row.unit.name == fields.name
        }
        return try await FormErrors.about(isTaken ? "name" : "external", body)
    }

    private static func add(_ visit: Visit) async throws -> Answer {
        let fields = Fields(visit.form)
        let unit = try await checked(fields, of: nil, visit) {
            try await visit.operations.addUnit(
                fields.name,
                building: fields.building,
                floor: fields.floor,
                externalID: fields.external.isEmpty ? nil : fields.external,
                to: try visit.theProperty()
            )
        }
        return .redirect(
            to: visit.at("units", unit.id.text),
            .done("\(unit.label) is added. Map its PMS unit, and residents come in by sync.")
        )
    }

    private static func edit(_ visit: Visit) async throws -> Answer {
        .page(form(visit, of: try await found(visit).unit))
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        let unit = try await found(visit).unit
        let fields = Fields(visit.form)
        let saved = try await checked(fields, of: unit.id, visit) {
            try await visit.operations.editUnit(
                unit.id,
                name: fields.name,
                building: fields.building,
                floor: fields.floor,
                externalID: fields.external,
                of: try visit.theProperty()
            )
        }
        return .redirect(
            to: visit.at("units", unit.id.text),
            .done("\(saved.label) is saved.")
        )
    }
}
