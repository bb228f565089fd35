package import LintelModel

/// A discrepancy that a person must decide, as a plan finds it.
///
/// One cause is one alert: `kind` and `subject` together name the cause, run after run.
package struct AlertDraft: Sendable, Hashable, Codable {
    /// The kinds, in the order in which they are best worked off.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case heldPlan = "held-plan"
        case connectionFailing = "connection-failing"
        case dataIsOld = "data-is-old"
        case duplicateAccounts = "duplicate-accounts"
        case duplicateEmails = "duplicate-emails"
        case nameMismatch = "name-mismatch"
        case emailMismatch = "email-mismatch"
        case missingEmail = "missing-email"
        case unmappedUnit = "unmapped-unit"
        case pmsUnitVanished = "pms-unit-vanished"
        case pmsUnitRenamed = "pms-unit-renamed"
        case unknownStatus = "unknown-status"
        case moveOutOverdue = "move-out-overdue"
        case backToApplicant = "back-to-applicant"
        case manualAssignment = "manual-assignment"

        /// The heading under which people find it.
        package var title: String {
            switch self {
            case .heldPlan: "Held Plan"
            case .connectionFailing: "Connection Failing"
            case .dataIsOld: "Data Is Old"
            case .duplicateAccounts: "Duplicate Accounts"
            case .duplicateEmails: "Duplicate Emails"
            case .nameMismatch: "Name Mismatch"
            case .emailMismatch: "Email Mismatch"
            case .missingEmail: "Missing Email"
            case .unmappedUnit: "Unmapped Unit"
            case .pmsUnitVanished: "PMS Unit Vanished"
            case .pmsUnitRenamed: "PMS Unit Renamed"
            case .unknownStatus: "Unknown Status"
            case .moveOutOverdue: "Move-Out Overdue"
            case .backToApplicant: "Back To Applicant"
            case .manualAssignment: "Manual Assignment"
            }
        }

        /// Whether a run raises it and not a plan: what a plan finds leaves it as it is.
        package var isOfRuns: Bool {
            self == .heldPlan || self == .connectionFailing || self == .dataIsOld
        }
    }

    package var kind: Kind
    /// What the cause is about, stable from run to run: a resident, a PMS unit, a word.
    package var subject: String
    /// What is wrong, for people, without names or addresses.
    package var detail: String
    /// The PMS residents concerned.
    package var residents: [PMSResidentID]
    /// The hash of the PMS fact that caused it: a decision holds until this changes.
    package var fact: String
    /// What a person can do about it here; empty where it can only be put right in the PMS.
    package var waysOut: [WayOut]
    /// Whom it is about, where a decision shall show on the person.
    package var person: PersonID?

    /// The alert of a plan that the brake holds.
    package static func held(_ property: PropertyID, _ objections: [Objection]) -> AlertDraft {
        AlertDraft(
            .heldPlan,
            subject: property.text,
            detail: objections.map(\.sentence).joined(separator: "; "),
            fact: Objection.fact(of: objections),
            waysOut: [.approve, .applyWithoutRemovals, .discard]
        )
    }

    package init(
        _ kind: Kind,
        subject: String,
        detail: String,
        residents: [PMSResidentID] = [],
        fact: String = "",
        waysOut: [WayOut] = [],
        person: PersonID? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.residents = residents
        self.fact = fact
        self.waysOut = waysOut
        self.person = person
    }
}
