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
                let after = KnownPMSUnit(unit: unit, isListed: true, mapping: before?.mapping)
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

    /// What a PMS unit or space is on our side: its own mapping, else that of the unit it is part of.
    func mapping(of unit: PMSUnitID, in attachment: AttachmentID) -> UnitMapping? {
        guard let known = pmsUnits[attachment]?[unit] else { return nil }
        if let mapping = known.mapping { return mapping }
        guard let parent = known.unit.parent else { return nil }
        return pmsUnits[attachment]?[parent]?.mapping
    }

    /// The unit a record's resident belongs in; nil where it is unmapped, ignored or not given.
    func target(of record: RecordPlan) -> UnitID? {
        guard let unit = record.key.residency.unit,
            case .unit(let id) = mapping(of: unit, in: record.key.attachment)
        else { return nil }
        return id
    }

    /// Whether nobody is ever assigned through a record's PMS unit.
    func isIgnored(_ record: RecordPlan) -> Bool {
        guard let unit = record.key.residency.unit else { return false }
        return mapping(of: unit, in: record.key.attachment) == .ignored
    }

    func isListed(_ unit: PMSUnitID, in attachment: AttachmentID) -> Bool {
        pmsUnits[attachment]?[unit]?.isListed ?? false
    }
}
