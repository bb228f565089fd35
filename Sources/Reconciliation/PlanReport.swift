package import LintelModel

/// A plan as a property manager reads it: one line a change with what was, what will be and why, then the
/// alerts.
///
/// The text is the same for the same plan. It names people by id unless names are given.
package struct PlanReport: Sendable {
    package var units: [UnitID: Unit]
    /// What to call a person; nil for the id.
    package var name: @Sendable (PersonID) -> String?

    package init(
        units: [UnitID: Unit],
        name: @escaping @Sendable (PersonID) -> String? = { _ in nil }
    ) {
        self.units = units
        self.name = name
    }

    /// The whole plan as lines, each ended by a line break.
    package func text(_ plan: Plan) -> String {
        var lines = [summary(plan)]
        lines += plan.changes.map { "  \(line($0))" }
        if !plan.alerts.isEmpty {
            lines.append("\(plan.alerts.count) \(plan.alerts.count == 1 ? "alert" : "alerts")")
            lines += plan.alerts.map { "  ! \($0.kind.title): \($0.detail)" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What the plan does, counted.
    package func summary(_ plan: Plan) -> String {
        let counts = plan.counts
        let amended = plan.changes.count { planned in
            guard case .assignment = planned.change else { return false }
            return !planned.isGrant && !planned.isEnding
        }
        let parts = [
            (counts.created, "brought in"), (counts.linked, "linked"),
            (counts.updated, "updated"), (counts.assigned, "assigned"), (counts.ended, "ended"),
            (amended, amended == 1 ? "stay changed" : "stays changed"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        if !text.isEmpty { return "\(plan.day): \(text)" }
        // What is left are links taken back.
        return plan.changes.isEmpty
            ? "\(plan.day): nothing to change"
            : "\(plan.day): \(plan.changes.count) unlinked"
    }

    /// One change: a sign (`+` begins, `~` changes, `-` ends), who, before → after, and the reason.
    package func line(_ planned: PlannedChange) -> String {
        "\(change(planned)) (\(planned.reason.sentence))"
    }

    private func change(_ planned: PlannedChange) -> String {
        let who = name(planned.person) ?? planned.person.text
        switch planned.change {
        case .person(nil, _): return "+ \(who) comes in"
        case .person(let before?, let after):
            return "~ \(who): \(Self.details(before, after))"
        case .link(_, let after?): return "~ \(who) is PMS resident \(after.resident.resident)"
        case .link(let before, nil):
            let resident = before?.resident.resident.text ?? ""
            return "~ \(who) is no longer PMS resident \(resident)"
        case .assignment(let before, let after):
            let sign = planned.isGrant ? "+" : planned.isEnding ? "-" : "~"
            let unit = units[after.unit]?.label ?? after.unit.text
            let place = "\(sign) \(who) in \(unit): "
            guard let before else { return place + Self.stay(after) }
            return place + "\(Self.stay(before)) → \(Self.stay(after))"
        }
    }

    /// An assignment in words: `current from 2026-03-01, move-out expected 2026-09-30`.
    private static func stay(_ assignment: Assignment) -> String {
        var text = "\(assignment.state.rawValue) from \(assignment.from)"
        if assignment.source == .manual { text = "by hand, " + text }
        if let until = assignment.until { text += " until \(until)" }
        if let expected = assignment.expectedUntil { text += ", move-out expected \(expected)" }
        return text
    }

    private static func details(_ before: Person, _ after: Person) -> String {
        var fields: [String] = []
        if before.firstName != after.firstName { fields.append("first name") }
        if before.lastName != after.lastName { fields.append("last name") }
        if before.email != after.email { fields.append("e-mail") }
        if before.phone != after.phone { fields.append("phone") }
        var parts = fields.isEmpty ? [] : [fields.joined(separator: ", ") + " changed"]
        if before.isArchived != after.isArchived {
            parts.append(after.isArchived ? "archived" : "no longer archived")
        }
        return parts.joined(separator: ", ")
    }
}
