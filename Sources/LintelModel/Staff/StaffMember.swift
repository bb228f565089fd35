package typealias StaffID = Identifier<StaffMember>

/// Somebody who may sign in.
package struct StaffMember: Sendable, Equatable {
    package var id: StaffID
    package var email: String
    package var grant: Grant
    /// Whether they have chosen a password: an invitation that was not accepted yet has none.
    package var hasPassword: Bool
    /// Whether they may not sign in any more.
    package var isDisabled: Bool

    package init(
        id: StaffID,
        email: String,
        grant: Grant,
        hasPassword: Bool,
        isDisabled: Bool = false
    ) {
        self.id = id
        self.email = email
        self.grant = grant
        self.hasPassword = hasPassword
        self.isDisabled = isDisabled
    }
}
