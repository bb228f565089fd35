package import LintelModel
package import SQLEngine

/// Finding people by what a person at a terminal has at hand.
package enum PeopleReference {
    /// The people of that id, e-mail address or PMS resident id, in the order of these; several only where
    /// several connections use one PMS id.
    package static func find(
        _ reference: String,
        on connection: any SQLConnection
    ) throws -> [PersonID] {
        if let person = try People.of([PersonID(reference)], on: connection).first {
            return [person.id]
        }
        let email = Folding.email(reference)
        if let person = try People.withEmails([email], on: connection).first { return [person.id] }
        return try connection.all(
            "select distinct person_id from resident_links where resident_id = $1 order by person_id",
            [.text(reference)]
        ) { try $0.id(0) }
    }
}
