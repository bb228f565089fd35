/// Somebody on a lease, held as numbers: a million of them are made and forgotten on the way.
package struct SyntheticPerson: Sendable, Equatable {
    package enum Role: Sendable {
        case primary
        case coResident
        case guarantor
    }

    /// The PMS's id, unique in the portfolio.
    package let id: Int
    /// The person's place in the portfolio, from 1: what makes the e-mail address unique.
    let number: Int
    let name: SyntheticName
    /// Which of the numbers reserved for fiction is the person's.
    var phoneIndex: Int
    package var role: Role
    /// The address of another one of the household, where they share it.
    var sharedEmail: String?

    package var firstName: String { name.first }
    package var lastName: String { name.last }

    /// `first.last.N@example.com`: unique, and at a domain reserved for examples (RFC 2606).
    package var email: String {
        sharedEmail ?? "\(name.slug).\(number)@\(NameList.domains[number % NameList.domains.count])"
    }

    /// `+1 AAA5550NNN`, NNN of 100…199: the numbers that the North American plan keeps for fiction.
    package var phone: String {
        let (area, line) = phoneIndex.quotientAndRemainder(dividingBy: 100)
        return "+1 \(201 + area % 788)55501\(line < 10 ? "0" : "")\(line)"
    }
}
