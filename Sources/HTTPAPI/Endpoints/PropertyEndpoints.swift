import HTTPTypes
import LintelModel
import Operations
import Storage

/// Properties and their settings.
enum PropertyEndpoints {
    private static let at = "/v1/properties/{property}"

    static let all: [Endpoint] = [
        .get(
            "/v1/properties",
            "listProperties",
            "The properties that the token reaches",
            at: .anyToken,
            answers: "The properties, by name."
        ) { call in
            let reach = call.token.grant.reach
            return Listing(
                try await call.operations.properties().map(\.property)
                    .filter { reach.includes($0.id) }
            )
        },
        .act(
            .post,
            "/v1/properties",
            "addProperty",
            "Add a property",
            at: .portfolio,
            needs: .manage,
            takes: .object([
                .takes("name", .text(1...200), "Its name.", isRequired: true),
                .takes(
                    "time_zone",
                    .text(1...100),
                    "An IANA name such as America/New_York.",
                    isRequired: true
                ),
            ]),
            status: .created,
            answers: "The property."
        ) { call in
            try await call.operations.addProperty(
                name: call.body.text("name") ?? "",
                timeZone: call.body.text("time_zone") ?? ""
            )
        },
        .get(at, "getProperty", "One property", answers: "The property.") {
            try $0.theProperty()
        },
        .get(
            at + "/overview",
            "getOverview",
            "What needs attention, how much is mapped, and how the last 30 days went",
            answers: "The numbers of the overview.",
            overview
        ),
        .get(
            at + "/settings",
            "getSettings",
            "The switches, the brake's numbers and the days",
            answers: "The settings by their names."
        ) { try $0.theProperty().settings },
        .act(
            .patch,
            at + "/settings",
            "changeSettings",
            "Change settings, all of those named or none; they hold from the next run on",
            needs: .manage,
            takes: .object(
                PropertySettings.keys.map { .takes($0.name, $0.schema, $0.summary) }
            ),
            answers: "Every setting as it is now.",
            change
        ),
    ]

    private static func change(_ call: Call) async throws -> PropertySettings {
        let property = try call.theProperty()
        try await call.operations.set(
            PropertySettings.keys.compactMap { key in
                call.body[key.name].map { (key.name, key.text(of: $0)) }
            },
            of: property
        )
        guard let changed = try await call.operations.property(id: property.id) else {
            throw Problem.notFound
        }
        return changed.settings
    }

    private static func overview(_ call: Call) async throws -> Overview {
        let property = try call.theProperty()
        return Overview(
            view: try await call.operations.view(of: property),
            trend: try await call.operations.trend(of: property, days: 30),
            openAlerts: try await call.operations.openAlertCount(of: property)
        )
    }
}

extension PropertySettings: Resource {
    static let resourceName = "Settings"
    static let members: [Field<PropertySettings>] = keys.map { Field($0) }
}

extension Field<PropertySettings> {
    fileprivate init(_ key: PropertySettings.Key) {
        member = .takes(key.name, key.schema, key.summary, isRequired: true)
        read = { settings in key.json(of: key.get(settings)) }
    }
}

/// Settings as JSON has them; within they are text.
extension PropertySettings.Key {
    fileprivate var schema: Schema {
        switch kind {
        case .flag: .flag
        case .number(let range): .integer(range)
        case .time: .time
        case .roles:
            .list(
                .words(ResidentRole.allCases.filter { $0 != .guarantor }.map(\.rawValue)),
                least: 1
            )
        }
    }

    fileprivate func json(of text: String) -> JSON {
        switch kind {
        case .flag: .flag(text == "on")
        case .number: Int(text).map { .integer($0) } ?? .null
        case .time: .text(text)
        case .roles: .list(text.split(separator: ",").map { .text(String($0)) })
        }
    }

    fileprivate func text(of json: JSON) -> String {
        switch json {
        case .flag(let flag): flag ? "on" : "off"
        case .integer(let number): String(number)
        case .text(let text): text
        case .list: [name: json].texts(name).joined(separator: ",")
        case .null, .number, .object: ""
        }
    }
}

/// The numbers of a property.
struct Overview: Resource {
    struct Day: Resource {
        let day: CivilDate
        let occupied: Int
        let good: Int
        let held: Int
        let failed: Int

        static let resourceName = "OverviewDay"
        static let members: [Field<Day>] = [
            Field("day", "The day.") { $0.day },
            Field("units_occupied", "How many units somebody stood in.") { $0.occupied },
            Field("runs_good", "How many runs were good.") { $0.good },
            Field("runs_held", "How many were held by the brake.") { $0.held },
            Field("runs_failed", "How many failed.") { $0.failed },
        ]
    }

    let view: PropertyView
    let trend: Operations.Trend
    let openAlerts: Int

    static let resourceName = "Overview"
    static let members: [Field<Overview>] = [
        Field("alerts_open", "How many alerts are open.") { $0.openAlerts },
        Field("units", "How many units there are.") { $0.view.units.count },
        Field("units_occupied", "How many of them somebody stands in.") { $0.view.occupied },
        Field("pms_units", "How many PMS units count for the coverage.") { $0.view.countable },
        Field("pms_units_mapped", "How many of these are mapped.") { $0.view.covered },
        Field("residents_waiting", "How many residents wait on PMS units that are not mapped.") {
            $0.view.waiting.residents
        },
        Field("days", "The last 30 days, the oldest first.") { overview in
            zip(overview.trend.occupied, overview.trend.runs).map { occupied, runs in
                Day(
                    day: occupied.day,
                    occupied: occupied.units,
                    good: runs.good,
                    held: runs.held,
                    failed: runs.failed
                )
            }
        },
    ]
}
