import LintelModel

/// What Entrata's words mean.
///
/// Lease statuses are those of a captured `getLeasePickList`; customer types those seen in captured
/// leases. A word that is not here has no meaning until somebody gives it one.
enum EntrataVocabulary {
    /// The statuses asked for: all there are, the ended ones included.
    static let statusTypeIDs = "1,2,3,4,5,6"

    static func status(_ word: String) -> LeaseStatus {
        switch word.lowercased() {
        case "applicant": .applicant
        case "cancelled", "canceled": .cancelled
        case "future": .future
        case "current": .current
        case "notice": .notice
        case "past": .past
        default: .unknown
        }
    }

    /// The word of the pick list for a status' number; nil where it has none.
    static func statusWord(ofType id: String) -> String? {
        switch id {
        case "1": "Applicant"
        case "2": "Cancelled"
        case "3": "Future"
        case "4": "Current"
        case "5": "Notice"
        case "6": "Past"
        default: nil
        }
    }

    /// What a customer is on a lease; nil where the words do not say.
    static func role(type: String, relationship: String) -> ResidentRole? {
        switch (type.isEmpty ? relationship : type).lowercased() {
        case "primary": .primary
        case "co-applicant", "co-resident", "responsible": .coResident
        case "guarantor", "co-signer", "cosigner": .guarantor
        case "child", "minor": .minor
        case "occupant", "non-leasing occupant", "not responsible":
            ["child", "minor"].contains(relationship.lowercased()) ? .minor : .occupant
        default: nil
        }
    }
}
