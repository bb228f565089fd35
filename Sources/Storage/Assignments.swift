package import LintelModel
package import SQLEngine

/// Who is, was or will be in which unit.
package enum Assignments {
    /// The assignments of some people in one property, ended ones included.
    package static func of(
        _ people: some Collection<PersonID>,
        in property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Assignment] {
        var found: [Assignment] = []
        try byPerson.run(people.map(\.text), leading: [.id(property)], on: connection) { row in
            found.append(try read(row))
        }
        return found
    }

    /// The open assignments of one unit.
    package static func open(
        in unit: UnitID,
        on connection: any SQLConnection
    ) throws -> [Assignment] {
        try connection.all(
            """
            select id, person_id, unit_id, state, source, from_on, until_on, ended_at, expected_until
            from assignments where unit_id = $1 and state <> 'ended' order by id
            """,
            [.id(unit)],
            read
        )
    }

    /// Those of some people who have a current or upcoming assignment in another property.
    package static func openElsewhere(
        _ people: some Collection<PersonID>,
        than property: PropertyID,
        on connection: any SQLConnection
    ) throws -> Set<PersonID> {
        var found: Set<PersonID> = []
        try elsewhere.run(people.map(\.text), leading: [.id(property)], on: connection) { row in
            found.insert(try row.id(0))
        }
        return found
    }

    /// Whether an assignment by hand begins or ends by its own date on that day, or should have before.
    package static func isDueByHand(
        in property: PropertyID,
        on day: CivilDate,
        on connection: any SQLConnection
    ) throws -> Bool {
        try connection.first(
            """
            select 1 from assignments where property_id = $1 and source = 'manual'
                and (state = 'upcoming' and from_on <= $2
                    or state <> 'ended' and expected_until is not null and expected_until < $2)
            limit 1
            """,
            [.id(property), .date(day)]
        ) { _ in true } ?? false
    }

    /// How many assignments of a property are current or upcoming.
    package static func openCount(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> Int {
        try connection.first(
            "select count(*) from assignments where property_id = $1 and state <> 'ended'",
            [.id(property)]
        ) { try $0.int(0) } ?? 0
    }

    /// Every assignment to a unit, ended ones included.
    package static func inUnit(
        _ unit: UnitID,
        on connection: any SQLConnection
    ) throws -> [Assignment] {
        try connection.all(
            """
            select id, person_id, unit_id, state, source, from_on, until_on, ended_at, expected_until
            from assignments where unit_id = $1 order by from_on, id
            """,
            [.id(unit)],
            read
        )
    }

    /// Every time that somebody stood in a unit of a property on or after a day; upcoming ones left out.
    package static func stays(
        in property: PropertyID,
        since day: CivilDate,
        on connection: any SQLConnection
    ) throws -> [(unit: UnitID, from: CivilDate, until: CivilDate?)] {
        try connection.all(
            """
            select a.unit_id, a.from_on, a.until_on from units u
            join assignments a on a.unit_id = u.id
            where u.property_id = $1 and a.state <> 'upcoming'
                and (a.until_on is null or a.until_on >= $2)
            """,
            [.id(property), .date(day)]
        ) { row in (try row.id(0), try row.date(1), try row.optionalDate(2)) }
    }

    /// How many stand, and will stand, in each unit of a property.
    package static func openCounts(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [UnitID: (current: Int, upcoming: Int)] {
        var counts: [UnitID: (current: Int, upcoming: Int)] = [:]
        try connection.query(
            """
            select unit_id, state, count(*) from assignments
            where property_id = $1 and state <> 'ended' group by unit_id, state
            """,
            [.id(property)]
        ) { row in
            let (unit, state): (UnitID, Assignment.State) = (try row.id(0), try row.word(1))
            if state == .current {
                counts[unit, default: (0, 0)].current += try row.int(2)
            } else {
                counts[unit, default: (0, 0)].upcoming += try row.int(2)
            }
        }
        return counts
    }

    /// New assignments, to be written.
    package static func adding(
        _ assignments: [Assignment],
        of property: PropertyID
    ) -> SQLBulkWrite {
        insertion.write(assignments) { assignment, values in
            values.append(assignment.id)
            values.append(property)
            values.append(assignment.person)
            values.append(assignment.unit)
            values.append(assignment.state.rawValue)
            values.append(assignment.source.rawValue)
            values.append(assignment.from)
            values.append(assignment.until)
            values.append(assignment.endedAt)
            values.append(assignment.expectedUntil)
        }
    }

    package static func update(
        _ assignment: Assignment,
        on connection: any SQLConnection
    ) throws {
        let changed = try connection.execute(
            """
            update assignments set state = $2, source = $3, from_on = $4, until_on = $5, ended_at = $6,
                expected_until = $7
            where id = $1
            """,
            [
                .id(assignment.id), .text(assignment.state.rawValue),
                .text(assignment.source.rawValue), .date(assignment.from),
                .date(assignment.until), .time(assignment.endedAt),
                .date(assignment.expectedUntil),
            ]
        )
        guard changed == 1 else {
            throw SQLError(.conflict, "assignment \(assignment.id) is not there any more")
        }
    }

    static func read(_ row: any SQLRow) throws -> Assignment {
        Assignment(
            id: try row.id(0),
            person: try row.id(1),
            unit: try row.id(2),
            state: try row.word(3),
            source: try row.word(4),
            from: try row.date(5),
            until: try row.optionalDate(6),
            endedAt: try row.optionalTime(7),
            expectedUntil: try row.optionalDate(8)
        )
    }

    private static let byPerson = BulkQuery(
        """
        select id, person_id, unit_id, state, source, from_on, until_on, ended_at, expected_until
        from assignments where property_id = $1 and person_id in ({rows})
        """,
        leading: 1
    )

    private static let elsewhere = BulkQuery(
        """
        select distinct person_id from assignments
        where property_id <> $1 and state <> 'ended' and person_id in ({rows})
        """,
        leading: 1
    )

    private static let insertion = SQLBulkStatement(
        """
        insert into assignments (id, property_id, person_id, unit_id, state, source, from_on, until_on,
            ended_at, expected_until)
        values {rows}
        """,
        columns: [.text, .text, .text, .text, .text, .text, .text, .text, .integer, .text]
    )
}
