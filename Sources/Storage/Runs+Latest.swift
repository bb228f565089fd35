package import LintelModel
package import SQLEngine

extension Runs {
    /// The runs of a property, newest first.
    ///
    /// - Parameters:
    ///   - property: whose runs.
    ///   - run: only those older than this one; nil for all.
    ///   - limit: how many at most.
    ///   - connection: where they stand.
    /// - Returns: the runs.
    /// - Throws: ``SQLError``.
    package static func older(
        of property: PropertyID,
        than run: RunID?,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [RunRecord] {
        try connection.all(
            """
            select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,
                linked, updated, assigned, ended, alerts_open, message, undoes
            from runs where property_id = $1 and (cast($2 as text) is null or id < $2)
            order by id desc limit $3
            """,
            [.id(property), .text(run?.text), .integer(limit)],
            read
        )
    }

    /// The newest run of a property that is over and was no preview; nil before the first.
    package static func latest(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> RunRecord? {
        try connection.first(
            """
            select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,
                linked, updated, assigned, ended, alerts_open, message, undoes
            from runs where property_id = $1 and outcome not in ('running', 'previewed')
            order by id desc limit 1
            """,
            [.id(property)],
            read
        )
    }
}
