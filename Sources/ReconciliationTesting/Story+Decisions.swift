package import LintelModel
package import Reconciliation

/// What people decide and do by hand in a story, by the same logic as in the product.
extension Story {
    mutating func hold(_ outcome: SyncOutcome) {
        held = outcome.objections
        let alert = AlertDraft.held(directory.property.id, held)
        directory.alerts = directory.alerts.filter { $0.kind != .heldPlan } + [alert]
    }

    /// Takes a way out of the open alert of that kind; where there are several, of the one about `resident`.
    package mutating func decide(
        _ way: WayOut,
        on kind: AlertDraft.Kind,
        of resident: String? = nil,
        value: String? = nil
    ) {
        let found = directory.alerts.filter { alert in
            alert.kind == kind
                && (resident.map { alert.residents.contains(PMSResidentID($0)) } ?? true)
        }
        guard let alert = found.first else {
            mistakes.append("there is no alert \(kind.title) to decide")
            return
        }
        decide(way, on: alert, value: value)
    }

    /// Takes a way out of one alert.
    package mutating func decide(_ way: WayOut, on alert: AlertDraft, value: String? = nil) {
        guard alert.waysOut.contains(way) else {
            mistakes.append("\(way.title) is no way out of \(alert.kind.title) here")
            return
        }
        var ids = directory.ids
        let now = now
        let pins = Pin.deciding(way, alert, value: value, objections: held) { ids.next(at: now) }
        directory.ids = ids
        for pin in pins { directory.pins[pin.cause] = pin }
        directory.revision += 1
    }

    /// Gives a raw status word a meaning, or excludes it.
    package mutating func word(_ word: String, means status: LeaseStatus?, excluded: Bool = false) {
        directory.statuses[word] = StatusMeaning(status: status, isExcluded: excluded)
        directory.revision += 1
    }

    // MARK: Acts by hand

    package mutating func unassign(_ resident: String, from unit: String) {
        act(resident) { setting, units, ids in
            units[UnitID("u\(unit)")].flatMap { Acts.unassign(setting, from: $0, ids: &ids) }
        }
    }

    package mutating func assign(
        _ resident: String,
        to unit: String,
        from: String? = nil,
        until: String? = nil
    ) {
        let (first, last) = (date(from), date(until))
        act(resident) { setting, units, ids in
            units[UnitID("u\(unit)")].flatMap {
                Acts.assign(setting, to: $0, from: first, until: last, ids: &ids)
            }
        }
    }

    package mutating func archive(_ resident: String) {
        act(resident) { setting, _, ids in Acts.archive(setting, ids: &ids) }
    }

    private mutating func act(
        _ resident: String,
        _ make: (Acts.Setting, [UnitID: Unit], inout IDGenerator) -> Plan?
    ) {
        guard let person = person(resident),
            let clock = CivilClock(name: directory.property.timeZone)
        else {
            mistakes.append("\(resident) is nobody here")
            return
        }
        let setting = Acts.Setting(
            property: directory.property.id,
            revision: directory.revision,
            now: now,
            today: clock.day(at: now),
            person: person,
            assignments: directory.assignments.values.filter { $0.person == person.id },
            stated: stated().filter { directory.links[$0.resident]?.person == person.id },
            attachments: Set(directory.attachments.keys),
            pins: directory.pins
        )
        guard let plan = make(setting, directory.units, &directory.ids) else {
            mistakes.append("nothing could be done by hand for \(resident)")
            return
        }
        write(plan)
    }

    private mutating func write(_ plan: Plan) {
        let input = PlanningInput(
            property: directory.property,
            revision: directory.revision,
            now: now,
            today: plan.day
        )
        let alerts = directory.alerts
        directory.apply(plan, from: input)
        directory.alerts = alerts
        // As after every act, the next run looks at everything.
        directory.revision += 1
    }

    // MARK: Undo

    /// Undoes a run, the last one unless another is named by its place in ``runs``.
    @discardableResult
    package mutating func undo(_ run: Int? = nil) -> Undo {
        let index = run ?? runs.count - 1
        var input = UndoInput(
            property: directory.property.id,
            revision: directory.revision,
            now: now,
            today: CivilClock(name: directory.property.timeZone)?.day(at: now)
                ?? CivilDate(daysSince1970: 0),
            changes: runs.indices.contains(index) ? runs[index] : []
        )
        input.people = directory.people
        input.links = directory.links
        input.assignments = Dictionary(grouping: directory.assignments.values, by: \.person)
        for person in directory.people.values {
            if let email = person.email { input.holders[Folding.email(email)] = person.id }
        }
        input.stated = stated()
        input.units = directory.units
        input.openElsewhere = directory.openElsewhere
        input.connections = directory.attachments.mapValues(\.connection)
        let undo = Undo.plan(input, ids: &directory.ids)
        write(undo.plan)
        if runs.indices.contains(index) {
            let undone = Set(undo.undone)
            runs[index] = runs[index].enumerated().filter { !undone.contains($0.offset) }
                .map(\.element)
        }
        return undo
    }

    /// The mirror with the unit of each residency.
    private func stated() -> [UndoInput.Stated] {
        directory.residencies.values.compactMap { known in
            guard let attached = directory.attachments[known.attachment] else { return nil }
            var unit: UnitID?
            if let id = known.stated.key.unit, let pmsUnit = attached.units[id] {
                let own =
                    pmsUnit.mapping
                    ?? pmsUnit.unit.parent.flatMap { attached.units[$0]?.mapping }
                if case .unit(let mapped) = own { unit = mapped }
            }
            return UndoInput.Stated(
                known: known,
                resident: ResidentKey(
                    connection: attached.connection,
                    resident: known.stated.key.resident
                ),
                unit: unit,
                isDetached: attached.isDetached
            )
        }
    }
}
