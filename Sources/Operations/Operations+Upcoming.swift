package import LintelModel
import Reconciliation
import SQLEngine
import Storage

extension Operations {
    /// A move ahead.
    package struct Move: Sendable, Encodable {
        package enum Kind: String, Sendable, Encodable, CaseIterable {
            case moveIn = "move-in"
            case moveOut = "move-out"
            case transfer
        }

        package let date: String
        package let kind: Kind
        package let property: String
        /// The unit, or the PMS unit where that is not mapped.
        package let unit: String
        /// First and last name as the PMS has them.
        package let name: String
        /// The person's id; nil for a PMS resident who is nobody here yet.
        package let person: String?
        package let pmsResidentId: String?
        /// What it waits on: an alert's heading; nil where nothing is in the way.
        package let waitsOn: String?
    }

    /// The move-ins, move-outs and transfers of the coming days, by day.
    package func upcoming(days: Int, of property: Property?) async throws -> [Move] {
        let properties =
            if let property { [property] } else { try await properties().map(\.property) }
        let now = now
        return try await database.read { connection in
            try properties.flatMap { try Self.moves(of: $0, days, now, on: connection) }
        }
        .sorted { ($0.date, $0.unit, $0.kind.rawValue) < ($1.date, $1.unit, $1.kind.rawValue) }
    }

    private static func moves(
        of property: Property,
        _ days: Int,
        _ now: Timestamp,
        on connection: any SQLConnection
    ) throws -> [Move] {
        guard let clock = CivilClock(name: property.timeZone) else { return [] }
        let today = clock.day(at: now)
        let span = today...today.adding(days: days)
        let meanings = try StatusWords.meanings(of: property.id, on: connection)
        let units = Dictionary(
            uniqueKeysWithValues: try Units.all(of: property.id, on: connection).map {
                ($0.id, $0.label)
            }
        )
        var waiting: [PMSResidentID: String] = [:]
        for alert in try Alerts.open(of: property.id, on: connection) {
            for resident in alert.draft.residents where waiting[resident] == nil {
                waiting[resident] = alert.draft.kind.title
            }
        }
        var moves: [Move] = []
        for attachment in try Attachments.all(of: property.id, on: connection)
        where !attachment.isDetached {
            let pmsUnits = try PMSUnits.all(of: attachment.id, on: connection)
            let all = try Residencies.all(of: attachment.id, on: connection)
            let links = try ResidentLinks.of(
                Set(all.map(\.stated.key.resident)),
                of: attachment.connection,
                on: connection
            )
            let people = Dictionary(
                links.map { ($0.resident.resident, $0.person) },
                uniquingKeysWith: { $1 }
            )
            let leaving = Set(
                all.filter { $0.endedOn == nil && $0.movesTo != nil }.map(\.stated.key.resident)
            )
            for known in all where known.missingSince == nil && known.endedOn == nil {
                let stated = known.stated
                let resident = stated.key.resident
                let status = meanings[stated.statusWord]?.status ?? stated.status
                guard status.isLiving || status == .future, stated.role != .guarantor,
                    people[resident] != nil || waiting[resident] != nil
                else { continue }
                let place = place(of: stated, pmsUnits, units)
                func add(_ date: CivilDate?, _ kind: Move.Kind) {
                    guard let date, span.contains(date) else { return }
                    moves.append(
                        Move(
                            date: date.description,
                            kind: kind,
                            property: property.name,
                            unit: place,
                            name: [stated.firstName, stated.lastName].filter { !$0.isEmpty }
                                .joined(separator: " "),
                            person: people[resident]?.text,
                            pmsResidentId: resident.text,
                            waitsOn: waiting[resident]
                        )
                    )
                }
                let start = stated.moveIn ?? stated.leaseStart
                let isOverdue = status == .future && start.map { $0 < today } ?? false
                add(
                    isOverdue ? today : start,
                    leaving.contains(resident) ? .transfer : .moveIn
                )
                add(stated.moveOut, .moveOut)
            }
        }
        return moves
    }

    private static func place(
        of stated: PMSResidency,
        _ pmsUnits: [PMSUnitID: KnownPMSUnit],
        _ units: [UnitID: String]
    ) -> String {
        guard let id = stated.key.unit else { return "" }
        guard let known = pmsUnits[id] else { return "PMS unit \(id)" }
        let mapping = known.mapping ?? known.unit.parent.flatMap { pmsUnits[$0]?.mapping }
        if case .unit(let unit) = mapping { return units[unit] ?? unit.text }
        return "PMS unit \(known.unit.label)"
    }
}
