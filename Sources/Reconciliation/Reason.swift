/// Why a change is planned: a code that never changes, and a sentence for people.
///
/// The sentence names units, dates, words of the PMS and ids, never a person's name or address, so that
/// history can keep it.
package struct Reason: Sendable, Equatable, Codable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable, CaseIterable {
        case newResident = "new-resident"
        case samePerson = "same-person"
        case detailsChanged = "details-changed"
        case moveIn = "move-in"
        case joinedStay = "joined-stay"
        case transfer
        case dateReached = "date-reached"
        case datesChanged = "dates-changed"
        case statusChanged = "status-changed"
        case movedOut = "moved-out"
        case cancelled
        case evicted
        case backToApplicant = "back-to-applicant"
        case noLongerLiving = "no-longer-living"
        case absent
        case mappingChanged = "mapping-changed"
        case reopened
        case adopted
        case byHand = "by-hand"
        case overdue
        case decided
        case undone
    }

    package var code: Code
    package var sentence: String

    package init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    package var description: String { sentence }
}
