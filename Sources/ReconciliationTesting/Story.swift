package import LintelModel
package import Reconciliation

/// A property, its PMS and the passing of time, told step by step.
///
/// The PMS side is edited with ``resident(_:_:_:unit:_:role:email:phone:lease:moveIn:moveOut:leaseStart:leaseEnd:word:at:)``
/// and its like; ``sync(complete:unreadable:)`` reads it, plans, holds every law against the plan and
/// applies it. Units are named as people name them: unit `101` has the id `u101`, and its PMS unit `101`.
package struct Story: Sendable {
    package static let site = AttachmentID("site")

    package var directory: InMemoryDirectory
    package var now: Timestamp
    /// Dates and names in the story that mean nothing.
    package var mistakes: [String] = []

    /// What the PMS lists now.
    package var pmsUnits: [AttachmentID: [PMSUnitID: PMSUnit]] = [:]
    package var residencies: [RecordKey: PMSResidency] = [:]

    /// When what the PMS states was true; nil means now.
    package var statedAt: Timestamp?

    /// Whether the brake holds what it objects to; off, everything is applied.
    package var isBraked = false
    /// Why the brake holds the newest plan; empty where it holds none.
    package var held: [Objection] = []
    /// What each applied run changed, oldest first; runs that changed nothing are left out.
    package var runs: [[PlannedChange]] = []

    /// A story that begins at noon of that day in the property's time zone.
    package init(
        day: String,
        zone: String = "America/New_York",
        _ build: (inout Story) -> Void = { _ in }
    ) {
        var settings = PropertySettings()
        settings.userSync = true
        directory = InMemoryDirectory(
            property: Property(
                id: PropertyID("oak"),
                name: "Oak House",
                timeZone: zone,
                settings: settings
            ),
            ids: IDGenerator(random: SeededRandom(seed: 1))
        )
        now = Timestamp(milliseconds: 0)
        attach("site")
        go(to: day)
        build(&self)
    }

    // MARK: Time

    /// Noon of that day in the property's time zone.
    package mutating func go(to day: String) {
        guard let date = date(day), let clock = CivilClock(name: directory.property.timeZone)
        else { return }
        now = clock.start(of: date).adding(minutes: 12 * 60)
    }

    package mutating func wait(minutes: Int) { now = now.adding(minutes: minutes) }

    // MARK: The property

    package mutating func attach(_ name: String, connection: String = "yardi") {
        let id = AttachmentID(name)
        directory.attachments[id] = InMemoryDirectory.Attached(
            connection: ConnectionID(connection),
            pmsProperty: PMSPropertyID(name)
        )
        pmsUnits[id] = [:]
    }

    /// Detaches a PMS property: its residents are known, and nobody asks for them any more.
    package mutating func detach(_ name: String) {
        directory.attachments[AttachmentID(name)]?.isDetached = true
        directory.revision += 1
    }

    /// Gives a PMS property another code in the PMS.
    package mutating func recode(_ name: String, as code: String) {
        directory.attachments[AttachmentID(name)]?.pmsProperty = PMSPropertyID(code)
    }

    /// A unit that nobody has mapped anything to.
    package mutating func emptyUnit(_ name: String) {
        let id = UnitID("u\(name)")
        directory.units[id] = Unit(id: id, property: directory.property.id, name: name)
    }

    /// Deletes a unit that nobody stands in and nothing is mapped to.
    package mutating func deleteUnit(_ name: String) {
        directory.units[UnitID("u\(name)")] = nil
        directory.revision += 1
    }

    /// A unit, and the PMS unit of the same name mapped to it.
    package mutating func unit(_ name: String, at attachment: String = "site") {
        emptyUnit(name)
        pmsUnit(name, at: attachment)
        map(name, to: name, at: attachment)
    }

    package mutating func pmsUnit(
        _ name: String,
        partOf parent: String? = nil,
        at attachment: String = "site"
    ) {
        let id = PMSUnitID(name)
        pmsUnits[AttachmentID(attachment)]?[id] = PMSUnit(
            id: id,
            parent: parent.map { PMSUnitID($0) },
            name: name
        )
    }

    /// Takes a PMS unit off the PMS's list.
    package mutating func vanish(_ name: String, at attachment: String = "site") {
        pmsUnits[AttachmentID(attachment)]?[PMSUnitID(name)] = nil
    }

    package mutating func map(
        _ pmsUnit: String,
        to unit: String,
        at attachment: String = "site"
    ) {
        set(.unit(UnitID("u\(unit)")), for: pmsUnit, at: attachment)
    }

    package mutating func ignore(_ pmsUnit: String, at attachment: String = "site") {
        set(.ignored, for: pmsUnit, at: attachment)
    }

    package mutating func unmap(_ pmsUnit: String, at attachment: String = "site") {
        set(nil, for: pmsUnit, at: attachment)
    }

    private mutating func set(_ mapping: UnitMapping?, for name: String, at attachment: String) {
        let attachment = AttachmentID(attachment)
        let id = PMSUnitID(name)
        let unit = pmsUnits[attachment]?[id] ?? PMSUnit(id: id, name: name)
        var known =
            directory.attachments[attachment]?.units[id] ?? KnownPMSUnit(unit: unit)
        known.mapping = mapping
        known.mappedAs = mapping == nil ? nil : known.unit.label
        directory.attachments[attachment]?.units[id] = known
        directory.revision += 1
    }

    /// Changes the property's settings.
    package mutating func set(_ edit: (inout PropertySettings) -> Void) {
        edit(&directory.property.settings)
        directory.revision += 1
    }

    // MARK: People by hand

    /// A person nobody's record speaks for, in a unit by hand where one is named.
    @discardableResult
    package mutating func person(
        _ first: String,
        _ last: String,
        email: String?,
        phone: String? = nil,
        unit: String? = nil,
        from: String? = nil,
        _ state: Assignment.State = .current
    ) -> PersonID {
        let person = Person(
            id: directory.ids.next(at: now),
            firstName: first,
            lastName: last,
            email: email,
            phone: phone
        )
        directory.people[person.id] = person
        if let unit, let from = date(from) {
            let assignment = Assignment(
                id: directory.ids.next(at: now),
                person: person.id,
                unit: UnitID("u\(unit)"),
                state: state,
                source: .manual,
                from: from
            )
            directory.assignments[assignment.id] = assignment
        }
        directory.revision += 1
        return person.id
    }

    // MARK: The PMS

    /// Lists a residency, in place of the same resident's on the same lease and unit.
    package mutating func resident(
        _ id: String,
        _ first: String,
        _ last: String,
        unit: String?,
        _ status: LeaseStatus,
        role: ResidentRole = .primary,
        email: String? = "",
        phone: String? = nil,
        lease: String = "L1",
        moveIn: String? = nil,
        moveOut: String? = nil,
        leaseStart: String? = nil,
        leaseEnd: String? = nil,
        word: String? = nil,
        at attachment: String = "site"
    ) {
        let key = ResidencyKey(
            resident: PMSResidentID(id),
            lease: lease,
            unit: unit.map { PMSUnitID($0) }
        )
        residencies[RecordKey(attachment: AttachmentID(attachment), residency: key)] =
            PMSResidency(
                key: key,
                firstName: first,
                lastName: last,
                email: email?.isEmpty == true ? "\(first).\(last)@example.com" : email,
                phone: phone,
                role: role,
                statusWord: word ?? status.rawValue,
                status: status,
                leaseStart: date(leaseStart),
                leaseEnd: date(leaseEnd),
                moveIn: date(moveIn),
                moveOut: date(moveOut)
            )
    }

    /// Edits every residency of a resident in the PMS.
    package mutating func change(
        _ id: String,
        lease: String? = nil,
        _ edit: (inout PMSResidency) -> Void
    ) {
        var found = false
        for key in residencies.keys
        where key.residency.resident.text == id && (lease == nil || key.residency.lease == lease) {
            guard var residency = residencies[key] else { continue }
            edit(&residency)
            residencies[key] = residency
            found = true
        }
        if !found { mistakes.append("the PMS lists no resident \(id)") }
    }

    /// Gives every residency of a resident a status.
    package mutating func status(_ id: String, lease: String? = nil, _ status: LeaseStatus) {
        change(id, lease: lease) {
            $0.status = status
            $0.statusWord = status.rawValue
        }
    }

    /// Takes a resident's residencies off the list.
    package mutating func drop(_ id: String, lease: String? = nil) {
        residencies = residencies.filter {
            $0.key.residency.resident.text != id || lease != nil && $0.key.residency.lease != lease
        }
    }

    /// Ends one of a resident's residencies as past.
    package mutating func end(_ id: String, in unit: String, moveOut: String) {
        let out = date(moveOut)
        change(id) {
            guard $0.key.unit == PMSUnitID(unit) else { return }
            $0.status = .past
            $0.statusWord = LeaseStatus.past.rawValue
            $0.moveOut = out
        }
    }

    /// Takes one of a resident's residencies off the list.
    package mutating func drop(_ id: String, from unit: String) {
        residencies = residencies.filter {
            $0.key.residency.resident.text != id || $0.key.residency.unit != PMSUnitID(unit)
        }
    }

    /// Moves a resident's only residency to another PMS unit, as a PMS states a transfer.
    package mutating func transfer(
        _ id: String,
        to unit: String,
        at attachment: String = "site",
        _ edit: (inout PMSResidency) -> Void = { _ in }
    ) {
        guard let old = residencies.first(where: { $0.key.residency.resident.text == id }) else {
            mistakes.append("the PMS lists no resident \(id)")
            return
        }
        residencies[old.key] = nil
        var residency = old.value
        residency.key.unit = PMSUnitID(unit)
        edit(&residency)
        residencies[RecordKey(attachment: AttachmentID(attachment), residency: residency.key)] =
            residency
    }

    package mutating func date(_ text: String?) -> CivilDate? {
        guard let text else { return nil }
        let date = CivilDate(iso: text)
        if date == nil { mistakes.append("\(text) is no date") }
        return date
    }
}
