package import LintelModel
package import SQLEngine

/// The people of one property: who has an assignment or, by a link, a residency there.
///
/// What is read grows with the property, whatever the size of the portfolio.
package enum PropertyPeople {
    /// One person as a list of a property finds and orders them.
    package struct Member: Sendable, Equatable {
        package let person: PersonID
        package let firstName: String
        package let lastName: String
        package let email: String?
        package let isArchived: Bool
        /// Whether they have a current assignment there.
        package let isCurrent: Bool
        /// Whether they have an upcoming assignment there.
        package let isUpcoming: Bool
        /// Whether the PMS lists a residency there that lives or will live there.
        package fileprivate(set) var isLiving: Bool
    }

    /// Everybody of a property, in no order.
    package static func members(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Member] {
        // Gathered here: engines sort the whole list to group it.
        var standing: [PersonID: (isCurrent: Bool, isUpcoming: Bool)] = [:]
        try connection.query(
            """
            select s.person_id, s.state from units u join assignments s on s.unit_id = u.id
            where u.property_id = $1
            """,
            [.id(property)]
        ) { row in
            let (person, state): (PersonID, Assignment.State) = (try row.id(0), try row.word(1))
            let known = standing[person] ?? (false, false)
            standing[person] = (
                known.isCurrent || state == .current, known.isUpcoming || state == .upcoming
            )
        }
        var members: [Member] = []
        var places: [PersonID: Int] = [:]
        func add(_ person: Person, isLiving: Bool) {
            if let place = places[person.id] {
                members[place].isLiving = members[place].isLiving || isLiving
                return
            }
            places[person.id] = members.count
            let stands = standing.removeValue(forKey: person.id)
            members.append(
                Member(
                    person: person.id,
                    firstName: person.firstName,
                    lastName: person.lastName,
                    email: person.email,
                    isArchived: person.isArchived,
                    isCurrent: stands?.isCurrent ?? false,
                    isUpcoming: stands?.isUpcoming ?? false,
                    isLiving: isLiving
                )
            )
        }
        try connection.query(
            """
            select p.id, p.first_name, p.last_name, p.email, p.phone, p.is_archived, p.version,
                case when r.ended_on is null and r.missing_since is null
                    and coalesce(w.status, r.status) in ('future', 'current', 'notice')
                    then 1 else 0 end
            from attachments a
            join residencies r on r.attachment_id = a.id
            join resident_links l on l.resident_id = r.resident_id
                and l.connection_id = a.connection_id
            join people p on p.id = l.person_id
            left join status_words w on w.property_id = a.property_id and w.word = r.status_word
            where a.property_id = $1
            """,
            [.id(property)]
        ) { row in add(try People.read(row), isLiving: try row.flag(7)) }
        // Who has no residency there stands, or stood, by hand or through a record that is somebody else's now.
        for person in try People.of(Array(standing.keys), on: connection) {
            add(person, isLiving: false)
        }
        return members
    }

    /// The properties a person belongs to, in the order of their ids.
    package static func properties(
        of person: PersonID,
        on connection: any SQLConnection
    ) throws -> [PropertyID] {
        try connection.all(
            """
            select s.property_id as property from assignments s where s.person_id = $1
            union
            select a.property_id from resident_links l
            join residencies r on r.resident_id = l.resident_id
            join attachments a on a.id = r.attachment_id and a.connection_id = l.connection_id
            where l.person_id = $1
            order by property
            """,
            [.id(person)]
        ) { try $0.id(0) }
    }

    /// The people who are PMS residents of a property by a name, an e-mail address or an id that the PMS states.
    package static func stated(
        _ sought: SoughtText,
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [PersonID] {
        try connection.all(
            """
            select distinct l.person_id
            from attachments a
            join residencies r on r.attachment_id = a.id
            join resident_links l on l.resident_id = r.resident_id
                and l.connection_id = a.connection_id
            where a.property_id = $1
                and (r.name_key like $2 escape '!' and r.name_key like $3 escape '!'
                    and r.name_key like $4 escape '!' and r.name_key like $5 escape '!'
                    or r.email_key like $6 escape '!' or lower(r.resident_id) = $7)
            """,
            [.id(property)] + sought.values
        ) { try $0.id(0) }
    }
}
