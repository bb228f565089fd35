import ConnectorKit
import LintelModel
import Reconciliation
import Storage

/// What a run says of the snapshots it read, and remembers of them.
extension PropertySync {
    /// Notes what was read.
    mutating func note(_ intakes: [AttachmentIntake]) {
        report.record.pmsUnits = intakes.reduce(0) { $0 + $1.counts.units }
        report.record.residents = intakes.reduce(0) { $0 + $1.counts.residents }
        report.notes = intakes.flatMap { intake in
            intake.problems.map { "\($0.place): \($0.message)" }
                + (intake.changesSince.map { [onlyChanges(since: $0, of: intake)] } ?? [])
        }
        reads = intakes.compactMap(\.read)
    }

    private func onlyChanges(since: Timestamp, of intake: AttachmentIntake) -> String {
        let clock = CivilClock(name: property.timeZone) ?? .utc
        let day = clock.day(at: since)
        let isToday = day == clock.day(at: intake.startedAt)
        return "PMS property \(intake.attachment.pmsProperty): only what changed since "
            + "\(isToday ? "" : "\(day) ")\(clock.hour(at: since)) was read"
    }
}
