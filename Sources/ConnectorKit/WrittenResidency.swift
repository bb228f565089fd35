package import LintelModel

/// A residency as a vendor writes it: text, not yet read.
package struct WrittenResidency: Sendable {
    package var resident = ""
    package var lease = ""
    package var unit = ""
    package var firstName = ""
    package var lastName = ""
    /// A company, or the whole name as `LAST, FIRST`, where first and last name are not given.
    package var fullName = ""
    package var email = ""
    package var phone = ""
    package var role = ResidentRole.primary
    package var statusWord = ""
    package var status = LeaseStatus.unknown
    package var leaseStart = ""
    package var leaseEnd = ""
    package var moveIn = ""
    package var moveOut = ""

    package init() {}

    /// The residency, read.
    ///
    /// Somebody who only pays is kept recognisable, and nothing more is taken.
    ///
    /// - Throws: ``UnreadableMember`` that names the member and never its value.
    package func read() throws(UnreadableMember) -> PMSResidency {
        let (first, last) = name
        guard !first.isEmpty || !last.isEmpty else { throw UnreadableMember("there is no name") }
        for text in [resident, lease, unit, first, last, email, phone, statusWord] {
            // Databases cut text at U+0000.
            guard !text.utf8.contains(0) else { throw UnreadableMember("a text holds U+0000") }
        }
        let isReachable = role != .guarantor
        return PMSResidency(
            key: ResidencyKey(
                resident: PMSResidentID(resident),
                lease: lease,
                unit: unit.isEmpty ? nil : PMSUnitID(unit)
            ),
            firstName: first,
            lastName: last,
            email: isReachable && !email.isEmpty ? email : nil,
            phone: isReachable && !phone.isEmpty ? phone : nil,
            role: role,
            statusWord: statusWord,
            status: status,
            leaseStart: try WireDate.read(leaseStart, "the start of the lease"),
            leaseEnd: try WireDate.read(leaseEnd, "the end of the lease"),
            moveIn: try WireDate.read(moveIn, "the move-in date"),
            moveOut: try WireDate.read(moveOut, "the move-out date")
        )
    }

    private var name: (first: String, last: String) {
        if !firstName.isEmpty || !lastName.isEmpty { return (firstName, lastName) }
        let parts = fullName.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
        guard parts.count == 2, !parts[1].isEmpty else { return ("", fullName) }
        return (parts[1], parts[0])
    }
}
