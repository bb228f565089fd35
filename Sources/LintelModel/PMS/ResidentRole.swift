/// What somebody is on a lease.
package enum ResidentRole: String, Sendable, Codable, CaseIterable {
    case primary
    case coResident = "co-resident"
    case occupant
    case minor
    /// Pays if the tenant does not; does not live there and is never brought in.
    case guarantor
}
