/// A contact on the People page; at most one per e-mail address in a portfolio.
package struct Person: Sendable, Equatable, Codable {
    package var id: PersonID
    package var firstName: String
    package var lastName: String
    package var email: String?
    package var phone: String?
    package var isArchived: Bool
    /// Counts the changes to this person; a plan made from an older one is stale.
    package var version: Int

    package init(
        id: PersonID,
        firstName: String,
        lastName: String,
        email: String? = nil,
        phone: String? = nil,
        isArchived: Bool = false,
        version: Int = 1
    ) {
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
        self.isArchived = isArchived
        self.version = version
    }

    /// First and last name; empty where neither was ever stated.
    package var name: String { PersonName.full(firstName, lastName) }
}
