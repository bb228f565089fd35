import LintelModel
import Reconciliation

extension Plan {
    /// What of a plan concerns some residents and the people they are; the rest is left for the next run.
    func restricted(to part: SyncPart, _ input: PlanningInput) -> Plan {
        var residents: Set<ResidentKey> = []
        for (key, record) in input.records {
            let resident = ResidentKey(
                connection: record.connection,
                resident: key.residency.resident
            )
            switch part {
            case .resident(let id):
                if id == resident.resident { residents.insert(resident) }
            case .pmsUnit(let unit):
                guard let own = key.residency.unit else { continue }
                let parent = input.attachments[key.attachment]?.knownUnits[own]?.unit.parent
                let listed = pmsUnits[key.attachment]?.first { $0.unit.id == own }?.unit.parent
                if own == unit || parent == unit || listed == unit { residents.insert(resident) }
            }
        }
        // Whoever shares a person with them belongs to them.
        var people = Set(residents.compactMap { input.links[$0]?.person })
        func belongs(_ source: RecordKey?) -> Bool {
            guard let source, let record = input.records[source] else { return false }
            let resident = ResidentKey(
                connection: record.connection,
                resident: source.residency.resident
            )
            return residents.contains(resident)
        }
        for change in changes where belongs(change.source) { people.insert(change.person) }
        for (resident, link) in input.links where people.contains(link.person) {
            residents.insert(resident)
        }
        for change in changes {
            guard case .link(_, let after?) = change.change, people.contains(after.person) else {
                continue
            }
            residents.insert(after.resident)
        }
        for link in links where people.contains(link.person) { residents.insert(link.resident) }

        var part = self
        part.changes = changes.filter { people.contains($0.person) }
        part.links = links.filter { residents.contains($0.resident) }
        part.residencies = residencies.filter { known in
            guard let record = input.records[known.key] else { return false }
            return residents.contains(
                ResidentKey(connection: record.connection, resident: known.stated.key.resident)
            )
        }
        let pins = input.pins.values.filter { pin in
            pin.person.map { people.contains($0) } ?? pin.resident.map { residents.contains($0) }
                ?? false
        }
        let own = Set(pins.map(\.id))
        part.spentPins = spentPins.filter { own.contains($0) }
        return part
    }
}
