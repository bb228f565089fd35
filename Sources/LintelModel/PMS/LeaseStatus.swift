/// A PMS's word for how a tenancy stands, normalised.
package enum LeaseStatus: String, Sendable, Codable, CaseIterable {
    case applicant
    case future
    case current
    case notice
    case past
    case cancelled
    case evicted
    /// A word that nobody has given a meaning yet: it changes nothing.
    case unknown

    /// Whether the tenancy is over: such a status ends assignments even where it is excluded.
    package var isEnding: Bool { self == .past || self == .cancelled || self == .evicted }

    /// Whether the person lives there now.
    package var isLiving: Bool { self == .current || self == .notice }
}
