package import LintelModel
package import SQLEngine

/// People with their assignments, as lists and exports show them.
package enum PeopleList {
    /// One person and one assignment; a person without one has one row with those parts nil.
    package struct Entry: Sendable {
        package let person: Person
        /// The PMS's word of the leading residency's status, normalised; nil for somebody by hand.
        package var status: String?
        package let resident: PMSResidentID?
        package let assignment: Assignment?
        package let unit: String?
        package let building: String?
    }

    /// Every person of a property, or of all, oldest first; assignments by their beginning.
    ///
    /// A person belongs to a property by an assignment or by a residency there.
    package static func all(
        of property: PropertyID?,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        var links: [PersonID: (resident: PMSResidentID, status: String, rank: Int64)] = [:]
        try connection.query(
            """
            select l.person_id, r.resident_id, coalesce(w.status, r.status),
                case when r.ended_on is not null or r.missing_since is not null then 4
                    when coalesce(w.status, r.status) in ('current', 'notice') then 1
                    when coalesce(w.status, r.status) = 'future' then 2 else 3 end
            from residencies r
            join attachments a on a.id = r.attachment_id
            join resident_links l on l.connection_id = a.connection_id
                and l.resident_id = r.resident_id
            left join status_words w on w.property_id = a.property_id and w.word = r.status_word
            where cast($1 as text) is null or a.property_id = $1
            order by r.resident_id, r.lease_id, r.pms_unit_id
            """,
            [.id(property)]
        ) { row in
            let person: PersonID = try row.id(0)
            let rank = try row.integer(3)
            if let best = links[person], best.rank <= rank { return }
            links[person] = (try row.id(1), try row.text(2), rank)
        }
        var assignments: [PersonID: [(Assignment, String, String)]] = [:]
        try connection.query(
            """
            select a.id, a.person_id, a.unit_id, a.state, a.source, a.from_on, a.until_on, a.ended_at,
                a.expected_until, u.name, u.building
            from assignments a join units u on u.id = a.unit_id
            where cast($1 as text) is null or a.property_id = $1
            order by a.from_on, a.id
            """,
            [.id(property)]
        ) { row in
            let assignment = try Assignments.read(row)
            assignments[assignment.person, default: []].append(
                (assignment, try row.text(9), try row.text(10))
            )
        }
        var entries: [Entry] = []
        try connection.query(
            """
            select id, first_name, last_name, email, phone, is_archived, version from people order by id
            """,
            []
        ) { row in
            let person = try People.read(row)
            let link = links[person.id]
            let theirs = assignments[person.id] ?? []
            guard property == nil || link != nil || !theirs.isEmpty else { return }
            if theirs.isEmpty {
                entries.append(
                    Entry(
                        person: person,
                        status: link?.status,
                        resident: link?.resident,
                        assignment: nil,
                        unit: nil,
                        building: nil
                    )
                )
            }
            for (assignment, unit, building) in theirs {
                entries.append(
                    Entry(
                        person: person,
                        status: link?.status,
                        resident: link?.resident,
                        assignment: assignment,
                        unit: unit,
                        building: building
                    )
                )
            }
        }
        return entries
    }
}
