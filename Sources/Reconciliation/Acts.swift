package import LintelModel

/// What a person does by hand, as a plan like any other: kept in the history, and held against the next sync as
/// long as the PMS says what it says now.
package enum Acts {
    /// The directory as an act finds it.
    package struct Setting: Sendable {
        package var property: PropertyID
        package var revision: Int
        package var now: Timestamp
        /// The civil day at ``now`` in the property's time zone.
        package var today: CivilDate
        package var person: Person
        /// The person's assignments in this property, ended ones included.
        package var assignments: [Assignment]
        /// What the PMS says of the person, of other properties too, with the units it is mapped to.
        package var stated: [UndoInput.Stated]
        /// The PMS properties attached to the property.
        package var attachments: Set<AttachmentID>
        /// The decisions of the property that hold.
        package var pins: [Pin.Cause: Pin]

        package init(
            property: PropertyID,
            revision: Int,
            now: Timestamp,
            today: CivilDate,
            person: Person,
            assignments: [Assignment],
            stated: [UndoInput.Stated],
            attachments: Set<AttachmentID>,
            pins: [Pin.Cause: Pin]
        ) {
            self.property = property
            self.revision = revision
            self.now = now
            self.today = today
            self.person = person
            self.assignments = assignments
            self.stated = stated
            self.attachments = attachments
            self.pins = pins
        }

        /// The property's units to which the PMS's word about the person points.
        fileprivate var statedUnits: Set<UnitID> {
            Set(stated.filter { attachments.contains($0.known.attachment) }.compactMap(\.unit))
        }

        fileprivate var plan: Plan { Plan(property: property, revision: revision, day: today) }

        fileprivate func fact(of unit: UnitID) -> String {
            Fact.stay(
                stated.filter { $0.unit == unit && !$0.isDetached }.map(\.known),
                ofAll: stated.map(\.known)
            )
        }
    }

    /// Puts a person into a unit.
    ///
    /// - Parameters:
    ///   - setting: the person and the directory as they are.
    ///   - unit: the unit.
    ///   - from: the first day; today where none is given.
    ///   - until: the last day; nil for open.
    ///   - ids: makes the assignment's id.
    /// - Returns: the plan; nil where the person stands in that unit already.
    package static func assign(
        _ setting: Setting,
        to unit: Unit,
        from: CivilDate?,
        until: CivilDate?,
        ids: inout IDGenerator
    ) -> Plan? {
        guard !setting.assignments.contains(where: { $0.unit == unit.id && $0.isOpen }) else {
            return nil
        }
        let first = from ?? setting.today
        var plan = setting.plan
        plan.changes.append(
            PlannedChange(
                .assignment(
                    before: nil,
                    after: Assignment(
                        id: ids.next(at: setting.now),
                        person: setting.person.id,
                        unit: unit.id,
                        state: first > setting.today ? .upcoming : .current,
                        source: .manual,
                        from: first,
                        expectedUntil: until
                    )
                ),
                because: Reason(.byHand, "put into \(unit.label) by hand"),
                source: nil
            )
        )
        let subject = Fact.subject(setting.person.id, in: unit.id)
        if let pin = setting.pins[Pin.Cause(.stay, subject)] { plan.spentPins.append(pin.id) }
        return plan
    }

    /// Takes a person out of a unit, and keeps them out of it.
    ///
    /// - Returns: the plan; nil where the person does not stand there.
    package static func unassign(
        _ setting: Setting,
        from unit: Unit,
        ids: inout IDGenerator
    ) -> Plan? {
        guard
            let open = setting.assignments.first(where: { $0.unit == unit.id && $0.isOpen })
        else { return nil }
        var plan = setting.plan
        end(open, "taken out of \(unit.label) by hand", setting, &plan, &ids)
        return plan
    }

    /// Archives a person: every assignment in this property ends, and the PMS does not bring them back.
    package static func archive(_ setting: Setting, ids: inout IDGenerator) -> Plan {
        var plan = setting.plan
        var after = setting.person
        after.isArchived = true
        after.version += 1
        if !setting.person.isArchived {
            plan.changes.append(
                PlannedChange(
                    .person(before: setting.person, after: after),
                    because: Reason(.byHand, "archived by hand"),
                    source: nil
                )
            )
        }
        for open in setting.assignments.sorted(by: { $0.id < $1.id }) where open.isOpen {
            end(open, "archived by hand", setting, &plan, &ids)
        }
        let pinned = Set(plan.newPins.map(\.cause))
        // What the PMS may still bring about stays undone too.
        for unit in setting.statedUnits.sorted() {
            let subject = Fact.subject(setting.person.id, in: unit)
            guard !pinned.contains(Pin.Cause(.stay, subject)) else { continue }
            plan.newPins.append(
                Pin(
                    id: ids.next(at: setting.now),
                    .stay,
                    subject,
                    fact: setting.fact(of: unit),
                    person: setting.person.id
                )
            )
        }
        if !setting.stated.isEmpty {
            plan.newPins.append(
                Pin(
                    id: ids.next(at: setting.now),
                    .archived,
                    setting.person.id.text,
                    fact: Fact.stay(setting.stated.map(\.known)),
                    person: setting.person.id
                )
            )
        }
        return plan
    }

    private static func end(
        _ open: Assignment,
        _ why: String,
        _ setting: Setting,
        _ plan: inout Plan,
        _ ids: inout IDGenerator
    ) {
        let after = open.ended(on: setting.today, at: setting.now)
        plan.changes.append(
            PlannedChange(
                .assignment(before: open, after: after),
                because: Reason(.byHand, why),
                source: nil
            )
        )
        guard setting.stated.contains(where: { $0.unit == open.unit }) else { return }
        plan.newPins.append(
            Pin(
                id: ids.next(at: setting.now),
                .stay,
                Fact.subject(setting.person.id, in: open.unit),
                fact: setting.fact(of: open.unit),
                person: setting.person.id
            )
        )
    }
}
