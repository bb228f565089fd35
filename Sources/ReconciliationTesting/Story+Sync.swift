package import LintelModel
import Reconciliation

extension Story {
    /// Reads the PMS, plans, holds every law against the plan, and applies it, held or not.
    ///
    /// - Parameters:
    ///   - incomplete: PMS properties whose snapshot is cut short.
    ///   - missing: residents that an incomplete snapshot did not get to.
    ///   - unreadable: residents whose records cannot be read.
    /// - Returns: what was planned, and every law that did not hold.
    @discardableResult
    package mutating func sync(
        incomplete: Set<String> = [],
        missing: Set<String> = [],
        unreadable: Set<String> = []
    ) -> SyncOutcome {
        let snapshots = snapshots(incomplete, missing, unreadable)
        var outcome = plan(snapshots)
        if isBraked, !outcome.objections.isEmpty {
            hold(outcome)
            outcome.broken += standing()
            return outcome
        }
        held = []
        directory.apply(outcome.plan, from: outcome.input)
        if !outcome.plan.changes.isEmpty { runs.append(outcome.plan.changes) }
        outcome.broken += repeated(snapshots, after: outcome.plan)
        outcome.broken += standing()
        return outcome
    }

    /// The snapshots of every attached PMS property as the PMS stands.
    package func snapshots(
        _ incomplete: Set<String> = [],
        _ missing: Set<String> = [],
        _ unreadable: Set<String> = []
    ) -> [PMSSnapshot] {
        directory.attachments.filter { !$0.value.isDetached }.keys.sorted().map { id in
            var snapshot = PMSSnapshot(
                attachment: id,
                isComplete: !incomplete.contains(id.text),
                units: pmsUnits[id]?.values.sorted { $0.id < $1.id },
                statedAt: statedAt
            )
            for (key, residency) in residencies.sorted(by: { $0.key < $1.key })
            where key.attachment == id && !missing.contains(key.residency.resident.text) {
                if unreadable.contains(key.residency.resident.text) {
                    snapshot.unreadable.insert(key.residency.resident)
                } else {
                    snapshot.residencies.append(residency)
                }
            }
            return snapshot
        }
    }

    /// Plans without applying, and holds the laws of one plan against it.
    package mutating func plan(_ snapshots: [PMSSnapshot]) -> SyncOutcome {
        let input = directory.input(snapshots, at: now)
        let before = directory.ids
        let plan = Planner.plan(input, ids: &directory.ids)
        var broken = PlanChecker.violations(of: plan, input).map(\.description)
        var ids = before
        if Planner.plan(Self.rebuilt(input), ids: &ids) != plan {
            broken.append("the same input gave another plan")
        }
        ids = before
        let less = directory.input(snapshots, at: now, scope: .touched)
        let touched = Planner.plan(less, ids: &ids)
        if touched.changes != plan.changes {
            broken.append("skipping unchanged records changed the changes")
        }
        if touched.alerts != plan.alerts {
            broken.append("skipping unchanged records changed the alerts")
        }
        if touched.residencies != plan.residencies || touched.links != plan.links {
            broken.append("skipping unchanged records changed what is remembered")
        }
        let complete = Set(input.attachments.filter(\.value.isComplete).keys)
        for change in plan.changes where change.isEnding {
            if let source = change.source, !complete.contains(source.attachment) {
                broken.append("an assignment ended from an incomplete snapshot")
            }
        }
        return SyncOutcome(
            input: input,
            plan: plan,
            objections: Brake.objections(to: plan, input),
            broken: broken + mistakes
        )
    }

    /// The same snapshot again: at once, and an hour later where no absence is being confirmed and the day
    /// is still the same.
    private func repeated(_ snapshots: [PMSSnapshot], after plan: Plan) -> [String] {
        var broken: [String] = []
        var times = [now]
        let isConfirming = directory.residencies.values.contains {
            $0.missingSince != nil && $0.endedOn == nil
        }
        if !isConfirming { times.append(now.adding(minutes: 60)) }
        for time in times {
            for scope in InMemoryDirectory.Scope.allCases {
                let input = directory.input(snapshots, at: time, scope: scope)
                guard input.today == plan.day else { continue }
                var ids = directory.ids
                let again = Planner.plan(input, ids: &ids)
                let report = PlanReport(units: directory.units)
                if !again.isEmpty {
                    broken.append("planning the result again changes:\n\(report.text(again))")
                }
                // A decision whose cause this very plan removed is let go of by the next.
                if !again.residencies.isEmpty || !again.links.isEmpty || !again.pmsUnits.isEmpty {
                    broken.append(
                        "planning the result again writes \(again.residencies) \(again.links) "
                            + "\(again.pmsUnits)"
                    )
                }
                // What a decision did may settle another alert, which the next plan sees.
                if plan.spentPins.isEmpty,
                    again.alerts.map(\.subject) != plan.alerts.map(\.subject)
                {
                    broken.append(
                        "planning the result again lists other alerts:\n\(report.text(again))"
                    )
                }
            }
        }
        return broken
    }

    /// What must be true of the directory after every sync.
    private func standing() -> [String] {
        var broken: [String] = []
        let addresses = directory.people.values.compactMap { $0.email.map(Folding.email) }
        if Set(addresses).count != addresses.count {
            broken.append("two people have one e-mail address")
        }
        let open = directory.assignments.values.filter(\.isOpen)
        let places = open.map { "\($0.person) \($0.unit)" }
        if Set(places).count != places.count {
            broken.append("somebody stands twice in one unit")
        }
        for assignment in directory.assignments.values
        where assignment.isOpen == (assignment.endedAt != nil) {
            broken.append("assignment \(assignment.id) is open with an end, or ended without one")
        }
        return broken
    }

    /// The same input with every dictionary built anew in another order.
    private static func rebuilt(_ input: PlanningInput) -> PlanningInput {
        var rebuilt = input
        rebuilt.records = reversed(input.records)
        rebuilt.links = reversed(input.links)
        rebuilt.people = reversed(input.people)
        rebuilt.holders = reversed(input.holders)
        rebuilt.units = reversed(input.units)
        rebuilt.attachments = reversed(input.attachments)
        rebuilt.assignments = reversed(input.assignments.mapValues { $0.reversed() })
        for (id, snapshot) in rebuilt.attachments {
            rebuilt.attachments[id]?.knownUnits = reversed(snapshot.knownUnits)
        }
        return rebuilt
    }

    private static func reversed<Key, Value>(_ dictionary: [Key: Value]) -> [Key: Value] {
        var result: [Key: Value] = [:]
        for (key, value) in dictionary.reversed() { result[key] = value }
        return result
    }

    // MARK: What stands

    /// The person whom a PMS resident is linked to.
    package func person(_ resident: String, connection: String = "yardi") -> Person? {
        let key = ResidentKey(
            connection: ConnectionID(connection),
            resident: PMSResidentID(resident)
        )
        return directory.links[key].flatMap { directory.people[$0.person] }
    }

    /// A resident's assignments as `101 current 2026-03-01…`, ended ones with their last day, in the order
    /// of their first day.
    package func stays(_ resident: String, connection: String = "yardi") -> [String] {
        person(resident, connection: connection).map { stays(of: $0.id) } ?? []
    }

    package func stays(of person: PersonID) -> [String] {
        directory.assignments.values.filter { $0.person == person }
            .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
            .map {
                "\(directory.units[$0.unit]?.label ?? $0.unit.text) \($0.state.rawValue) "
                    + "\($0.from)…" + ($0.until?.description ?? "")
            }
    }
}
