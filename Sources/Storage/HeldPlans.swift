import Foundation
package import LintelModel
package import Reconciliation
package import SQLEngine

/// Plans the brake holds, as a person reads them.
package enum HeldPlans {
    package static func keep(
        _ run: RunID,
        objections: [Objection],
        report: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "insert into held_plans (run_id, objections, report, decides) values ($1, $2, $3, $4)",
            [
                .id(run), .text(objections.map(\.sentence).joined(separator: "\n")),
                .text(report),
                .text(String(decoding: try JSONEncoder.sorted.encode(objections), as: UTF8.self)),
            ]
        )
    }

    /// What the newest held plan of a property is about; empty where none was ever held.
    package static func newest(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Objection] {
        let text = try connection.first(
            """
            select h.decides from runs r join held_plans h on h.run_id = r.id
            where r.property_id = $1 order by r.id desc limit 1
            """,
            [.id(property)]
        ) { try $0.text(0) }
        guard let text else { return [] }
        return try JSONDecoder().decode([Objection].self, from: Data(text.utf8))
    }

    /// Why the plan of a run is held, a sentence each; empty where it is not.
    package static func objections(
        of run: RunID,
        on connection: any SQLConnection
    ) throws -> [String] {
        try connection.first("select objections from held_plans where run_id = $1", [.id(run)]) {
            try $0.text(0).split(separator: "\n").map(String.init)
        } ?? []
    }

    package static func report(
        of run: RunID,
        on connection: any SQLConnection
    ) throws -> String? {
        try connection.first("select report from held_plans where run_id = $1", [.id(run)]) {
            try $0.text(0)
        }
    }

    /// The newest held plan of a property, as a person reads it.
    package static func newestReport(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            """
            select h.report from runs r join held_plans h on h.run_id = r.id
            where r.property_id = $1 order by r.id desc limit 1
            """,
            [.id(property)]
        ) { try $0.text(0) }
    }
}
