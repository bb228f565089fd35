package import LintelModel
package import Reconciliation
package import SQLEngine

/// Discrepancies that wait for a person.
package enum Alerts {
    package struct Open: Sendable {
        package let id: String
        package let draft: AlertDraft
        package let openedAt: Timestamp
    }

    package static func open(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Open] {
        try connection.all(
            """
            select id, kind, subject, detail, residents, fact, ways_out, person_id, opened_at
            from alerts where property_id = $1 and closed_at is null order by id
            """,
            [.id(property)],
            read
        )
    }

    /// An alert that is open, with its property; nil where there is none of that id.
    package static func find(
        _ id: String,
        on connection: any SQLConnection
    ) throws -> (property: PropertyID, alert: Open)? {
        try connection.first(
            """
            select id, kind, subject, detail, residents, fact, ways_out, person_id, opened_at,
                property_id
            from alerts where id = $1 and closed_at is null
            """,
            [.text(id)]
        ) { row in (try row.id(9), try read(row)) }
    }

    private static func read(_ row: any SQLRow) throws -> Open {
        Open(
            id: try row.text(0),
            draft: AlertDraft(
                try row.word(1),
                subject: try row.text(2),
                detail: try row.text(3),
                residents: try row.text(4).split(separator: "\n").map {
                    PMSResidentID(String($0))
                },
                fact: try row.text(5),
                waysOut: try row.text(6).split(separator: " ").compactMap {
                    WayOut(rawValue: String($0))
                },
                person: try row.optionalID(7)
            ),
            openedAt: try row.time(8)
        )
    }

    /// How many alerts wait; counting ends at the limit.
    package static func openCount(
        of property: PropertyID,
        upTo limit: Int = .max,
        on connection: any SQLConnection
    ) throws -> Int {
        try connection.first(
            """
            select count(*) from (
                select 1 from alerts where property_id = $1 and closed_at is null limit $2
            ) as counted
            """,
            [.id(property), .integer(Int64(limit))]
        ) { try $0.int(0) } ?? 0
    }

    /// An alert that waits no more.
    package struct Closed: Sendable {
        package let id: String
        package let kind: AlertDraft.Kind
        package let detail: String
        package let closedAt: Timestamp
        package let why: String
    }

    /// The alerts of a property closed last, newest first.
    package static func closed(
        of property: PropertyID,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [Closed] {
        try connection.all(
            """
            select id, kind, detail, closed_at, closed_because from alerts
            where property_id = $1 and closed_at is not null order by closed_at desc, id desc limit $2
            """,
            [.id(property), .integer(limit)]
        ) { row in
            Closed(
                id: try row.text(0),
                kind: try row.word(1),
                detail: try row.text(2),
                closedAt: try row.time(3),
                why: try row.text(4)
            )
        }
    }

    /// Makes the open alerts of a property those of its newest plan: raises the new ones once, closes
    /// those whose cause is gone, and leaves the others as they were opened.
    ///
    /// - Returns: how many are open now.
    package static func settle(
        _ drafts: [AlertDraft],
        of property: PropertyID,
        ids: inout IDGenerator,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        struct Cause: Hashable {
            let kind: AlertDraft.Kind
            let subject: String
        }
        var standing: [Cause: Open] = [:]
        for alert in try open(of: property, on: connection) {
            standing[Cause(kind: alert.draft.kind, subject: alert.draft.subject)] = alert
        }
        var count = 0
        for draft in drafts {
            count += 1
            let residents = draft.residents.map(\.text).joined(separator: "\n")
            let waysOut = draft.waysOut.map(\.rawValue).joined(separator: " ")
            if let known = standing.removeValue(
                forKey: Cause(kind: draft.kind, subject: draft.subject)
            ) {
                guard known.draft != draft else { continue }
                try connection.execute(
                    """
                    update alerts set detail = $2, residents = $3, fact = $4, ways_out = $5,
                        person_id = $6
                    where id = $1
                    """,
                    [
                        .text(known.id), .text(draft.detail), .text(residents), .text(draft.fact),
                        .text(waysOut), .id(draft.person),
                    ]
                )
            } else {
                let id: Identifier<AlertDraft> = ids.next(at: now)
                try connection.execute(
                    """
                    insert into alerts (id, property_id, kind, subject, detail, residents, fact,
                        ways_out, person_id, opened_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    """,
                    [
                        .id(id), .id(property), .text(draft.kind.rawValue),
                        .text(draft.subject), .text(draft.detail), .text(residents),
                        .text(draft.fact), .text(waysOut), .id(draft.person), .time(now),
                    ]
                )
            }
        }
        for gone in standing.values {
            try connection.execute(
                """
                update alerts set closed_at = $2, closed_because = 'a later snapshot or act removed its cause'
                where id = $1
                """,
                [.text(gone.id), .time(now)]
            )
        }
        return count
    }
}
