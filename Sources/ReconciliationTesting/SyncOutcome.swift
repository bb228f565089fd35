import LintelModel
package import Reconciliation

/// What one sync of a story planned, and every law it broke.
package struct SyncOutcome: Sendable {
    package var input: PlanningInput
    package var plan: Plan
    /// Why the brake holds the plan; empty where it passes.
    package var objections: [Objection]
    /// Laws that did not hold, in words; empty for a sound sync.
    package var broken: [String]

    package init(
        input: PlanningInput,
        plan: Plan,
        objections: [Objection],
        broken: [String]
    ) {
        self.input = input
        self.plan = plan
        self.objections = objections
        self.broken = broken
    }

    /// The alerts' kinds, in the order of the plan.
    package var alerts: [AlertDraft.Kind] { plan.alerts.map(\.kind) }

    /// Why assignments ended, in the order of the plan.
    package var endings: [Reason.Code] { plan.changes.filter(\.isEnding).map(\.reason.code) }
}
