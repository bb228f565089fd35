package import LintelModel

/// A discrepancy that a person must decide, as a plan finds it.
///
/// One cause is one alert: `type` and `subject` together name the cause, run after run.
package struct AlertDraft: Sendable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case heldPlan = "held-plan"
        case duplicateAccounts = "duplicate-accounts"
        case duplicateEmails = "duplicate-emails"
        case nameMismatch = "name-mismatch"
        case emailMismatch = "email-mismatch"
        case missingEmail = "missing-email"
        case unmappedUnit = "unmapped-unit"
        case pmsUnitVanished = "pms-unit-vanished"
        case unknownStatus = "unknown-status"
        case backToApplicant = "back-to-applicant"

        /// The heading under which people find it.
        package var title: String {
            switch self {
            case .heldPlan: "Held Plan"
            case .duplicateAccounts: "Duplicate Accounts"
            case .duplicateEmails: "Duplicate Emails"
            case .nameMismatch: "Name Mismatch"
            case .emailMismatch: "Email Mismatch"
            case .missingEmail: "Missing Email"
            case .unmappedUnit: "Unmapped Unit"
            case .pmsUnitVanished: "PMS Unit Vanished"
            case .unknownStatus: "Unknown Status"
            case .backToApplicant: "Back To Applicant"
            }
        }
    }

    package var kind: Kind
    /// What the cause is about, stable from run to run: a resident, a PMS unit, a word.
    package var subject: String
    /// What is wrong, for people, without names or addresses.
    package var detail: String
    /// The PMS residents concerned.
    package var residents: [PMSResidentID]

    package init(_ kind: Kind, subject: String, detail: String, residents: [PMSResidentID] = []) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.residents = residents
    }
}
