import ConnectorKit
import LintelModel

/// Turns households of MITS Resident Transactions 2.0 into residencies, for every vendor that writes it.
enum MITSMapping {
    /// What MITS's words for a customer mean; spaces, `-` and `_` are alike, and so is case.
    static func status(_ word: String) -> LeaseStatus {
        switch fold(word) {
        case "currentresident": .current
        case "futureresident": .future
        case "formerresident": .past
        case "applicant", "prospect", "guest": .applicant
        default: .unknown
        }
    }

    /// The word for a current resident of a unit on notice: MITS says notice of the unit alone.
    static let noticeWord = "current resident, on notice"

    /// One residency for each person of a household.
    static func residencies(of household: MITSHousehold) -> [WrittenResidency] {
        let isOnNotice =
            ["onnotice", "leasedonnotice"].contains(fold(household.unitLeasedStatus))
            || fold(household.unitDescription).hasPrefix("notice")
        return household.people.enumerated().map { place, person in
            var written = WrittenResidency()
            written.resident = person.id
            written.lease = household.id
            written.unit = person.unit.isEmpty ? household.unit : person.unit
            written.firstName = person.firstName
            written.lastName = person.lastName
            written.email = person.email
            written.phone = person.phone
            written.role =
                place == 0 ? .primary : person.isResponsible == false ? .occupant : .coResident
            written.leaseStart = person.leaseStart
            written.leaseEnd = person.leaseEnd
            let hasMovedIn = WireDate.isStated(person.actualMoveIn)
            written.moveIn = hasMovedIn ? person.actualMoveIn : person.expectedMoveIn
            let status = status(person.type)
            let isLeaving = status == .current && isOnNotice
            written.status = isLeaving ? .notice : status
            written.statusWord = isLeaving ? noticeWord : person.type
            let expected = isLeaving || status == .past ? person.expectedMoveOut : ""
            let hasMovedOut = WireDate.isStated(person.actualMoveOut)
            written.moveOut = hasMovedOut ? person.actualMoveOut : expected
            return written
        }
    }

    private static func fold(_ word: String) -> String {
        word.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    }
}
