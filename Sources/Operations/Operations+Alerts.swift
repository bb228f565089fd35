import Foundation
package import LintelModel
package import Reconciliation
import SQLEngine
package import Storage
import SyncEngine

extension Operations {
    /// The open alerts of a property, or of all, each with its property; in the recommended order of work.
    package func alerts(
        of property: Property?
    ) async throws -> [(property: Property, alert: Alerts.Open)] {
        let properties =
            if let property { [property] } else { try await properties().map(\.property) }
        let order = Dictionary(
            uniqueKeysWithValues: AlertDraft.Kind.allCases.enumerated().map { ($1, $0) }
        )
        return try await database.read { connection in
            try properties.flatMap { property in
                try Alerts.open(of: property.id, on: connection)
                    .sorted {
                        (order[$0.draft.kind] ?? 0, $0.id) < (order[$1.draft.kind] ?? 0, $1.id)
                    }
                    .map { (property, $0) }
            }
        }
    }

    /// One open alert with its property, and of a held plan the plan as people read it.
    package func alert(
        _ id: String
    ) async throws -> (property: Property, alert: Alerts.Open, heldPlan: String?) {
        let found = try await database.read { connection in
            try Alerts.find(id, on: connection).flatMap { found in
                try Properties.find(found.property, on: connection).map { property in
                    let isHeld = found.alert.draft.kind == .heldPlan
                    return (
                        property: property.property, alert: found.alert,
                        heldPlan: isHeld
                            ? try HeldPlans.newestReport(of: found.property, on: connection) : nil
                    )
                }
            }
        }
        guard let found else {
            throw OperationError(
                .notFound,
                "there is no open alert \(id)",
                see: "lintel alerts list"
            )
        }
        return found
    }

    /// The plan held last of a property as people read it; nil where none ever was.
    package func newestHeldPlan(of property: Property) async throws -> String? {
        try await database.read { try HeldPlans.newestReport(of: property.id, on: $0) }
    }

    /// Takes a way out of an alert; it takes effect in the next run.
    ///
    /// - Parameters:
    ///   - id: the alert's.
    ///   - way: one of its ways out.
    ///   - value: what the way out needs besides, see ``WayOut/value(for:)``.
    /// - Returns: the property whose next run it takes effect in.
    /// - Throws: ``OperationError`` where the way out is none of this alert's, or the value is none.
    package func resolve(_ id: String, with way: WayOut, value: String?) async throws -> Property {
        let (property, alert, _) = try await alert(id)
        let draft = alert.draft
        guard draft.waysOut.contains(way) else {
            let ways = draft.waysOut.map(\.rawValue).joined(separator: ", ")
            throw OperationError(
                draft.waysOut.isEmpty
                    ? "\(draft.kind.title) has no way out here: put it right in the PMS"
                    : "“\(way.rawValue)” is no way out of this alert; its ways out are \(ways)"
            )
        }
        if let needed = way.value(for: draft.kind), value?.trimmed.isEmpty != false {
            throw OperationError("\(way.rawValue) needs a value: \(needed)")
        }
        let value = value?.trimmed
        let decision = AuditLog.Draft(
            "alert decided: \(draft.kind.title)",
            of: property.id,
            id,
            after: [way.title, value].compactMap(\.self).joined(separator: ": ")
        )
        switch (way, draft.kind) {
        case (.map, .unknownStatus):
            try await mapStatus(draft.subject, to: value ?? "", of: property, noting: decision)
        case (.exclude, _):
            try await exclude(draft.subject, true, of: property, noting: decision)
        case (.map, _), (.remap, _), (.importUnit, _), (.ignore, _), (.removeMapping, _):
            try await remap(draft, way, value, of: property, noting: decision)
        default: try await decide(way, draft, value, of: property, noting: decision)
        }
        return property
    }

    private func decide(
        _ way: WayOut,
        _ alert: AlertDraft,
        _ value: String?,
        of property: Property,
        noting decision: AuditLog.Draft
    ) async throws {
        switch way {
        case .chooseHolder:
            guard let value, alert.residents.contains(PMSResidentID(value)) else {
                throw OperationError(
                    "“\(value ?? "")” is none of the residents who share the address: "
                        + alert.residents.map(\.text).joined(separator: ", ")
                )
            }
        case .keepUntil:
            guard let value, let day = CivilDate(iso: value) else {
                throw OperationError("“\(value ?? "")” is no day; expected yyyy-mm-dd")
            }
            if let clock = CivilClock(name: property.timeZone), day < clock.day(at: now) {
                throw OperationError("\(day) has passed already; expected today or a later day")
            }
        default: break
        }
        let now = now
        try await database.write { connection in
            var ids = IDGenerator()
            let pins = Pin.deciding(
                way,
                alert,
                value: value,
                objections: try HeldPlans.newest(of: property.id, on: connection)
            ) { ids.next(at: now) }
            try Pins.add(pins, of: property.id, batch: nil, at: now, on: connection)
            try Properties.touch(property.id, on: connection)
            try note(decision, on: connection)
        }
    }

    /// The ways out that change what a PMS unit is.
    private func remap(
        _ alert: AlertDraft,
        _ way: WayOut,
        _ value: String?,
        of property: Property,
        noting decision: AuditLog.Draft
    ) async throws {
        let parts = alert.subject.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else {
            throw OperationError("this alert names no PMS unit; sync the property again")
        }
        let (attachment, pmsUnit) = (AttachmentID(String(parts[0])), PMSUnitID(String(parts[1])))
        let now = now
        switch way {
        case .map, .remap:
            let unit = try await unit(value ?? "", of: property)
            try await map(
                [MappingChoice(pmsUnit, in: attachment, .unit(unit.id))],
                of: property,
                noting: decision
            )
        case .ignore:
            try await map(
                [MappingChoice(pmsUnit, in: attachment, .ignored)],
                of: property,
                noting: decision
            )
        case .importUnit:
            let outcome = try await database.write { connection in
                var ids = IDGenerator()
                let outcome = try Self.importUnits(
                    of: property.id,
                    only: (attachment, pmsUnit),
                    ids: &ids,
                    at: now,
                    on: connection
                )
                if outcome.mapped > 0 {
                    try Properties.touch(property.id, on: connection)
                    try note(decision, on: connection)
                }
                return outcome
            }
            if let refusal = outcome.refused.first { throw OperationError(refusal) }
        default:
            let choice = try Self.residentsChoice(value)
            _ = try await unmap(
                pmsUnit,
                in: attachment,
                of: property,
                residents: choice,
                noting: decision
            )
        }
    }

    private static func residentsChoice(_ value: String?) throws -> ResidentsChoice {
        guard let value else { return .keep }
        guard let choice = ResidentsChoice(rawValue: value) else {
            throw OperationError(
                "the residents of a removed mapping are to keep or to unassign, not “\(value)”"
            )
        }
        return choice
    }

    // MARK: Pins

    /// The decisions of a property that hold.
    package func pins(of property: Property) async throws -> [Pins.Listed] {
        try await database.read { try Pins.open(of: property.id, on: $0) }
    }

    /// Lets go of a decision: the next run does again what the PMS says.
    package func releasePin(_ id: String, of property: Property) async throws {
        let now = now
        let closed = try await database.write { connection in
            let open = try Pins.open(of: property.id, on: connection)
            guard let pin = open.first(where: { $0.pin.id.text == id })?.pin else { return 0 }
            try Properties.touch(property.id, on: connection)
            try note(
                AuditLog.Draft(
                    "pin released",
                    of: property.id,
                    pin.person?.text ?? pin.resident?.resident.text ?? id,
                    before: pin.sentence
                ),
                on: connection
            )
            return try Pins.close(
                [PinID(id)],
                because: "released by hand",
                at: now,
                on: connection
            )
        }
        guard closed > 0 else {
            throw OperationError(
                .notFound,
                "\(property.name) has no pin \(id)",
                see: "lintel pins list"
            )
        }
    }
}
