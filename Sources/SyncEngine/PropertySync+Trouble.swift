import ConnectorKit
import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// What a failed run tells people: that the PMS does not answer, and how old the facts have become.
extension PropertySync {
    /// The PMS's own words, where it is the PMS that failed.
    func trouble(_ error: any Error) -> String? {
        guard let error = error as? ConnectorError else { return nil }
        return "\(error)"
    }

    /// Raises Connection Failing, and Data Is Old where the last good run is too long ago; both clear at the
    /// next good one.
    static func warn(
        _ words: String,
        _ property: PropertyID,
        _ hours: Int,
        ids: inout IDGenerator,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let past = try PastRuns.of(property, on: connection)
        var drafts = try Alerts.open(of: property, on: connection).map(\.draft).filter {
            $0.kind != .connectionFailing && $0.kind != .dataIsOld
        }
        drafts.append(
            AlertDraft(.connectionFailing, subject: property.text, detail: words)
        )
        if let good = past.lastGood, good.adding(minutes: hours * 60) < now {
            drafts.append(
                AlertDraft(
                    .dataIsOld,
                    subject: property.text,
                    detail:
                        "the PMS was last read at \(good.iso8601), more than \(hours) hours ago; "
                        + "until it answers nobody upcoming is let in"
                )
            )
        }
        _ = try Alerts.settle(drafts, of: property, ids: &ids, at: now, on: connection)
    }
}
