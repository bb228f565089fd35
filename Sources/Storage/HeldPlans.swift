package import LintelModel
package import SQLEngine

/// Plans the brake holds, as a person reads them.
package enum HeldPlans {
    package static func keep(
        _ run: RunID,
        objections: [String],
        report: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "insert into held_plans (run_id, objections, report) values ($1, $2, $3)",
            [.id(run), .text(objections.joined(separator: "\n")), .text(report)]
        )
    }

    package static func report(
        of run: RunID,
        on connection: any SQLConnection
    ) throws -> String? {
        try connection.first("select report from held_plans where run_id = $1", [.id(run)]) {
            try $0.text(0)
        }
    }
}
