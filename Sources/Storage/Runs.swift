package import LintelModel
package import SQLEngine

/// Runs, and the lease by which no two of them are at one property at once.
///
/// A running run is a row of outcome `running` that names its holder and until when it is leased; the
/// schema allows one a property. So taking and returning the lease costs no write but the run's own row,
/// and a run whose process died stays visible.
package enum Runs {
    /// How taking a lease ended.
    package enum Lease: Sendable, Equatable {
        case taken
        /// Another process is at it, since that time.
        case busy(since: Timestamp, holder: String)
    }

    /// Starts a run where no other is running, or where the other's lease has run out.
    ///
    /// A lease that ends later than any lease can was made before the clock stepped back: it counts as
    /// run out.
    package static func start(
        _ run: RunRecord,
        holder: String,
        now: Timestamp,
        leaseMilliseconds: Int64,
        on connection: any SQLConnection
    ) throws -> Lease {
        try connection.execute(
            """
            update runs set outcome = 'failed', holder = null, leased_until = null,
                message = 'the process that ran it ended before it was done; nothing was applied'
            where property_id = $1 and outcome = 'running'
                and (leased_until < $2 or leased_until > $3)
            """,
            [
                .id(run.property), .time(now),
                .time(now.adding(milliseconds: 2 * leaseMilliseconds)),
            ]
        )
        let started = try connection.execute(
            """
            insert into runs (id, property_id, outcome, holder, leased_until, started_at, milliseconds,
                pms_units, residents, created, linked, updated, assigned, ended, alerts_open, message)
            values ($1, $2, 'running', $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')
            on conflict (property_id) where outcome = 'running' do nothing
            """,
            [
                .id(run.id), .id(run.property), .text(holder),
                .time(now.adding(milliseconds: leaseMilliseconds)), .time(run.startedAt),
            ]
        )
        if started == 1 { return .taken }
        let other = try connection.first(
            "select started_at, holder from runs where property_id = $1 and outcome = 'running'",
            [.id(run.property)]
        ) { row in Lease.busy(since: try row.time(0), holder: try row.text(1)) }
        return other ?? .busy(since: now, holder: "")
    }

    /// Ends the run of a holder known to be gone, so that nobody waits for its lease to run out.
    package static func end(
        of property: PropertyID,
        heldBy holder: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update runs set outcome = 'failed', holder = null, leased_until = null,
                message = 'the process that ran it ended before it was done; nothing was applied'
            where property_id = $1 and outcome = 'running' and holder = $2
            """,
            [.id(property), .text(holder)]
        )
    }

    /// Prolongs every lease of a holder.
    package static func renew(
        holder: String,
        now: Timestamp,
        leaseMilliseconds: Int64,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update runs set leased_until = $2 where outcome = 'running' and holder = $1",
            [.text(holder), .time(now.adding(milliseconds: leaseMilliseconds))]
        )
    }

    /// Ends a run, if its lease is still the holder's.
    ///
    /// - Throws: ``SQLError`` with the code `conflict` where the lease was lost: the transaction that
    ///   applies the plan then rolls back.
    package static func finish(
        _ run: RunRecord,
        holder: String,
        on connection: any SQLConnection
    ) throws {
        let changed = try connection.execute(
            """
            update runs set outcome = $3, holder = null, leased_until = null, milliseconds = $4,
                pms_units = $5, residents = $6, created = $7, linked = $8, updated = $9, assigned = $10,
                ended = $11, alerts_open = $12, message = $13, undoes = $14
            where id = $1 and outcome = 'running' and holder = $2
            """,
            [
                .id(run.id), .text(holder), .text(run.outcome.rawValue),
                .integer(run.milliseconds), .integer(run.pmsUnits), .integer(run.residents),
                .integer(run.created), .integer(run.linked), .integer(run.updated),
                .integer(run.assigned), .integer(run.ended), .integer(run.alertsOpen),
                .text(run.message), .id(run.undoes),
            ]
        )
        guard changed == 1 else {
            throw SQLError(
                .conflict,
                "run \(run.id) lost its lease: another process took the property over"
            )
        }
    }

    /// Keeps a run that needed no lease and is over.
    package static func add(_ run: RunRecord, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into runs (id, property_id, outcome, started_at, milliseconds, pms_units, residents,
                created, linked, updated, assigned, ended, alerts_open, message)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            [
                .id(run.id), .id(run.property), .text(run.outcome.rawValue),
                .time(run.startedAt), .integer(run.milliseconds), .integer(run.pmsUnits),
                .integer(run.residents), .integer(run.created), .integer(run.linked),
                .integer(run.updated), .integer(run.assigned), .integer(run.ended),
                .integer(run.alertsOpen), .text(run.message),
            ]
        )
    }

    /// The newest runs first, of one property or all.
    package static func newest(
        of property: PropertyID?,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [RunRecord] {
        try connection.all(
            """
            select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,
                linked, updated, assigned, ended, alerts_open, message, undoes
            from runs where cast($1 as text) is null or property_id = $1
            order by id desc limit $2
            """,
            [.id(property), .integer(limit)],
            read
        )
    }

    /// How the runs of a property ended since a time, oldest first.
    package static func outcomes(
        of property: PropertyID,
        since: Timestamp,
        on connection: any SQLConnection
    ) throws -> [(at: Timestamp, outcome: RunRecord.Outcome)] {
        try connection.all(
            """
            select started_at, outcome from runs
            where property_id = $1 and id >= $2 and undoes is null order by id
            """,
            [.id(property), .text(IDGenerator.lowest(at: since))]
        ) { row in (try row.time(0), try row.word(1)) }
    }

    package static func find(
        _ id: RunID,
        on connection: any SQLConnection
    ) throws -> RunRecord? {
        try connection.first(
            """
            select id, property_id, outcome, started_at, milliseconds, pms_units, residents, created,
                linked, updated, assigned, ended, alerts_open, message, undoes
            from runs where id = $1
            """,
            [.id(id)],
            read
        )
    }

    static func read(_ row: any SQLRow) throws -> RunRecord {
        var run = RunRecord(
            id: try row.id(0),
            property: try row.id(1),
            outcome: try row.word(2),
            startedAt: try row.time(3)
        )
        run.milliseconds = try row.integer(4)
        run.pmsUnits = try row.int(5)
        run.residents = try row.int(6)
        run.created = try row.int(7)
        run.linked = try row.int(8)
        run.updated = try row.int(9)
        run.assigned = try row.int(10)
        run.ended = try row.int(11)
        run.alertsOpen = try row.int(12)
        run.message = try row.text(13)
        run.undoes = try row.optionalID(14)
        return run
    }
}
