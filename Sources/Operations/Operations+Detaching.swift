package import LintelModel
import Reconciliation
import SQLEngine
package import Storage

/// Detaching PMS properties, and what becomes of their residents.
extension Operations {
    /// What becomes of the residents of a PMS property that is detached.
    package enum DetachedResidents: String, Sendable, CaseIterable {
        /// They stay as they are until somebody chooses.
        case freeze
        /// They stay, as if put there by hand.
        case keep
        /// Their assignments end now.
        case end
    }

    /// Detaches a PMS property.
    ///
    /// - Returns: how many assignments were kept as by hand, or ended.
    package func detach(
        _ property: Property,
        pmsProperty: String,
        residents choice: DetachedResidents = .freeze
    ) async throws -> Int {
        let attached = try await database.read { try Attachments.all(of: property.id, on: $0) }
        let found = attached.filter { $0.pmsProperty.text == pmsProperty && !$0.isDetached }
        let before = attached.filter { $0.pmsProperty.text == pmsProperty }
        // One that was detached before, its people frozen, may be settled later.
        guard !found.isEmpty || choice != .freeze && !before.isEmpty else {
            throw OperationError("PMS property \(pmsProperty) is not attached to \(property.name)")
        }
        guard let clock = CivilClock(name: property.timeZone) else {
            throw OperationError("the time zone of \(property.name) is unknown to this system")
        }
        let now = now
        return try await database.write { connection in
            for attachment in found { try Attachments.detach(attachment, at: now, on: connection) }
            let settled =
                choice == .freeze
                ? 0
                : try Self.settle(
                    before,
                    of: property.id,
                    choice,
                    at: now,
                    on: clock.day(at: now),
                    connection
                )
            try note(
                AuditLog.Draft(
                    "PMS property detached",
                    of: property.id,
                    pmsProperty,
                    after: "residents: \(choice.rawValue), assignments: \(settled)"
                ),
                on: connection
            )
            return settled
        }
    }

    /// How many open assignments rest on the residents of one attached PMS property alone: what a detach
    /// freezes, keeps as by hand, or ends.
    package func assignmentsResting(
        on attachment: Attachments.Attached
    ) async throws -> Int {
        try await database.read { connection in
            try Self.resting(on: [attachment], of: attachment.property, connection).count
        }
    }

    /// The open assignments made by sync that rest on the residents of some PMS properties alone.
    private static func resting(
        on attachments: [Attachments.Attached],
        of property: PropertyID,
        _ connection: any SQLConnection
    ) throws -> [Assignment] {
        let gone = Set(attachments.map(\.id))
        var people: Set<PersonID> = []
        for attachment in attachments {
            let residents = try Residencies.all(of: attachment.id, on: connection)
                .map(\.stated.key.resident)
            let links = try ResidentLinks.of(
                Set(residents),
                of: attachment.connection,
                on: connection
            )
            people.formUnion(links.map(\.person))
        }
        let stated = try StatedOfPeople(people, on: connection)
        var resting: [PersonID: [UnitID: Bool]] = [:]
        for residency in stated.stated {
            guard let person = stated.links[residency.resident]?.person, let unit = residency.unit
            else { continue }
            let isGone = gone.contains(residency.known.attachment)
            resting[person, default: [:]][unit] =
                (resting[person]?[unit] ?? true) && isGone
        }
        return try Assignments.of(people, in: property, on: connection).filter { assignment in
            assignment.isOpen && assignment.source == .sync
                && resting[assignment.person]?[assignment.unit] == true
        }
    }

    /// Ends, or keeps as by hand, what rests on the residents of detached PMS properties alone.
    private static func settle(
        _ attachments: [Attachments.Attached],
        of property: PropertyID,
        _ choice: DetachedResidents,
        at now: Timestamp,
        on today: CivilDate,
        _ connection: any SQLConnection
    ) throws -> Int {
        // From here on nobody else changes the property.
        try Properties.touch(property, on: connection)
        var changes: [PlannedChange] = []
        for before in try resting(on: attachments, of: property, connection) {
            let after = choice == .keep ? before.keptByHand : before.ended(on: today, at: now)
            try Assignments.update(after, on: connection)
            changes.append(
                PlannedChange(
                    .assignment(before: before, after: after),
                    because: Reason(
                        .byHand,
                        choice == .keep
                            ? "kept by hand when the PMS property was detached"
                            : "ended by hand when the PMS property was detached"
                    ),
                    source: nil
                )
            )
        }
        var ids = IDGenerator()
        let act: RunID = ids.next(at: now)
        try History.keeping(changes, batch: act.text, of: property, at: now).run(on: connection)
        return changes.count
    }
}
