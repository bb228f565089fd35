import LintelModel

extension ConnectorError {
    /// Whether a PMS refuses the property it was asked for, and not the operation it was asked with.
    ///
    /// The words must name the property, and not the operation. Where they speak of permission, it must be
    /// the property's: *no access to the property*, *the site is not authorized*, but not *no permission to
    /// read residents of the property*. Where they do not, they must not speak of a license or a login.
    ///
    /// - Parameters:
    ///   - property: What was asked for, which the words may repeat.
    ///   - word: What the vendor calls a property.
    ///   - operation: The vendor's name of the operation.
    /// - Returns: False also where the words can be read either way.
    func refuses(
        _ property: PMSPropertyID,
        as word: OperationCheck.PropertyWord,
        not operation: String
    ) -> Bool {
        guard code == .refused || code == .forbidden else { return false }
        let said = message.lowercased()
        let id = Set(Self.words(of: Substring(property.text.lowercased())))
        // What stands apart does not belong together: *not authorized (property 12)*.
        let clauses = said.split { ".:;,()".contains($0) }
            .map { Self.words(of: $0).filter { !id.contains($0) } }
        let words = clauses.joined()
        // `MITS/GetResidentTransactions2_0` is named by its last part.
        let name = operation.split(separator: "/").last ?? ""
        guard words.contains(where: { word.isNamed(by: $0) }), !said.contains(name.lowercased()),
            !words.contains(where: { Self.operations.contains($0) })
        else { return false }
        guard words.contains(where: { Self.permissions.contains($0) }) else {
            return !words.contains { Self.credentials.contains($0) }
        }
        return clauses.contains { clause in
            clause.indices.contains { index in
                guard Self.permissions.contains(clause[index]) else { return false }
                let after = clause[(index + 1)...].first { !Self.joining.contains($0) }
                if let after, word.isNamed(by: after) { return true }
                let before = clause[..<index]
                guard let verb = before.firstIndex(where: { Self.verbs.contains($0) }) else {
                    return false
                }
                let subject = before[..<verb].filter { !Self.joining.contains($0) }
                return subject.count == 1 && subject.allSatisfy { word.isNamed(by: $0) }
            }
        }
    }

    private static func words(of text: Substring) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber }
    }

    private static let operations: Set<Substring> = [
        "method", "operation", "function", "feature", "endpoint",
    ]
    private static let permissions: Set<Substring> = [
        "authorized", "unauthorized", "permitted", "permission", "permissions", "allowed", "access",
        "rights", "privilege", "privileges", "denied", "forbidden",
    ]
    /// What may stand between a permission and what it is for.
    private static let joining: Set<Substring> = [
        "to", "for", "on", "of", "with", "at", "access", "view", "read", "see", "use", "the",
        "this",
        "that", "any", "a", "requested", "specified", "given",
    ]
    private static let verbs: Set<Substring> = ["is", "was", "has", "does", "not"]
    private static let credentials: Set<Substring> = [
        "license", "licensed", "unlicensed", "licensekey", "credential", "credentials", "login",
        "password", "user", "username", "key", "apikey",
    ]
}

extension OperationCheck.PropertyWord {
    /// Whether that is the word, as it stands or as the name of its id: `property`, `YardiPropertyId`.
    fileprivate func isNamed(by text: Substring) -> Bool {
        text.hasPrefix(rawValue) || text.hasSuffix("\(rawValue)id")
    }
}
