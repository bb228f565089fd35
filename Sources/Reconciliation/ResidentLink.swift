package import LintelModel

/// Which person a PMS resident is, and what was last accepted from its record.
package struct ResidentLink: Sendable, Equatable, Codable {
    package var resident: ResidentKey
    package var person: PersonID
    /// Values last accepted for this record, where what its residencies state was not accepted or not looked at;
    /// nil where what is stated is accepted.
    package var accepted: AcceptedIdentity?

    package init(resident: ResidentKey, person: PersonID, accepted: AcceptedIdentity? = nil) {
        self.resident = resident
        self.person = person
        self.accepted = accepted
    }
}

/// Who a record was when it was last accepted.
package struct AcceptedIdentity: Sendable, Equatable, Codable {
    package var firstName: String
    package var lastName: String
    package var email: String?

    package init(firstName: String, lastName: String, email: String?) {
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
    }

    package init(_ residency: PMSResidency) {
        self.init(
            firstName: residency.firstName,
            lastName: residency.lastName,
            email: residency.email
        )
    }
}
