/// One residency as a PMS states it: who, on which lease, in which unit, how it stands, and its dates.
///
/// Nothing else is ever taken from a PMS: no birth date, no tax id, no rent.
package struct PMSResidency: Sendable, Equatable, Codable {
    package var key: ResidencyKey
    package var firstName: String
    /// The last name; a company as leaseholder has its name here and no first name.
    package var lastName: String
    /// The address as the PMS writes it, trimmed; nil where there is none.
    package var email: String?
    package var phone: String?
    package var role: ResidentRole
    /// The PMS's own word for the status.
    package var statusWord: String
    /// What the vendor's published vocabulary makes of ``statusWord``.
    package var status: LeaseStatus
    package var leaseStart: CivilDate?
    package var leaseEnd: CivilDate?
    package var moveIn: CivilDate?
    package var moveOut: CivilDate?

    package init(
        key: ResidencyKey,
        firstName: String,
        lastName: String,
        email: String? = nil,
        phone: String? = nil,
        role: ResidentRole = .primary,
        statusWord: String,
        status: LeaseStatus,
        leaseStart: CivilDate? = nil,
        leaseEnd: CivilDate? = nil,
        moveIn: CivilDate? = nil,
        moveOut: CivilDate? = nil
    ) {
        self.key = key
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
        self.role = role
        self.statusWord = statusWord
        self.status = status
        self.leaseStart = leaseStart
        self.leaseEnd = leaseEnd
        self.moveIn = moveIn
        self.moveOut = moveOut
    }

    /// First and last name; empty where neither is stated.
    package var name: String { PersonName.full(firstName, lastName) }

    /// The hash of everything stated, by which an unchanged record is recognised.
    package var hash: ContentHash {
        ContentHash(of: [
            key.resident.text, key.lease, key.unit?.text, firstName, lastName, email, phone,
            role.rawValue, statusWord, status.rawValue, leaseStart?.description,
            leaseEnd?.description, moveIn?.description, moveOut?.description,
        ])
    }
}
