/// One residency as a PMS states it: who, on which lease, in which unit, how it stands, and its dates.
///
/// Nothing else is ever taken from a PMS: no birth date, no tax id, no rent. A value like any other, whose
/// copies share what they hold: a plan passes each one on many times and changes none.
package struct PMSResidency: Sendable, Equatable, Codable {
    @usableFromInline var shared: Shared

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
        shared = Shared(
            Statement(
                key: key,
                firstName: firstName,
                lastName: lastName,
                email: email,
                phone: phone,
                role: role,
                statusWord: statusWord,
                status: status,
                leaseStart: leaseStart,
                leaseEnd: leaseEnd,
                moveIn: moveIn,
                moveOut: moveOut
            )
        )
    }

    package init(from decoder: any Decoder) throws {
        shared = Shared(try Statement(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try shared.statement.encode(to: encoder)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.shared === right.shared || left.shared.statement == right.shared.statement
    }

    /// First and last name; empty where neither is stated.
    package var name: String { PersonName.full(firstName, lastName) }

    /// The hash of everything stated, by which an unchanged record is recognised.
    package var hash: ContentHash {
        let stated = shared.statement
        return ContentHash { fields in
            fields.add(stated.key.resident.text)
            fields.add(stated.key.lease)
            fields.add(stated.key.unit?.text)
            fields.add(stated.firstName)
            fields.add(stated.lastName)
            fields.add(stated.email)
            fields.add(stated.phone)
            fields.add(stated.role.rawValue)
            fields.add(stated.statusWord)
            fields.add(stated.status.rawValue)
            fields.add(stated.leaseStart?.description)
            fields.add(stated.leaseEnd?.description)
            fields.add(stated.moveIn?.description)
            fields.add(stated.moveOut?.description)
        }
    }
}

extension PMSResidency {
    @inlinable package var key: ResidencyKey {
        get { shared.statement.key }
        set { change { $0.key = newValue } }
    }

    @inlinable package var firstName: String {
        get { shared.statement.firstName }
        set { change { $0.firstName = newValue } }
    }

    /// The last name; a company as leaseholder has its name here and no first name.
    @inlinable package var lastName: String {
        get { shared.statement.lastName }
        set { change { $0.lastName = newValue } }
    }

    /// The address as the PMS writes it, trimmed; nil where there is none.
    @inlinable package var email: String? {
        get { shared.statement.email }
        set { change { $0.email = newValue } }
    }

    @inlinable package var phone: String? {
        get { shared.statement.phone }
        set { change { $0.phone = newValue } }
    }

    @inlinable package var role: ResidentRole {
        get { shared.statement.role }
        set { change { $0.role = newValue } }
    }

    /// The PMS's own word for the status.
    @inlinable package var statusWord: String {
        get { shared.statement.statusWord }
        set { change { $0.statusWord = newValue } }
    }

    /// What the vendor's published vocabulary makes of ``statusWord``.
    @inlinable package var status: LeaseStatus {
        get { shared.statement.status }
        set { change { $0.status = newValue } }
    }

    @inlinable package var leaseStart: CivilDate? {
        get { shared.statement.leaseStart }
        set { change { $0.leaseStart = newValue } }
    }

    @inlinable package var leaseEnd: CivilDate? {
        get { shared.statement.leaseEnd }
        set { change { $0.leaseEnd = newValue } }
    }

    @inlinable package var moveIn: CivilDate? {
        get { shared.statement.moveIn }
        set { change { $0.moveIn = newValue } }
    }

    @inlinable package var moveOut: CivilDate? {
        get { shared.statement.moveOut }
        set { change { $0.moveOut = newValue } }
    }

    @usableFromInline mutating func change(_ edit: (inout Statement) -> Void) {
        var statement = shared.statement
        edit(&statement)
        shared = Shared(statement)
    }

    /// What is stated, member by member.
    @usableFromInline struct Statement: Sendable, Equatable, Codable {
        @usableFromInline var key: ResidencyKey
        @usableFromInline var firstName: String
        @usableFromInline var lastName: String
        @usableFromInline var email: String?
        @usableFromInline var phone: String?
        @usableFromInline var role: ResidentRole
        @usableFromInline var statusWord: String
        @usableFromInline var status: LeaseStatus
        @usableFromInline var leaseStart: CivilDate?
        @usableFromInline var leaseEnd: CivilDate?
        @usableFromInline var moveIn: CivilDate?
        @usableFromInline var moveOut: CivilDate?
    }

    /// The one place in memory that copies share.
    @usableFromInline final class Shared: Sendable {
        @usableFromInline let statement: Statement

        init(_ statement: Statement) { self.statement = statement }
    }
}
