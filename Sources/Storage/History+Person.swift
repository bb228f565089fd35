package import LintelModel
package import SQLEngine

extension History {
    /// The changes of one person that were made at one property, oldest first.
    package static func of(
        _ person: PersonID,
        in property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        try connection.all(
            """
            select batch_id, at, kind, person_id, unit_id, code, sentence, resident_id, before, after,
                assignment_id, undone_by
            from changes where person_id = $1 and property_id = $2 order by at, batch_id, position
            """,
            [.id(person), .id(property)],
            read
        )
    }
}
