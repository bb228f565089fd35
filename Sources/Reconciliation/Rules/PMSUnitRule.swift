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

    func isListed(_ unit: PMSUnitID, in attachment: AttachmentID) -> Bool {
        pmsUnits[attachment]?[unit]?.isListed ?? false
    }

    /// Raises one alert a PMS unit that nobody has mapped and somebody waits on, and one a mapped PMS
    /// unit that has left the list.
    mutating func listUnmappedUnits() {
        struct Place: Hashable {
            let attachment: AttachmentID
            let unit: PMSUnitID
        }
        var waiting: [Place: [PMSResidentID]] = [:]
        for resident in order where links[resident] != nil {
            for index in (residents[resident] ?? []).indices {
                guard let record = residents[resident]?[index], record.presence == .present,
                    record.isCandidate, let unit = record.key.residency.unit,
                    mapping(of: unit, in: record.key.attachment) == nil
                else { continue }
                let parent = pmsUnits[record.key.attachment]?[unit]?.unit.parent
                waiting[Place(attachment: record.key.attachment, unit: parent ?? unit), default: []]
                    .append(resident.resident)
                residents[resident]?[index].revisitEveryRun()
            }
        }
        for (place, residents) in waiting {
            let label = pmsUnits[place.attachment]?[place.unit]?.unit.label ?? place.unit.text
            raise(
                AlertDraft(
                    .unmappedUnit,
                    subject: "\(place.attachment) \(place.unit)",
                    detail: "PMS unit \(label) is not mapped; \(residents.count) "
                        + (residents.count == 1 ? "resident waits" : "residents wait") + " on it",
                    residents: Set(residents).sorted()
                )
            )
        }
        for (attachment, units) in pmsUnits {
            for known in units.values where !known.isListed && known.unit.parent == nil {
                guard case .unit(let id) = known.mapping else { continue }
                let label = input.units[id]?.label ?? id.text
                raise(
                    AlertDraft(
                        .pmsUnitVanished,
                        subject: "\(attachment) \(known.unit.id)",
                        detail: "PMS unit \(known.unit.label), mapped to \(label), "
                            + "is no longer in the PMS's list"
                    )
                )
            }
        }
    }
}
