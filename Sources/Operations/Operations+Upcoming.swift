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
        var waiting: [PMSResidentID: String] = [:]
        for alert in try Alerts.open(of: property.id, on: connection) {
            for resident in alert.draft.residents where waiting[resident] == nil {
                waiting[resident] = alert.draft.kind.title
            }
        }
        var moves: [Move] = []
        for stated in try StatedMoves.of(property.id, span, on: connection)
        where stated.person != nil || waiting[stated.resident] != nil {
            func add(_ date: CivilDate?, _ kind: Move.Kind) {
                guard let date, span.contains(date) else { return }
                moves.append(
                    Move(
                        date: date.description,
                        kind: kind,
                        property: property.name,
                        unit: place(of: stated),
                        name: stated.name,
                        person: stated.person?.text,
                        pmsResidentId: stated.resident.text,
                        waitsOn: waiting[stated.resident]
                    )
                )
            }
            let isOverdue = stated.status == .future && stated.start.map { $0 < today } ?? false
            add(isOverdue ? today : stated.start, stated.isTransfer ? .transfer : .moveIn)
            add(stated.moveOut, .moveOut)
        }
        return moves
    }

    private static func place(of stated: StatedMoves.Stated) -> String {
        guard let pmsUnit = stated.pmsUnit else { return "" }
        return stated.unit?.label ?? "PMS unit \(stated.pmsUnitLabel ?? pmsUnit.text)"
    }
}
