package import LintelModel
package import SQLEngine

extension Runs {
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
