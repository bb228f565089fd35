import Foundation
import LintelModel
import Operations
import Storage

/// The properties within somebody's reach, and adding one.
enum PropertyPages {
    static let routes: [Route] = [
        .page("/properties", at: .signedIn, list),
        .page("/properties/new", at: .portfolio, needs: .manage) { .page(form($0)) },
        .form("/properties/new", at: .portfolio, needs: .manage, refused: { form($0, $1) }, add),
    ]

    private struct List: Sendable {
        struct Row: Sendable {
            let name: String
            let href: String
            let zone: String
            let state: String
            let kind: String
            let last: Moment
        }

        let lead: String
        let mayManage: Bool
        let search: String
        let rows: [Row]
        let pager: Pager
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
    }

    private static func list(_ visit: Visit) async throws -> Answer {
        let grant = try visit.theMember().grant
        let search = visit.query.text("search")
        let all = try await visit.operations.properties().filter {
            grant.reach.includes($0.property.id)
        }
        let shown = all.filter {
            search.isEmpty || $0.property.name.localizedCaseInsensitiveContains(search)
        }
        let (page, pager) = Pager.page(
            shown,
            try visit.query.page()
        ) { path("/properties", [("search", search), ("page", String($0))]) }
        let mayManage = grant.allows(.manage, at: nil)
        let model = List(
            lead: Wording.count(all.count, "property", "properties"),
            mayManage: mayManage,
            search: search,
            rows: page.map { listed in
                let isOn = listed.property.settings.userSync
                return List.Row(
                    name: listed.property.name,
                    href: "/properties/\(listed.property.id)",
                    zone: listed.property.timeZone,
                    state: isOn ? "On" : "Off",
                    kind: isOn ? "ok" : "plain",
                    last: Moment(
                        listed.lastSync,
                        now: visit.operations.now,
                        CivilClock(name: listed.property.timeZone) ?? .utc
                    )
                )
            },
            pager: pager,
            isEmpty: shown.isEmpty,
            emptyTitle: all.isEmpty ? "No properties yet" : "No property is called that",
            emptyText: all.isEmpty
                ? mayManage
                    ? "Add the first one, then connect its PMS under Integrations."
                    : "A portfolio manager adds properties and names those you work with."
                : "Search for something else."
        )
        return .page(
            Page(template: "properties", title: "Properties", section: .properties, model: model)
        )
    }

    private struct PropertyForm: Sendable {
        let name: String
        let zone: String
        let zones: [String]
        let errors: FormErrors
    }

    private static func form(_ visit: Visit) -> Page { form(visit, .none) }

    private static func form(_ visit: Visit, _ errors: FormErrors) -> Page {
        Page(
            template: "property-form",
            title: "Add Property",
            section: .properties,
            model: PropertyForm(
                name: visit.form.text("name"),
                zone: visit.form.text("zone"),
                zones: [
                    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
                    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
                    "America/Toronto", "America/Vancouver", "Europe/London",
                ],
                errors: errors
            )
        )
    }

    private static func add(_ visit: Visit) async throws -> Answer {
        let (name, zone) = (visit.form.text("name"), visit.form.text("zone"))
        guard !name.isEmpty else { throw FormErrors("The property needs a name.", at: "name") }
        let property = try await FormErrors.about("zone") {
            try await visit.operations.addProperty(name: name, timeZone: zone)
        }
        return .redirect(
            to: "/properties/\(property.id)",
            .done("\(property.name) is added. Connect its PMS next, under Integrations.")
        )
    }
}
