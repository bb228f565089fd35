/// Whether a PMS lets these credentials use one operation.
package struct OperationCheck: Sendable, Equatable {
    /// The vendor's name of the operation.
    package let operation: String
    package let isAllowed: Bool
    /// What was found, or the vendor's own words of refusal.
    package let detail: String

    package init(operation: String, isAllowed: Bool, detail: String) {
        self.operation = operation
        self.isAllowed = isAllowed
        self.detail = detail
    }
}
