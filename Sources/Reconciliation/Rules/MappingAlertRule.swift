import LintelModel

/// What a person must map: PMS units that residents wait on, and mapped ones that left the list.
extension PlanDraft {
    mutating func listUnmappedUnits() {
        var waiting: [PMSPlace: Set<PMSResidentID>] = [:]
        /// Where those moving out of, or into, a PMS unit stand besides.
        var elsewhere: [PMSPlace: Set<String>] = [:]
        for resident in self.residents where resident.link != nil {
            for record in resident.records {
                note(record, of: resident, &elsewhere)
                guard record.mapping == nil, record.isThere, record.isCandidate,
                    let place = place(of: record)
                else { continue }
                waiting[place, default: []].insert(resident.key.resident)
                record.revisitEveryRun()
            }
        }
        for (place, residents) in waiting {
            var detail =
                "PMS unit \(label(of: place)) is not mapped; \(residents.count) "
                + (residents.count == 1 ? "resident waits" : "residents wait") + " on it"
            if let units = elsewhere[place] {
                detail += ", so far in \(units.sorted().joined(separator: ", "))"
            }
            raise(
                AlertDraft(
                    .unmappedUnit,
                    subject: place.subject,
                    detail: detail,
                    residents: residents.sorted(),
                    waysOut: [.map, .importUnit, .ignore]
                )
            )
        }
        for (attachment, units) in pmsUnits {
            for known in units.values where known.unit.parent == nil {
                guard case .unit(let id) = known.mapping else { continue }
                let place = PMSPlace(attachment: attachment, unit: known.unit.id)
                if !known.isListed {
                    listVanished(place, id, elsewhere)
                } else if known.isRenamed {
                    listRenamed(place, known, id)
                }
            }
        }
    }

    private mutating func listVanished(
        _ place: PMSPlace,
        _ unit: UnitID,
        _ elsewhere: [PMSPlace: Set<String>]
    ) {
        var detail =
            "PMS unit \(label(of: place)), mapped to \(label(of: unit)), "
            + "is no longer in the PMS's list"
        if let units = elsewhere[place] {
            detail += "; its residents now stand in \(units.sorted().joined(separator: ", "))"
        }
        raise(
            AlertDraft(
                .pmsUnitVanished,
                subject: place.subject,
                detail: detail,
                fact: unit.text,
                waysOut: [.keep, .remap, .removeMapping]
            )
        )
    }

    private mutating func listRenamed(
        _ place: PMSPlace,
        _ known: KnownPMSUnit,
        _ unit: UnitID
    ) {
        raise(
            AlertDraft(
                .pmsUnitRenamed,
                subject: place.subject,
                detail: "the PMS unit that was \(known.mappedAs ?? "") when it was mapped to "
                    + "\(label(of: unit)) is called \(known.unit.label) now",
                fact: known.unit.label,
                waysOut: [.keep, .remap, .removeMapping]
            )
        )
    }

    /// Remembers both ends of a move that is not done.
    private func note(
        _ record: RecordPlan,
        of resident: ResidentPlan,
        _ elsewhere: inout [PMSPlace: Set<String>]
    ) {
        guard let unit = record.afterwards.movesTo, record.afterwards.endedOn == nil,
            let old = place(of: record),
            let next = resident.records
                .first(where: { $0.key.residency.unit == unit && $0.key != record.key }),
            let new = place(of: next)
        else { return }
        if let id = target(of: record) { elsewhere[new, default: []].insert(label(of: id)) }
        let name = target(of: next).map { label(of: $0) } ?? "PMS unit \(label(of: new))"
        elsewhere[old, default: []].insert(name)
    }

    /// The PMS unit of a residency, or the one its space is part of.
    private func place(of record: RecordPlan) -> PMSPlace? {
        guard let unit = record.key.residency.unit else { return nil }
        let parent = pmsUnits[record.key.attachment]?[unit]?.unit.parent
        return PMSPlace(attachment: record.key.attachment, unit: parent ?? unit)
    }

    private func label(of place: PMSPlace) -> String {
        pmsUnits[place.attachment]?[place.unit]?.unit.label ?? place.unit.text
    }
}

/// A PMS unit among those of every attached PMS property.
private struct PMSPlace: Hashable {
    let attachment: AttachmentID
    let unit: PMSUnitID

    var subject: String { "\(attachment) \(unit)" }
}
