import LintelModel

/// Holds a plan that removes too much, for its property alone.
package enum Brake {
    /// Why a plan is held, as sentences for people; empty where it may be applied.
    package static func objections(to plan: Plan, _ input: PlanningInput) -> [String] {
        removals(plan, input) + listings(plan, input)
    }

    /// More than a few, or more than half, of the open assignments would go without a stated move-out.
    private static func removals(_ plan: Plan, _ input: PlanningInput) -> [String] {
        let settings = input.property.settings
        let now = plan.changes.count(where: \.isUnstatedRemoval)
        guard now > 0 else { return [] }
        let recent = input.brakeFacts.recentRemovals
        let removed = now + recent
        let open = input.brakeFacts.openAssignments + recent
        let share = Double(open) * Double(settings.brakeRemovalsPercent) / 100
        let allowed = max(Double(settings.brakeRemovals), share)
        guard Double(removed) > allowed || open >= 2 && 2 * removed > open else { return [] }
        let earlier = recent > 0 ? ", \(recent) of them in the last 24 hours" : ""
        return [
            "\(removed) of \(open) assignments would end or change unit without a move-out date that "
                + "has come\(earlier); at most \(settings.brakeRemovals), or "
                + "\(settings.brakeRemovalsPercent) %, and never more than half, pass by themselves"
        ]
    }

    /// A PMS property lists nobody, no units, or far fewer units than before.
    private static func listings(_ plan: Plan, _ input: PlanningInput) -> [String] {
        let settings = input.property.settings
        var objections: [String] = []
        for (_, snapshot) in input.attachments.sorted(by: { $0.key < $1.key }) {
            guard let before = snapshot.previousCounts else { continue }
            let name = "PMS property \(snapshot.pmsProperty)"
            if before.residents > 0, snapshot.counts.residents == 0 {
                objections.append(
                    "\(name) lists no residents; it listed \(before.residents) before"
                )
            }
            if before.units > 0, snapshot.counts.units == 0 {
                objections.append("\(name) lists no units; it listed \(before.units) before")
                continue
            }
            guard snapshot.isComplete, let listed = snapshot.listedUnits else { continue }
            let ids = Set(listed.map(\.id))
            let known = snapshot.knownUnits.values.filter(\.isListed)
            let vanished = known.count { !ids.contains($0.unit.id) }
            let share = Double(known.count) * Double(settings.brakeUnitsPercent) / 100
            if Double(vanished) > max(Double(settings.brakeUnits), share) {
                objections.append(
                    "\(vanished) of \(known.count) PMS units vanished from \(name); at most "
                        + "\(settings.brakeUnits), or \(settings.brakeUnitsPercent) %, pass by "
                        + "themselves"
                )
            }
        }
        return objections
    }
}
