import LintelModel
import Operations
import Storage

/// Safety: the off switches, the brake's numbers and the other settings of a property, in words.
enum SafetyPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/safety") { .page(try await safety($0)) },
        .form(
            "/properties/:property/integrations/safety",
            needs: .manage,
            refused: { try await safety($0, $1) },
            save
        ),
        .form("/properties/:property/integrations/safety/user-sync", needs: .manage) {
            try await turnOff("user-sync", "User Sync", $0)
        },
        .form("/properties/:property/integrations/safety/unit-sync", needs: .manage) {
            try await turnOff("unit-sync", "Unit Sync", $0)
        },
    ]

    /// How a setting stands on the page: its label, and a sentence of help.
    private struct Setting: Sendable {
        let key: String
        let label: String
        let help: String
    }

    private struct Group: Sendable {
        let title: String
        let lead: String
        let settings: [Setting]
    }

    private static let groups = [
        Group(
            title: "The brake: endings nobody stated",
            lead: "",
            settings: [
                Setting(
                    key: "brake-removals",
                    label: "Endings that always pass",
                    help:
                        "Assignments that end or change unit without a move-out date that has come."
                ),
                Setting(
                    key: "brake-removals-percent",
                    label: "Percent that may end",
                    help: "Of the current and upcoming assignments; more than half are always held."
                ),
            ]
        ),
        Group(
            title: "The brake: move-out dates",
            lead: "",
            settings: [
                Setting(
                    key: "brake-move-outs",
                    label: "Dates that always pass",
                    help: "First or earlier move-out dates in one run."
                ),
                Setting(
                    key: "brake-move-outs-percent",
                    label: "Percent that may get one",
                    help: "Of the current and upcoming assignments, in one run."
                ),
            ]
        ),
        Group(
            title: "The brake: PMS units that vanish",
            lead: "",
            settings: [
                Setting(
                    key: "brake-units",
                    label: "Vanished units that always pass",
                    help: "PMS units that are no longer in the list of a PMS property."
                ),
                Setting(
                    key: "brake-units-percent",
                    label: "Percent that may vanish",
                    help: "Of the units of one PMS property, at once."
                ),
            ]
        ),
        Group(
            title: "Moving in and out",
            lead: "Days begin and end in the property's time zone.",
            settings: [
                Setting(
                    key: "move-in-time",
                    label: "Move-in time",
                    help: "The time of day, as hh:mm, at which a move-in counts."
                ),
                Setting(
                    key: "move-out-time",
                    label: "Move-out time",
                    help: "The time of day, as hh:mm; 00:00 takes the day as the PMS states it."
                ),
                Setting(
                    key: "days-early-in",
                    label: "Days early in",
                    help:
                        "How many days before the move-in a resident the PMS calls current is let in."
                ),
                Setting(
                    key: "days-late-out",
                    label: "Days late out",
                    help: "How many days after the stated move-out a past resident stays."
                ),
                Setting(
                    key: "overdue-days",
                    label: "End after an overdue move-out",
                    help:
                        "Days after which somebody the PMS still calls current is ended; 0 for never: "
                        + "an alert asks instead."
                ),
                Setting(
                    key: "join-days",
                    label: "Days between stays that count as one",
                    help: "Two stays of one person in one unit this far apart are one assignment."
                ),
            ]
        ),
        Group(
            title: "When the PMS is silent",
            lead: "",
            settings: [
                Setting(
                    key: "absence-minutes",
                    label: "Minutes that confirm an absence",
                    help:
                        "Somebody missing from two complete reads at least this far apart has left."
                ),
                Setting(
                    key: "fact-hours",
                    label: "Hours after which facts are old",
                    help: "On older facts no upcoming resident becomes current."
                ),
            ]
        ),
        Group(
            title: "History",
            lead: "",
            settings: [
                Setting(
                    key: "retention-days",
                    label: "Days for which names are kept",
                    help: "After that Sync History keeps what happened and why, without names and "
                        + "addresses. 90 is the shortest that is usual; 730 is two years."
                )
            ]
        ),
    ]

    private struct Safety: Sendable {
        struct Field: Sendable {
            let key: String
            let label: String
            let help: String
            let value: String
            let error: String?
            let isNumber: Bool
        }
        struct Fieldset: Sendable {
            let title: String
            let intro: String?
            let fields: [Field]
        }
        struct Choice: Sendable {
            let value: String
            let label: String
            let isChosen: Bool
        }
        struct Switch: Sendable {
            let title: String
            let state: String
            let kind: String
            let text: String
            let offAction: String?
            let onHref: String?
        }

        let lead: String
        let tabs: [Frame.Link]
        let action: String
        let mayManage: Bool
        let errors: FormErrors
        let switches: [Switch]
        let fieldsets: [Fieldset]
        let roles: [Choice]
    }

    private static func safety(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let property = try visit.theProperty()
        let open = try await visit.operations.openAssignmentCount(of: property)
        let mayManage = visit.may(.manage)
        let form = errors.isRefused ? visit.form : nil
        func value(_ key: String) -> String {
            if let form { return form.text(key) }
            return PropertySettings.keys.first { $0.name == key }?.get(property.settings) ?? ""
        }
        let leads = brakeLeads(property.settings, open)
        let chosen = form.map { Set($0.all("roles")) }
        let model = Safety(
            lead: "When a run is held, and what happens on which day, at \(property.name)",
            tabs: IntegrationTabs.links(visit, at: .safety),
            action: IntegrationTabs.safety.href(visit),
            mayManage: mayManage,
            errors: errors,
            switches: switches(property, open, visit),
            fieldsets: groups.enumerated().map { index, group in
                Safety.Fieldset(
                    title: group.title,
                    intro: index < leads.count
                        ? leads[index] : group.lead.isEmpty ? nil : group.lead,
                    fields: group.settings.map { setting in
                        Safety.Field(
                            key: setting.key,
                            label: setting.label,
                            help: setting.help,
                            value: value(setting.key),
                            error: errors.at[setting.key],
                            isNumber: !setting.key.hasSuffix("-time")
                        )
                    }
                )
            },
            roles: ResidentRole.allCases.filter { $0 != .guarantor }.map { role in
                Safety.Choice(
                    value: role.rawValue,
                    label: role.title,
                    isChosen: chosen?.contains(role.rawValue)
                        ?? property.settings.roles.contains(role)
                )
            }
        )
        return Page(
            template: "safety",
            title: "Safety",
            section: .integrations,
            model: model
        )
    }

    /// What the brake's numbers come to with the assignments there are now.
    private static func brakeLeads(_ settings: PropertySettings, _ open: Int) -> [String] {
        func most(_ always: Int, _ percent: Int) -> Int { max(always, open * percent / 100) }
        let assignments = Wording.count(open, "current and upcoming assignment")
        let removals = most(settings.brakeRemovals, settings.brakeRemovalsPercent)
        let half = open >= 2 ? min(removals, open / 2) : removals
        return [
            "With \(assignments) now, a run that would end or move more than \(half) of them without a "
                + "stated move-out is held: nothing of it is applied until somebody decides.",
            "With \(assignments) now, a run that would give more than "
                + "\(most(settings.brakeMoveOuts, settings.brakeMoveOutsPercent)) of them a first or an "
                + "earlier move-out date is held.",
            "A run is held when more than \(settings.brakeUnits) units of a PMS property, and more than "
                + "\(settings.brakeUnitsPercent) % of them, vanish from its list; and always when it "
                + "lists no units or no residents any more.",
        ]
    }

    private static func switches(
        _ property: Property,
        _ open: Int,
        _ visit: Visit
    ) -> [Safety.Switch] {
        let (user, unit) = (property.settings.userSync, property.settings.unitSync)
        let assignments = Wording.count(open, "assignment")
        let mayManage = visit.may(.manage)
        let preview = mayManage ? visit.at("integrations", "first-sync") : nil
        let action = IntegrationTabs.safety.href(visit)
        return [
            Safety.Switch(
                title: "User Sync",
                state: user ? "On" : "Off",
                kind: user ? "ok" : "plain",
                text: user
                    ? "Turned off, Unit Sync goes off with it: the \(assignments) and everybody's "
                        + "details stay as they are, nobody comes in and nobody moves out by sync. "
                        + "Mapping, history and credentials are kept."
                    : "Nothing comes in from the PMS. Turned on, Unit Sync comes on with it; the preview "
                        + "of what the sync will do comes first.",
                offAction: user && mayManage ? "\(action)/user-sync" : nil,
                onHref: user ? nil : preview
            ),
            Safety.Switch(
                title: "Unit Sync",
                state: user && unit ? "On" : "Off",
                kind: user && unit ? "ok" : "plain",
                text: user && unit
                    ? "Turned off, the \(assignments) stay as they are, also of those who leave; people "
                        + "still come in and their details still change. Mapping is kept."
                    : user
                        ? "Assignments stay as they are. Turned on, people follow the PMS into and out of "
                            + "units again; the preview of what the sync will do comes first."
                        : "It comes on with User Sync.",
                offAction: user && unit && mayManage ? "\(action)/unit-sync" : nil,
                onHref: user && !unit ? preview : nil
            ),
        ]
    }

    private static func turnOff(
        _ key: String,
        _ title: String,
        _ visit: Visit
    ) async throws -> Answer {
        let property = try visit.theProperty()
        try await visit.operations.set(key, of: property, to: "off")
        return .redirect(
            to: IntegrationTabs.safety.href(visit),
            .attention("\(title) is off at \(property.name). Everything stays as it is.")
        )
    }

    // MARK: Saving

    private static func values(_ form: Form) -> [(key: String, value: String)] {
        groups.flatMap(\.settings).map { ($0.key, form.text($0.key)) }
            + [("roles", form.all("roles").joined(separator: ","))]
    }

    /// What was expected of each value that cannot be so.
    private static func check(_ form: Form) throws {
        let labels = Dictionary(
            uniqueKeysWithValues: groups.flatMap(\.settings).map { ($0.key, $0.label) }
        )
        var settings = PropertySettings()
        let faults = values(form).compactMap { name, value -> (field: String, text: String)? in
            let key = PropertySettings.keys.first { $0.name == name }
            guard let expected = key?.set(&settings, value) else { return nil }
            let label = labels[name] ?? ""
            return (
                name,
                name == "roles" ? "Choose at least one role." : "\(label): expected \(expected)."
            )
        }
        guard !faults.isEmpty else { return }
        var errors = FormErrors(faults)
        errors.heading =
            "Nothing is saved: \(Wording.count(faults.count, "value")) cannot be so."
        throw errors
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        try check(visit.form)
        let property = try visit.theProperty()
        let before = property.settings
        let changed = values(visit.form).filter { name, value in
            guard let key = PropertySettings.keys.first(where: { $0.name == name }) else {
                return false
            }
            var settings = before
            return key.set(&settings, value) == nil && settings != before
        }
        guard !changed.isEmpty else {
            return .redirect(
                to: IntegrationTabs.safety.href(visit),
                .done("Nothing was different from before.")
            )
        }
        try await visit.operations.set(changed, of: property)
        return .redirect(
            to: IntegrationTabs.safety.href(visit),
            .done(
                "\(Wording.count(changed.count, "setting")) saved; it holds from the next run on."
            )
        )
    }
}

extension ResidentRole {
    /// As pages name it.
    var title: String {
        switch self {
        case .primary: "Primary leaseholders"
        case .coResident: "Co-residents"
        case .occupant: "Occupants with an e-mail"
        case .minor: "Minors with an e-mail"
        case .guarantor: "Guarantors"
        }
    }
}
