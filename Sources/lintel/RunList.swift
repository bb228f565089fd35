import LintelModel
import Storage

/// Runs as `sync` and `runs list` print them.
struct RunList {
    struct Row: Encodable {
        let run: String
        let property: String
        let name: String
        let outcome: String
        let pmsUnits: Int
        let residents: Int
        let created: Int
        let linked: Int
        let updated: Int
        let assigned: Int
        let ended: Int
        let alertsOpen: Int
        let seconds: Double
        let startedAt: String
        let message: String
    }

    private struct Total: Encodable {
        let runs: [Row]
        let residents: Int
        let seconds: Double
        let residentsPerSecond: Double
    }

    let rows: [Row]
    /// How long the command took; nil where runs of the past are listed.
    var seconds: Double?

    init(_ runs: [(RunRecord, name: String)], seconds: Double? = nil) {
        self.seconds = seconds
        rows = runs.map { run, name in
            Row(
                run: run.id.text,
                property: run.property.text,
                name: name,
                outcome: run.outcome.rawValue,
                pmsUnits: run.pmsUnits,
                residents: run.residents,
                created: run.created,
                linked: run.linked,
                updated: run.updated,
                assigned: run.assigned,
                ended: run.ended,
                alertsOpen: run.alertsOpen,
                seconds: Double(run.milliseconds) / 1000,
                startedAt: run.startedAt.iso8601,
                message: run.message
            )
        }
    }

    func print(_ format: OutputFormat) throws {
        let residents = rows.reduce(0) { $0 + $1.residents }
        let listing = Listing(
            columns: [
                "run", "property", "outcome", "pms_units", "residents", "created", "linked",
                "updated",
                "assigned", "ended", "alerts_open", "seconds",
            ],
            rows: rows.map { row in
                [
                    row.run, format == .table ? row.name : row.property, row.outcome,
                    String(row.pmsUnits), String(row.residents), String(row.created),
                    String(row.linked), String(row.updated), String(row.assigned),
                    String(row.ended), String(row.alertsOpen), String(row.seconds),
                ]
            },
            empty: "No runs yet. Sync now: lintel sync --all"
        )
        guard let seconds else { return try listing.print(format, json: ["runs": rows]) }
        let rate = seconds > 0 ? Double(residents) / seconds : 0
        try listing.print(
            format,
            json: Total(
                runs: rows,
                residents: residents,
                seconds: seconds,
                residentsPerSecond: rate
            )
        )
        if format == .table, !rows.isEmpty {
            let shown = (seconds * 100).rounded() / 100
            note("\(residents) residents in \(shown) s, \(Int(rate)) residents/s")
        }
    }
}
