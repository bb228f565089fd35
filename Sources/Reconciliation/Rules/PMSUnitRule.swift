import LintelModel

/// PMS units are remembered as listed; those that vanish keep their mapping and are marked.
extension PlanDraft {
    mutating func rememberPMSUnits() {
        for (attachment, snapshot) in input.attachments {
            guard let listed = snapshot.listedUnits else { continue }
            var units = snapshot.knownUnits
            var changed: [KnownPMSUnit] = []
            var seen = Set<PMSUnitID>(minimumCapacity: listed.count)
            for unit in listed where seen.insert(unit.id).inserted {
                let before = units[unit.id]
                if let before, before.unit == unit, before.isListed { continue }
                let after = KnownPMSUnit(
                    unit: unit,
                    isListed: true,
                    mapping: before?.mapping,
                    mappedAs: before?.mappedAs
                )
                units[unit.id] = after
                changed.append(after)
            }
            if snapshot.isComplete {
                for (id, before) in snapshot.knownUnits where before.isListed && !seen.contains(id)
                {
                    var after = before
                    after.isListed = false
                    units[id] = after
                    changed.append(after)
                }
            }
            pmsUnits[attachment] = units
            if !changed.isEmpty {
                changedPMSUnits[attachment] = changed.sorted { $0.unit.id < $1.unit.id }
            }
        }
    }

    /// Looks up once what every record's PMS unit is on our side.
    func placeRecords() {
        for resident in residents {
            for record in resident.records {
                guard let unit = record.key.residency.unit else { continue }
                record.mapping = mapping(of: unit, in: record.key.attachment)
            }
        }
    }

    /// What a PMS unit or space is on our side: its own mapping, else that of the unit it is part of.
    private func mapping(of unit: PMSUnitID, in attachment: AttachmentID) -> UnitMapping? {
        guard let known = pmsUnits[attachment]?[unit] else { return nil }
        if let mapping = known.mapping { return mapping }
        guard let parent = known.unit.parent else { return nil }
        return pmsUnits[attachment]?[parent]?.mapping
    }

    /// The unit a record's resident belongs in; nil where it is unmapped, ignored or not given.
    func target(of record: RecordPlan) -> UnitID? {
        guard case .unit(let id) = record.mapping else { return nil }
        return id
    }

    /// Whether nobody is ever assigned through a record's PMS unit.
    func isIgnored(_ record: RecordPlan) -> Bool {
        record.mapping == .ignored
    }

    func isListed(_ unit: PMSUnitID, in attachment: AttachmentID) -> Bool {
        pmsUnits[attachment]?[unit]?.isListed ?? false
    }
}
