package import LintelModel
package import SQLEngine

/// What a schedule must know of a property's runs.
package struct PastRuns: Sendable {
    package let property: PropertyID
    /// When the newest run that read the PMS to its end began.
    package let lastGood: Timestamp?
    package let lastFailure: Timestamp?
    /// How many runs have failed since the last good one.
    package let failures: Int

    package init(
        property: PropertyID,
        lastGood: Timestamp?,
        lastFailure: Timestamp?,
        failures: Int
    ) {
        self.property = property
        self.lastGood = lastGood
        self.lastFailure = lastFailure
        self.failures = failures
    }

    package static func of(
        _ property: PropertyID,
        on connection: any SQLConnection
    ) throws -> PastRuns {
        var newest: [String: Timestamp] = [:]
        for outcome in ["applied", "unchanged", "held", "failed"] {
            let at = try connection.first(
                """
                select max(started_at) from runs
                where property_id = $1 and outcome = $2 and undoes is null
                """,
                [.id(property), .text(outcome)]
            ) { try $0.optionalTime(0) }
            if let at = at ?? nil { newest[outcome] = at }
        }
        let good = ["applied", "unchanged", "held"].compactMap { newest[$0] }.max()
        let failures = try connection.first(
            """
            select count(*) from runs where property_id = $1 and outcome = 'failed' and started_at > $2
            """,
            [.id(property), .time(good ?? Timestamp(milliseconds: 0))]
        ) { try $0.int(0) }
        return PastRuns(
            property: property,
            lastGood: good,
            lastFailure: newest["failed"],
            failures: failures ?? 0
        )
    }
}
