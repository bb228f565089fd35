package import LintelModel

extension OperationCheck {
    /// What a vendor calls a property.
    package enum PropertyWord: String, Sendable {
        case property
        case site

        fileprivate var plural: String {
            switch self {
            case .property: "properties"
            case .site: "sites"
            }
        }
    }

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

    /// The verdict on the operation that lists properties, and the first of them to try others with.
    ///
    /// - Throws: as ``trying(_:_:)`` does.
    package static func listing(
        _ operation: String,
        as word: PropertyWord = .property,
        _ list: () async throws(ConnectorError) -> [PMSProperty]
    ) async throws(ConnectorError) -> (check: OperationCheck, first: PMSPropertyID?) {
        var first: PMSPropertyID?
        let check = try await trying(operation) { () throws(ConnectorError) in
            let found = try await list()
            first = found.first?.id
            return "\(found.count) \(found.count == 1 ? word.rawValue : word.plural)"
        }
        return (check, first)
    }

    /// The verdict on an operation that is tried with a property; without one it is not tried.
    ///
    /// - Throws: as ``trying(_:_:)`` does.
    package static func trying(
        _ operation: String,
        of property: PMSPropertyID?,
        _ call: (PMSPropertyID) async throws(ConnectorError) -> String
    ) async throws(ConnectorError) -> OperationCheck {
        guard let property else { return untried(operation) }
        return try await trying(operation) { () throws(ConnectorError) in try await call(property) }
    }

    /// The verdict on an operation that is asked of a property that does not exist, since any other answer
    /// would tell of residents: to refuse the property, and not the operation, is to allow the operation.
    ///
    /// - Throws: as ``trying(_:_:)`` does.
    package static func trying(
        _ operation: String,
        ofInvented property: PMSPropertyID,
        as word: PropertyWord = .property,
        _ call: (PMSPropertyID) async throws(ConnectorError) -> Void
    ) async throws(ConnectorError) -> OperationCheck {
        try await trying(operation) { () throws(ConnectorError) in
            do throws(ConnectorError) {
                try await call(property)
            } catch {
                guard error.refuses(property, as: word, not: operation) else { throw error }
            }
            return "tried for a \(word.rawValue) that does not exist, which touches no resident"
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
