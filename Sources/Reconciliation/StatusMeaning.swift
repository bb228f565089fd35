package import LintelModel

/// What a property makes of one raw status word of its PMS.
package struct StatusMeaning: Sendable, Equatable {
    /// What the word means here; nil for what the vendor's vocabulary makes of it.
    package var status: LeaseStatus?
    /// Whether residents with it are neither brought in nor updated; endings go on.
    package var isExcluded: Bool

    package init(status: LeaseStatus? = nil, isExcluded: Bool = false) {
        self.status = status
        self.isExcluded = isExcluded
    }
}
