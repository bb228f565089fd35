package import LintelModel
package import SQLEngine

/// Who is signed in, and how often signing in failed.
package enum Sessions {
    /// How long a session lasts without being used.
    package static let idleMilliseconds: Int64 = 12 * 3_600_000
    /// How long a session lasts at most.
    package static let longestMilliseconds: Int64 = 7 * 86_400_000
    /// How often the use of a session is written down.
    private static let usedEvery: Int64 = 60_000

    package static func begin(
        secretHash: String,
        of id: StaffID,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "delete from sessions where used_at < $1",
            [.time(now.adding(milliseconds: -idleMilliseconds))]
        )
        try connection.execute(
            """
            insert into sessions (secret_hash, staff_id, begun_at, used_at) values ($1, $2, $3, $4)
            """,
            [.text(secretHash), .id(id), .time(now), .time(now)]
        )
    }

    /// A session that stands.
    package struct Found: Sendable {
        package let staff: StaffID
        /// Whether its use is to be written down now.
        package let isStale: Bool
    }

    package static func find(
        secretHash: String,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Found? {
        try connection.first(
            """
            select staff_id, used_at from sessions
            where secret_hash = $1 and used_at > $2 and begun_at > $3
            """,
            [
                .text(secretHash), .time(now.adding(milliseconds: -idleMilliseconds)),
                .time(now.adding(milliseconds: -longestMilliseconds)),
            ]
        ) { row in
            let used = try row.time(1)
            return Found(
                staff: try row.id(0),
                isStale: used.adding(milliseconds: usedEvery) < now
            )
        }
    }

    package static func used(
        secretHash: String,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "update sessions set used_at = $2 where secret_hash = $1",
            [.text(secretHash), .time(now)]
        )
    }

    package static func end(secretHash: String, on connection: any SQLConnection) throws {
        try connection.execute("delete from sessions where secret_hash = $1", [.text(secretHash)])
    }

    package static func endAll(of id: StaffID, on connection: any SQLConnection) throws {
        try connection.execute("delete from sessions where staff_id = $1", [.id(id)])
    }

    // MARK: Failures

    /// How often in a row signing in failed for a subject, and when last; old failures are forgotten.
    package static func failures(
        of subject: String,
        since: Timestamp,
        on connection: any SQLConnection
    ) throws -> (count: Int, last: Timestamp)? {
        try connection.first(
            "select failures, last_at from sign_in_failures where subject = $1 and last_at > $2",
            [.text(subject), .time(since)]
        ) { row in (try row.int(0), try row.time(1)) }
    }

    /// Has whoever tries for the same subject next wait for this transaction.
    package static func take(
        _ subject: String,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into sign_in_failures (subject, failures, last_at) values ($1, 0, $2)
            on conflict (subject) do update set failures = sign_in_failures.failures
            """,
            [.text(subject), .time(now)]
        )
    }

    /// Counts a failure of a subject that was taken in the same transaction.
    package static func failed(
        _ subject: String,
        at now: Timestamp,
        since: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update sign_in_failures set last_at = $2,
                failures = case when last_at > $3 then failures + 1 else 1 end
            where subject = $1
            """,
            [.text(subject), .time(now), .time(since)]
        )
    }

    /// Takes back what was counted as a failure before anybody knew.
    ///
    /// - Parameters:
    ///   - subject: whose.
    ///   - last: when the last failure before it was; nil where there was none.
    ///   - connection: where it stands.
    /// - Throws: ``SQLError``.
    package static func takeBack(
        _ subject: String,
        last: Timestamp?,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            update sign_in_failures set failures = failures - 1, last_at = coalesce(cast($2 as bigint), last_at)
            where subject = $1 and failures > 0
            """,
            [.text(subject), last.map { .time($0) } ?? .null]
        )
        try connection.execute(
            "delete from sign_in_failures where subject = $1 and failures = 0",
            [.text(subject)]
        )
    }

    package static func succeeded(_ subject: String, on connection: any SQLConnection) throws {
        try connection.execute("delete from sign_in_failures where subject = $1", [.text(subject)])
    }

    /// Forgets failures of before that time.
    package static func forgetFailures(
        before: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute("delete from sign_in_failures where last_at <= $1", [.time(before)])
    }
}
