extension OperationCheck {
    /// An operation's verdict: what `call` found, or the vendor's words of refusal.
    ///
    /// - Throws: ``ConnectorError`` that says nothing of permission, a network that is down for instance.
    package static func trying(
        _ operation: String,
        _ call: () async throws(ConnectorError) -> String
    ) async throws(ConnectorError) -> OperationCheck {
        do throws(ConnectorError) {
            return OperationCheck(operation: operation, isAllowed: true, detail: try await call())
        } catch {
            guard !error.isTransient else { throw error }
            return OperationCheck(operation: operation, isAllowed: false, detail: error.message)
        }
    }

    /// The verdict on an operation that could not be tried for want of a property.
    package static func untried(_ operation: String) -> OperationCheck {
        OperationCheck(
            operation: operation,
            isAllowed: false,
            detail: "not tried: there is no property to ask for"
        )
    }
}
