package import LintelModel
package import Reconciliation

extension InMemoryDirectory {
    /// How much of the directory a plan is made from.
    package enum Scope: Sendable, CaseIterable {
        case everything
        /// Only records that are new, changed, missing or due again, and all that belongs to them.
        case touched
    }

    /// The planner's input for these snapshots; attached PMS properties without one were not asked.
    package func input(
        _ snapshots: [PMSSnapshot],
        at now: Timestamp,
        scope: Scope = .everything
    ) -> PlanningInput {
        let clock = CivilClock(name: property.timeZone)
        var input = PlanningInput(
            property: property,
            revision: revision,
            now: now,
            today: clock?.day(at: now) ?? CivilDate(daysSince1970: 0),
            units: units,
            brakeFacts: BrakeFacts(
                openAssignments: assignments.values.count(where: \.isOpen),
                recentRemovals: removals.count { $0 > now.adding(minutes: -24 * 60) }
            ),
            statuses: statuses,
            pins: pins,
            openElsewhere: openElsewhere
        )
        let stated = Dictionary(snapshots.map { ($0.attachment, $0) }) { first, _ in first }
        for (id, attached) in attachments where !attached.isDetached {
            input.attachments[id] = snapshot(of: attached, stated[id])
        }
        let records = records(stated)
        switch revision == plannedRevision ? scope : .everything {
        case .everything:
            input.records = records
            input.links = links
            input.people = people
        case .touched:
            let closure = closure(of: records, on: input.today)
            input.records = records.filter { closure.residents.contains(resident(of: $0)) }
            input.links = links.filter { closure.residents.contains($0.key) }
            input.people = people.filter { closure.people.contains($0.key) }
        }
        for person in input.people.values where person.email != nil {
            input.holders[Folding.email(person.email ?? "")] = person.id
        }
        for assignment in assignments.values.sorted(by: { $0.id < $1.id })
        where input.people[assignment.person] != nil {
            input.assignments[assignment.person, default: []].append(assignment)
        }
        return input
    }

    private func snapshot(of attached: Attached, _ stated: PMSSnapshot?) -> AttachmentSnapshot {
        guard let stated else {
            return AttachmentSnapshot(
                connection: attached.connection,
                pmsProperty: attached.pmsProperty,
                isComplete: false,
                knownUnits: attached.units
            )
        }
        let listed = stated.units?.count ?? attached.units.values.count(where: \.isListed)
        return AttachmentSnapshot(
            connection: attached.connection,
            pmsProperty: attached.pmsProperty,
            isComplete: stated.isComplete,
            listedUnits: stated.units,
            knownUnits: attached.units,
            counts: SnapshotCounts(
                units: listed,
                residents: Set(stated.residencies.map(\.key.resident)).union(stated.unreadable)
                    .count
            ),
            previousCounts: attached.counts,
            statedAt: stated.statedAt
        )
    }

    private func records(_ stated: [AttachmentID: PMSSnapshot]) -> [RecordKey: Record] {
        var records: [RecordKey: Record] = [:]
        for (key, known) in residencies {
            guard let attached = attachments[key.attachment] else { continue }
            let sighting: Record.Sighting =
                switch stated[key.attachment] {
                case nil: .notAsked
                case let snapshot? where snapshot.unreadable.contains(key.residency.resident):
                    .unreadable
                default: .notListed
                }
            records[key] = Record(
                connection: attached.connection,
                attachment: key.attachment,
                known: known,
                incoming: nil,
                sighting: sighting
            )
        }
        for (id, snapshot) in stated {
            guard let attached = attachments[id] else { continue }
            for residency in snapshot.residencies {
                let key = RecordKey(attachment: id, residency: residency.key)
                guard records[key]?.sighting != .listed else { continue }
                let known = residencies[key]
                records[key] = Record(
                    connection: attached.connection,
                    attachment: id,
                    known: known,
                    incoming: known?.stated == residency ? nil : residency,
                    sighting: .listed
                )
            }
        }
        return records
    }

    private func resident(of record: (key: RecordKey, value: Record)) -> ResidentKey {
        ResidentKey(connection: record.value.connection, resident: record.key.residency.resident)
    }

    // MARK: The touched records

    /// Everybody whose records must be planned together with those touched.
    private func closure(
        of records: [RecordKey: Record],
        on today: CivilDate
    ) -> (residents: Set<ResidentKey>, people: Set<PersonID>) {
        let touched = records.filter { isTouched($0.value, on: today) }
        var residents = Set(touched.map { resident(of: $0) })
        var names = Set<String>()
        var emails = Set<String>()
        for record in touched {
            guard let stated = record.value.incoming ?? record.value.known?.stated else { continue }
            names.insert(PersonName.key(stated.firstName, stated.lastName))
            if let email = stated.email { emails.insert(Folding.email(email)) }
        }
        for record in records {
            guard let stated = record.value.incoming ?? record.value.known?.stated,
                names.contains(PersonName.key(stated.firstName, stated.lastName))
                    || stated.email.map({ emails.contains(Folding.email($0)) }) ?? false
            else { continue }
            residents.insert(resident(of: record))
        }
        var found = Set(residents.compactMap { links[$0]?.person })
        for person in people.values
        where names.contains(person.nameKey)
            || person.email.map({ emails.contains(Folding.email($0)) }) ?? false
        {
            found.insert(person.id)
        }
        // Whoever was put somewhere by hand is compared with the PMS in every run.
        for assignment in assignments.values where assignment.source == .manual {
            found.insert(assignment.person)
        }
        for (resident, link) in links where found.contains(link.person) {
            residents.insert(resident)
        }
        return (residents, found)
    }

    private func isTouched(_ record: Record, on today: CivilDate) -> Bool {
        if let due = record.known?.revisitOn, due <= today, record.sighting != .notAsked {
            return true
        }
        switch record.sighting {
        case .listed: return record.incoming != nil || record.known?.missingSince != nil
        case .notListed: return record.known?.isGone != true
        case .unreadable, .notAsked: return false
        }
    }
}
