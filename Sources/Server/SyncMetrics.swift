import LintelModel
import Storage
package import SyncEngine
import Synchronization

/// Counts what syncs do in this process.
package final class SyncMetrics: SyncObserver {
    private struct Counts {
        var runs: [RunRecord.Outcome: Int] = [:]
        var pages = 0
        var bytes = 0
        var residents = 0
        var ended = 0
        var assigned = 0
        var milliseconds: Int64 = 0
    }

    private let counts = Mutex(Counts())

    package init() {}

    package func happened(_ event: SyncEvent) {
        counts.withLock { counts in
            switch event {
            case .started, .waiting: break
            case .page(_, let bytes):
                counts.pages += 1
                counts.bytes += bytes
            case .read(_, let residents): counts.residents += residents
            case .finished(let report):
                counts.runs[report.record.outcome, default: 0] += 1
                counts.assigned += report.record.outcome == .applied ? report.record.assigned : 0
                counts.ended += report.record.outcome == .applied ? report.record.ended : 0
                counts.milliseconds += report.record.milliseconds
            }
        }
    }

    /// The counters in the Prometheus text exposition format.
    func text() -> String {
        let counts = counts.withLock { $0 }
        var lines: [String] = []
        func counter(_ name: String, _ help: String, _ values: [(labels: String, value: String)]) {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) counter")
            lines += values.map { "\(name)\($0.labels) \($0.value)" }
        }
        let outcomes: [RunRecord.Outcome] = [.applied, .unchanged, .held, .failed, .skipped]
        counter(
            "lintel_runs_total",
            "Runs ended by this process, by outcome.",
            outcomes.map { (#"{outcome="\#($0.rawValue)"}"#, String(counts.runs[$0] ?? 0)) }
        )
        counter(
            "lintel_run_seconds_total",
            "Time spent in runs.",
            [("", String(Double(counts.milliseconds) / 1000))]
        )
        counter(
            "lintel_pages_fetched_total",
            "Pages fetched from PMS.",
            [("", String(counts.pages))]
        )
        counter(
            "lintel_bytes_fetched_total",
            "Bytes fetched from PMS.",
            [("", String(counts.bytes))]
        )
        counter(
            "lintel_residents_read_total",
            "Residents in the snapshots read.",
            [("", String(counts.residents))]
        )
        counter(
            "lintel_assignments_begun_total",
            "Assignments begun or opened again.",
            [("", String(counts.assigned))]
        )
        counter(
            "lintel_assignments_ended_total",
            "Assignments ended.",
            [("", String(counts.ended))]
        )
        return lines.joined(separator: "\n") + "\n"
    }
}
