/// What a portfolio may hold beside what every format can say, by its name on the command line.
package enum PortfolioExtra: String, Sendable, CaseIterable {
    /// Units of two beds, each let by itself.
    case beds
    /// People who pay if a household does not, and do not live there.
    case guarantors
    /// Two people of a household with one e-mail address.
    case sharedEmails = "shared-emails"
    /// Households that left one unit for another yesterday.
    case transfers
    /// Households whose next term is signed already, as a lease of its own.
    case renewals
    /// Households that stay on after the end of their lease.
    case holdovers
    /// Households that lived in a unit before the one that does now.
    case past

    /// Every name, as help and error messages list them.
    package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What a format says that names households, dates and statuses, and nothing further.
    static let common: Set<PortfolioExtra> = [.sharedEmails, .transfers, .holdovers, .past]
}
