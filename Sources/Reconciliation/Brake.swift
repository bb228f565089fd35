import LintelModel

/// Holds a plan that removes too much, for its property alone.
package enum Brake {
    /// Why a plan is held; empty where it may be applied.
    ///
    /// What a person approved while its PMS facts stand is not counted.
    package static func objections(to plan: Plan, _ input: PlanningInput) -> [Objection] {
        removals(plan, input) + moveOuts(plan, input) + listings(input)
    }

    /// More than a few, or more than half, of the open assignments would go without a stated move-out.
    private static func removals(_ plan: Plan, _ input: PlanningInput) -> [Objection] {
        let settings = input.property.settings
        let counted = plan.changes.filter { $0.isUnstatedRemoval && !isApproved($0, input) }
        guard !counted.isEmpty else { return [] }
        let recent = input.brakeFacts.recentRemovals
        let removed = counted.count + recent
        let open = input.brakeFacts.openAssignments + recent
        let share = Double(open) * Double(settings.brakeRemovalsPercent) / 100
        let allowed = max(Double(settings.brakeRemovals), share)
        guard Double(removed) > allowed || open >= 2 && 2 * removed > open else { return [] }
        let earlier = recent > 0 ? ", \(recent) of them in the last 24 hours" : ""
        return [
            Objection(
                "\(removed) of \(open) assignments would end or change unit without a move-out date "
                    + "that has come\(earlier); at most \(settings.brakeRemovals), or "
                    + "\(settings.brakeRemovalsPercent) %, and never more than half, pass by themselves",
                stays: counted.compactMap(Objection.Stay.init)
            )
        ]
    }

    /// Many assignments would get a first or an earlier move-out date at once.
    private static func moveOuts(_ plan: Plan, _ input: PlanningInput) -> [Objection] {
        let settings = input.property.settings
        let counted = plan.changes.filter { $0.isEarlierMoveOut && !isApproved($0, input) }
        let open = input.brakeFacts.openAssignments
        let share = Double(open) * Double(settings.brakeMoveOutsPercent) / 100
        guard Double(counted.count) > max(Double(settings.brakeMoveOuts), share) else { return [] }
        return [
            Objection(
                "\(counted.count) of \(open) assignments would get a first or an earlier move-out date "
                    + "at once, or end by one; at most \(settings.brakeMoveOuts), or "
                    + "\(settings.brakeMoveOutsPercent) %, pass by themselves",
                stays: counted.compactMap(Objection.Stay.init)
            )
        ]
    }

    private static func isApproved(_ change: PlannedChange, _ input: PlanningInput) -> Bool {
        guard !input.pins.isEmpty, let stay = Objection.Stay(change) else { return false }
        let pin = input.pins[Pin.Cause(.removal, Fact.subject(stay.person, in: stay.unit))]
        return pin?.fact == stay.fact
    }

    /// A PMS property lists nobody, no units, or far fewer units than before.
    private static func listings(_ input: PlanningInput) -> [Objection] {
        var objections: [Objection] = []
        for (id, snapshot) in input.attachments.sorted(by: { $0.key < $1.key }) {
            let pin = input.pins[Pin.Cause(.listing, id.text)]
            for (sentence, fact) in listings(snapshot, input.property.settings)
            where pin?.fact != fact {
                objections.append(
                    Objection(sentence, listing: Objection.Listing(attachment: id, fact: fact))
                )
                // One decision a PMS property answers for all that it lists.
                break
            }
        }
        return objections
    }

    private static func listings(
        _ snapshot: AttachmentSnapshot,
        _ settings: PropertySettings
    ) -> [(sentence: String, fact: String)] {
        guard let before = snapshot.previousCounts else { return [] }
        let name = "PMS property \(snapshot.pmsProperty)"
        let lacksResidents = before.residents > 0 && snapshot.counts.residents == 0
        if before.units > 0, snapshot.counts.units == 0 {
            let also = lacksResidents ? " and no residents" : ""
            return [
                (
                    "\(name) lists no units\(also); it listed \(before.units) before",
                    "no units\(also)"
                )
            ]
        }
        var found: [(sentence: String, fact: String)] = []
        if lacksResidents {
            found.append(
                ("\(name) lists no residents; it listed \(before.residents) before", "no residents")
            )
        }
        guard snapshot.isComplete, let listed = snapshot.listedUnits else { return found }
        let ids = Set(listed.map(\.id))
        let known = snapshot.knownUnits.values.filter(\.isListed)
        let vanished = known.filter { !ids.contains($0.unit.id) }
        let share = Double(known.count) * Double(settings.brakeUnitsPercent) / 100
        if Double(vanished.count) > max(Double(settings.brakeUnits), share) {
            found.append(
                (
                    "\(vanished.count) of \(known.count) PMS units vanished from \(name); at most "
                        + "\(settings.brakeUnits), or \(settings.brakeUnitsPercent) %, pass by "
                        + "themselves",
                    ContentHash(of: vanished.map(\.unit.id.text).sorted()).text
                )
            )
        }
        return found
    }
}
