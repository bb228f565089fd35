package import LintelModel
package import SQLEngine

/// The runs of a property as a list shows them.
extension Runs {
    /// The runs of a property from one of them on, newest first.
    ///
    /// - Parameters:
    ///   - property: whose runs.
    ///   - outcome: those that ended so, nil for all that were no previews.
    ///   - offset: how many newer ones to leave out.
    ///   - limit: how many at most.
    ///   - connection: where they stand.
    /// - Returns: the runs.
    /// - Throws: ``SQLError``.
    package static func page(
        of property: PropertyID,
        outcome: RunRecord.Outcome?,
        from offset: Int,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [RunRecord] {
        guard let outcome else {
            return try connection.all(
                """
                select id, property_id, outcome, started_at, milliseconds, pms_units, residents,
                    created, linked, updated, assigned, ended, alerts_open, message, undoes
                from runs where property_id = $1 and outcome <> 'previewed'
                order by id desc limit $2 offset $3
                """,
                [.id(property), .integer(limit), .integer(offset)],
                read
            )
        }
        return try connection.all(
            """
            select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,
                linked, updated, assigned, ended, alerts_open, message, undoes
            from runs where property_id = $1 and outcome = $2
            order by started_at desc, id desc limit $3 offset $4
            """,
            [.id(property), .text(outcome.rawValue), .integer(limit), .integer(offset)],
            read
        )
    }

    /// How many runs of a property ended how.
    package static func tally(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [RunRecord.Outcome: Int] {
        var tally: [RunRecord.Outcome: Int] = [:]
        try connection.query(
            "select outcome, count(*) from runs where property_id = $1 group by outcome",
            [.id(property)]
        ) { row in
            let outcome: RunRecord.Outcome = try row.word(0)
            tally[outcome] = try row.int(1)
        }
        return tally
    }
}
